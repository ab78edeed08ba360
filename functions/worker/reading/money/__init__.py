"""Sums of money in a mail: where they stand, how much they are, and what role each plays."""
