"""``python -m tests.bench.reading``: how fast mails are read, beside what must be done anyway.

The floor is to clean the text and to parse the HTML of the same mails in the same run; what 200 kB
of anything take is told as a multiple of the median mail's time. Machines differ, ratios hardly do.
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
ROUNDS_OF_LARGE = 3
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
    "single signs": "a\n",
    "claims": "Die Forderung beträgt 1.234,56 EUR. ",
    "offers": "Wir stimmen einem Vergleich über 500 EUR zu. Wir lehnen ab. ",
    "firms": "Nordstern Wald GmbH\n",
    "accounts": "DE89370400440532013000 ",
    "paragraphs": "<p>1,00 EUR</p>",
    "nested tables": "<table><tr><td>",
    "fonts left open": "<font size=1>a<p>",
}
SERIES = {
    "rows of sums": "Position {n} | {n},17 EUR | {n},93 EUR\n",
    "rows of a page": "<tr><td>Position {n}</td><td>{n},17 EUR</td></tr>",
    "file numbers": "Az. {n}/26-X ",
    "misnested elements": "<p><b id={n}>a</p></x>",
}
"""What never comes twice the same."""


def main() -> None:
    """Prints replies per second and core, the slowest sample, and large hostile inputs."""
    replies = {label.id: label.reply for label in labelled_replies()}
    times = {name: best_of(ROUNDS, partial(_read, reply)) for name, reply in replies.items()}
    floor = sum(best_of(ROUNDS, partial(_floor, reply)) for reply in replies.values())
    whole = sum(times.values())
    slowest = max(times, key=times.__getitem__)
    say(f"{len(times) / whole:7.0f} replies/s on one core, {whole / floor:.1f} x the floor")
    median = statistics.median(times.values())
    say(f"{1000 * median:7.2f} ms median")
    say(f"{1000 * times[slowest]:7.2f} ms slowest ({slowest})\n")
    large = {"what the samples say": _long_letter(replies.values())}
    large |= {name: _hostile(piece * LARGE) for name, piece in PIECES.items()}
    large |= {name: _hostile(_series(one)) for name, one in SERIES.items()}
    large["cells of one row"] = _hostile("<table><tr>" + _series("<td>{n},17</td>"))
    large["a sender's name"] = a_reply(from_name="İ Linde. " * (LARGE // 9))
    took = {name: best_of(ROUNDS_OF_LARGE, partial(_read, mail)) for name, mail in large.items()}
    for name, seconds in sorted(took.items(), key=lambda item: item[1]):
        say(f"{1000 * seconds:7.1f} ms  200 kB of {name:20} {seconds / median:5.1f} x the median")


def _read(reply: Reply) -> None:
    RulesReader().read(reply)


def _floor(reply: Reply) -> None:
    clean_text(reply.body_text or "")
    LexborHTMLParser(reply.body_html or "").text()


def _long_letter(replies: Iterable[Reply]) -> Reply:
    texts = "\n\n".join(reply.body_text or "" for reply in replies)
    return a_reply(body_text=(texts * (1 + LARGE // len(texts)))[:LARGE])


def _series(one: str) -> str:
    return "".join(one.format(n=number) for number in range(1, LARGE // len(one)))


def _hostile(endless: str) -> Reply:
    text = endless[:LARGE]
    return a_reply(body_html=text, body_text=None) if "<" in text else a_reply(body_text=text)


if __name__ == "__main__":
    main()
