"""Writes docs/openapi.json: ``python -m functions.api.openapi docs/openapi.json``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from functions.api.app import create_app


def openapi_text() -> str:
    """The document as it is committed."""
    document: dict[str, Any] = create_app().openapi()
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(openapi_text(), encoding="utf-8")
