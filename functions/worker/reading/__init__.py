"""Reads a reply: mail → text with layout → labelled lines → candidates → fields with evidence.

The rooms, from the ground up: `language` (word tables, sentences), `mail` (one text, its lines
labelled), `money` (sums and their roles), `parties`, `settlement`, `claim`. `words` and `examples`
hold what a clerk may extend. `rules_reader` goes through the rooms once for every mail.
"""

from functions.worker.reading.rules_reader import RulesReader

__all__ = ["RulesReader"]
