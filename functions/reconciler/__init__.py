"""Finds jobs that stand still and sets them going again."""
