"""Brings the database's schema to the revision that this release needs."""
