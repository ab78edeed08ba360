"""Sets going again what stands still, and erases what has been kept for its whole time."""
