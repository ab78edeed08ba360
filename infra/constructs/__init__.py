"""The boxes of the architecture; each is one noun."""
