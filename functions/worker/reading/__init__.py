"""Reads a reply: mail → text with layout → labelled lines → candidates → fields with evidence."""

from functions.worker.reading.rules_reader import RulesReader

__all__ = ["RulesReader"]
