"""Finishing a job and erasing a client take turns, so that neither misses what the other writes.

A worker has read a mail, and perhaps the client's name, before the client is erased. Either its
outcome is committed first, and the erasure finds it; or the erasure is, and the worker finds that
its lease or its candidate is gone. A row's lock would not do: which row it is, is decided by
what the worker is about to write.
"""

from __future__ import annotations

from sqlalchemy import text

_LOCK = 7_230_302

ERASE_ALONE = text(f"SELECT pg_advisory_xact_lock({_LOCK})")
"""To be the first statement of a transaction that erases a client."""

FINISH_UNERASED = text(f"SELECT pg_advisory_xact_lock_shared({_LOCK})")
"""To be the first statement of one that ends a job with an outcome; any number may at once."""
