"""Tells a misheard or mistyped surname from another one."""

from __future__ import annotations

import re

from shared.domain.match_keys import PersonName, fold_letters

_SAME_SOUND = (
    (re.compile(r"[ae][iy]"), "ei"),
    (re.compile(r"dt\b|th"), "t"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|c(?!h)"), "k"),
    (re.compile(r"tz"), "z"),
    (re.compile(r"y"), "i"),
    (re.compile(r"(?<=[aeiou])h(?=[lmnr])"), ""),
    (re.compile(r"ie"), "i"),
    (re.compile(r"(.)\1"), r"\1"),
)


def sounds_alike(one: PersonName, other: PersonName) -> bool:
    """Hofmann and Hoffmann, Mayer and Maier, Stephanie and Stefanie; never Müller and Möller."""
    if not one.first or not other.first:
        return False
    return _sound(one.first) == _sound(other.first) and _sound(one.last) == _sound(other.last)


def _sound(words: tuple[str, ...]) -> str:
    text = fold_letters(" ".join(words), umlaut_with_e=True).replace("-", " ")
    for letters, sound in _SAME_SOUND:
        text = letters.sub(sound, text)
    return text
