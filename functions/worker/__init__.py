"""Reads the claim out of a reply and matches it to an inquiry."""
