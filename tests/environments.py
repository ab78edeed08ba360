"""An environment that a function's settings accept, with nothing behind its addresses."""

from __future__ import annotations

import importlib
from datetime import timedelta
from typing import Any, Literal, get_args, get_origin

FUNCTIONS = ("api", "worker", "notifier", "reconciler", "eraser", "migrator")
_REGION = {"AWS_DEFAULT_REGION": "eu-central-1", "AWS_EC2_METADATA_DISABLED": "true"}


def environment(function: str, **values: object) -> dict[str, str]:
    """One value for each variable, as AWS would have it where there is a choice."""
    module = importlib.import_module(f"functions.{function}.settings")
    fields = getattr(module, f"{function.capitalize()}Settings").model_fields
    return _REGION | {
        name.upper(): _text(values.get(name, _value(field.annotation)))
        for name, field in fields.items()
    }


def _value(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return str(get_args(annotation)[0])
    return "1" if annotation in {int, float, timedelta} else "placeholder"


def _text(value: object) -> str:
    return f"{value.total_seconds():g}" if isinstance(value, timedelta) else str(value)
