"""Takes fields out of a JSON object that a person wrote by hand, without losing the mail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL stores neither NUL nor half of a surrogate pair in a text."""
REPLACED = "characters_replaced"


@dataclass(frozen=True)
class LenientFields:
    """Every reading method gives None or nothing for a field of the wrong type, and notes it.

    Numbers are expected as their digits (``json.loads(parse_int=str)``); "" counts as absent,
    because a mistyped placeholder renders as that. Notes are codes without any content.
    """

    document: Mapping[str, object]
    notes: list[str] = field(default_factory=list)

    def text(self, *names: str) -> str | None:
        """The first of the names that holds a text, as delivered."""
        for name in names:
            value = self.document.get(name)
            if isinstance(value, str) and value.strip():
                return self._storable(value)
            if not isinstance(value, str | None):
                self.drop(name)
        return None

    def stripped(self, *names: str) -> str | None:
        value = self.text(*names)
        return value.strip() if value else None

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, or one text with commas between."""
        value = self.document.get(name)
        if isinstance(value, str):
            value = value.split(",")
        given = self._list(name, value)
        texts = [self._storable(text).strip() for text in given if isinstance(text, str)]
        if len(texts) < len(given):
            self.drop(name)
        return tuple(filter(None, texts))

    def objects(self, name: str) -> list[LenientFields]:
        """A list of objects; their notes go where this object's notes go."""
        value = self.document.get(name)
        given = self._list(name, value if value != "" else None)
        objects = [LenientFields(item, self.notes) for item in given if isinstance(item, dict)]
        if len(objects) < len(given):
            self.drop(name)
        return objects

    def text_map(self, name: str) -> dict[str, str]:
        """An object whose values are texts or lists of texts (joined by a comma)."""
        value = self.document.get(name)
        if not isinstance(value, dict):
            if value not in (None, ""):
                self.drop(name)
            return {}
        joined = {self._storable(key): self._joined(name, part) for key, part in value.items()}
        return {key: text for key, text in joined.items() if text}

    def drop(self, name: str) -> None:
        self.note(f"{name}_dropped")

    def note(self, code: str) -> None:
        if code not in self.notes:
            self.notes.append(code)

    def _joined(self, name: str, value: object) -> str:
        parts = value if isinstance(value, list) else [value]
        texts = [part for part in parts if isinstance(part, str)]
        if len(texts) < len(parts):
            self.drop(name)
        return self._storable(", ".join(texts))

    def _list(self, name: str, value: object) -> list[object]:
        if isinstance(value, list):
            return value
        if value is not None:
            self.drop(name)
        return []

    def _storable(self, text: str) -> str:
        storable = _UNSTORABLE.sub("\ufffd", text)
        if storable != text:
            self.note(REPLACED)
        return storable
