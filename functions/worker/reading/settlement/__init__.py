"""What the writer decided about our proposal, and which sum would settle the matter."""
