"""``python -m tests.bench.reading``: how fast mails are read, beside what must be done anyway.

The floor is to clean the text and to parse the HTML of the same mails in the same run; machines
differ, the ratio hardly does.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from functools import partial

from selectolax.lexbor import LexborHTMLParser

from functions.worker.reading import RulesReader
from functions.worker.reading.mail.clean_text import clean_text
from shared.domain.reply import Reply
from tests.bench.stopwatch import best_of, say
from tests.factories import a_reply
from tests.samples.labelled import labelled_replies

ROUNDS = 5
LARGE = 200_000
PIECES = {
    "letters": "a",
    "numbers": "1 ",
    "amounts": "1.234,56 EUR ",
    "names": "Max Muster ",
    "references": "RB-26-0101 ",
    "quote heads": "Am 1.1.2026 schrieb x:\n",
    "newlines": "\n",
    "dots": ".",
    "bare numbers": "900 statt 600, dann ",
    "table rows": "<tr><td>Zinsen</td><td>1,00 EUR</td></tr>",
    "nested tables": "<table><tr><td>",
}


def main() -> None:
    """Prints replies per second and core, the slowest sample, and large hostile inputs."""
    replies = {label.id: label.reply for label in labelled_replies()}
    times = {name: best_of(ROUNDS, partial(_read, reply)) for name, reply in replies.items()}
    floor = sum(best_of(ROUNDS, partial(_floor, reply)) for reply in replies.values())
    whole = sum(times.values())
    slowest = max(times, key=times.__getitem__)
    say(f"{len(times) / whole:7.0f} replies/s on one core, {whole / floor:.1f} x the floor")
    say(f"{1000 * statistics.median(times.values()):7.2f} ms median")
    say(f"{1000 * times[slowest]:7.2f} ms slowest ({slowest})\n")
    ordinary = best_of(1, partial(_read, _long_letter(replies.values())))
    say(f"{1000 * ordinary:7.0f} ms  200 kB of what the samples say")
    large = {name: best_of(1, partial(_read, _hostile(name))) for name in PIECES}
    for name, seconds in sorted(large.items(), key=lambda item: item[1]):
        say(f"{1000 * seconds:7.0f} ms  200 kB of {name:14} {seconds / ordinary:5.1f} x that")


def _read(reply: Reply) -> None:
    RulesReader().read(reply)


def _floor(reply: Reply) -> None:
    clean_text(reply.body_text or "")
    LexborHTMLParser(reply.body_html or "").text()


def _long_letter(replies: Iterable[Reply]) -> Reply:
    texts = "\n\n".join(reply.body_text or "" for reply in replies)
    return a_reply(body_text=(texts * (1 + LARGE // len(texts)))[:LARGE])


def _hostile(name: str) -> Reply:
    text = PIECES[name] * (LARGE // len(PIECES[name]))
    return a_reply(body_html=text, body_text=None) if "<" in text else a_reply(body_text=text)


if __name__ == "__main__":
    main()
