"""Where else a client's name stands: hints for a person, because names are not one person's."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import BigInteger, Text

from shared.domain.match_keys import parse_person_name, spellings
from shared.postgres.client_selection import ClientSelection
from shared.postgres.database import Database

MOST_MENTIONS = 200
"""More than a person would look through; who has more must search otherwise."""

_TEXTS = ARRAY(Text)
_IDS = ARRAY(BigInteger)

_MENTIONING_JOBS = text("""
    SELECT jobs.id FROM jobs JOIN replies ON replies.job_id = jobs.id,
        concat_ws(' ', from_name, from_email, subject, body_text, body_html,
            extracted_data ->> 'client_name') AS words
    WHERE envelope_erased_at IS NULL AND jobs.id <> ALL(:selected)
      AND words ILIKE ANY(:last) AND words ILIKE ANY(:first)
    ORDER BY jobs.id LIMIT :limit
""").bindparams(
    bindparam("selected", type_=_IDS),
    bindparam("last", type_=_TEXTS),
    bindparam("first", type_=_TEXTS),
)

_MENTIONING_DELIVERIES = text("""
    SELECT id FROM quarantined_deliveries
    WHERE body_erased_at IS NULL AND id <> ALL(:quarantined)
      AND EXISTS (
          SELECT FROM unnest(:words) AS word
          WHERE position(convert_to(word, 'UTF8') IN raw_body) > 0)
    ORDER BY id LIMIT :limit
""").bindparams(bindparam("quarantined", type_=_IDS), bindparam("words", type_=_TEXTS))


@dataclass(frozen=True, kw_only=True)
class Mentions:
    """Where the name stands as well, at most MOST_MENTIONS each; whose it is, a person sees."""

    job_ids: tuple[int, ...]
    quarantined_ids: tuple[int, ...]


def find_mentions(database: Database, names: Iterable[str], selection: ClientSelection) -> Mentions:
    """Where else first and last name stand; reads every mail there is.

    Raises DatabaseUnavailable when that takes too long.
    """
    people = [person for person in map(parse_person_name, names) if person.last]
    wishes = [
        {
            "selected": selection.job_ids,
            "last": _patterns(person.last[-1]),
            "first": _patterns(person.first[0]) if person.first else ["%"],
            "quarantined": list(selection.quarantined_ids),
            "words": _as_sent(person.last[-1]),
            "limit": MOST_MENTIONS,
        }
        for person in people
    ]

    def find(connection: Connection) -> Mentions:
        jobs = {id_ for wish in wishes for id_ in connection.scalars(_MENTIONING_JOBS, wish)}
        deliveries = {
            id_ for wish in wishes for id_ in connection.scalars(_MENTIONING_DELIVERIES, wish)
        }
        return Mentions(job_ids=tuple(sorted(jobs)), quarantined_ids=tuple(sorted(deliveries)))

    return database.transact(find)


def _patterns(word: str) -> list[str]:
    """For ILIKE, which knows no capital umlauts in every locale."""
    forms = {word, word.lower(), word.upper(), *spellings(word)}
    return sorted(f"%{form}%" for form in forms)


def _as_sent(word: str) -> list[str]:
    """As the word can stand in a body of JSON: plain, or with its umlauts escaped."""
    forms = {word, word.lower(), word.upper(), word.capitalize(), *spellings(word)}
    return sorted(forms | {json.dumps(form)[1:-1] for form in forms})
