"""The template that deploys, run on this machine."""
