"""Erases a client on a person's request and certifies what was erased and what remains."""
