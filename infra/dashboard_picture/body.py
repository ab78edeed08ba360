"""The dashboard's body out of the template, with a name in the place of each reference."""

from __future__ import annotations

import json
from typing import Any

_HASH_LENGTH = 8


def dashboard_body(template: dict[str, Any]) -> dict[str, Any]:
    """Return the only dashboard's body; each reference in it becomes a readable name."""
    (body,) = (
        resource["Properties"]["DashboardBody"]
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::CloudWatch::Dashboard"
    )
    document: dict[str, Any] = json.loads(_readable(body))
    return document


def _readable(value: str | dict[str, Any]) -> str:
    if isinstance(value, str):
        return value
    ((function, argument),) = value.items()
    if function == "Fn::Join":
        return str(argument[0]).join(_readable(part) for part in argument[1])
    if function == "Fn::GetAtt":
        return str(argument[0])[:-_HASH_LENGTH]
    name = str(argument)
    return name.removeprefix("AWS::") if name.startswith("AWS::") else _without_hash(name)


def _without_hash(name: str) -> str:
    ending = name[-_HASH_LENGTH:]
    is_hash = len(ending) == _HASH_LENGTH and all(each in "0123456789ABCDEF" for each in ending)
    return name[:-_HASH_LENGTH] if is_hash else name
