"""Matches a read reply to the inquiry it answers, by evidence and counter-evidence."""

from functions.worker.matching.complete_names import complete_names
from functions.worker.matching.from_the_client import from_the_client
from functions.worker.matching.lookup import lookup_keys
from functions.worker.matching.match_reply import match_reply

__all__ = ["complete_names", "from_the_client", "lookup_keys", "match_reply"]
