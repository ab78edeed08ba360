"""Tells the administrator by e-mail that a job has failed for good."""
