"""The example sentences of each kind."""

from __future__ import annotations

from pathlib import Path

import functions.worker.reading

FOLDER = Path(functions.worker.reading.__file__).parent / "examples"


def example_sentences() -> list[tuple[str, str]]:
    """Every sentence with its kind, which is the name of its file, in the order of the files."""
    return [
        (path.stem, line.strip())
        for path in sorted(FOLDER.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
