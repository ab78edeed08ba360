"""Draws the dashboard as CloudWatch would lay it out, with an invented day as its data."""
