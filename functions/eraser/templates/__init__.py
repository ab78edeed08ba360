"""The certificate in words."""
