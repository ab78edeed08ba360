"""Matches a read reply to the inquiry it answers, by evidence and counter-evidence."""

from functions.worker.matching.complete_names import complete_names
from functions.worker.matching.lookup import lookup_keys
from functions.worker.matching.match_reply import match_reply

__all__ = ["complete_names", "lookup_keys", "match_reply"]
