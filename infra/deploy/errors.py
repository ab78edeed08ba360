"""Why a deploy ended before AWS changed anything, or while it did."""

from __future__ import annotations


class CannotDeploy(Exception):
    """One sentence for the person at the terminal: what is in the way, and what to do about it."""
