"""Asks a synthesised template the questions that the tests have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Properties = dict[str, Any]
Pairs = set[tuple[str, str]]
_LOGICAL_ID_HASH = re.compile(r"[0-9A-F]{8}$")


@dataclass(frozen=True)
class Template:
    """One stack's template."""

    body: dict[str, Any]

    @classmethod
    def read(cls, folder: Path, stack: str) -> Template:
        """Read the template of `stack` from a ``cdk.out``."""
        return cls(json.loads((folder / f"{stack}.template.json").read_text()))

    def of_type(self, kind: str) -> dict[str, Properties]:
        """Return logical id → properties."""
        return {
            logical_id: resource.get("Properties", {})
            for logical_id, resource in self.body["Resources"].items()
            if resource["Type"] == kind
        }

    def the(self, kind: str) -> Properties:
        """Return the properties of the only resource of its type."""
        (properties,) = self.of_type(kind).values()
        return properties

    def functions(self) -> dict[str, Properties]:
        """Return the product's own functions by the name of their folder."""
        return {
            found[1]: properties
            for properties in self.of_type("AWS::Lambda::Function").values()
            if (found := re.fullmatch(r"functions\.(\w+)\.handler\.handler", properties["Handler"]))
        }

    def environment(self, function: str) -> dict[str, Any]:
        """Return the variables of one function."""
        return dict(self.functions()[function]["Environment"]["Variables"])

    def queue(self, name: str) -> Properties:
        """Return the properties of the queue `name`: Jobs, DeadLetters or Parking."""
        queues = self.of_type("AWS::SQS::Queue").items()
        return next(queue for logical_id, queue in queues if label(logical_id) == f"Queues{name}")

    def grants(self, function: str) -> Pairs:
        """Return (action, resource) for all that the function's own policies allow."""
        return pairs(self.role_statements(self.functions()[function]["Role"]["Fn::GetAtt"][0]))

    def role_statements(self, role: str) -> list[Properties]:
        """Return every statement of the role's own policies, whether inside it or beside it."""
        inside = self.of_type("AWS::IAM::Role")[role].get("Policies", [])
        beside = [
            policy
            for policy in self.of_type("AWS::IAM::Policy").values()
            if {"Ref": role} in policy["Roles"]
        ]
        return [
            statement
            for policy in [*inside, *beside]
            for statement in policy["PolicyDocument"]["Statement"]
        ]


def pairs(statements: Iterable[Properties], effect: str = "Allow") -> Pairs:
    """Return (action, resource) for all that the statements allow, or deny."""
    return {
        (action, resource)
        for statement in statements
        if statement["Effect"] == effect
        for action in as_list(statement["Action"])
        for resource in map(readable, as_list(statement["Resource"]))
    }


def as_list(value: object) -> list[Any]:
    """IAM writes a list of one as the one."""
    return value if isinstance(value, list) else [value]


def label(logical_id: str) -> str:
    """Return a logical id without the hash that CDK adds."""
    return _LOGICAL_ID_HASH.sub("", logical_id)


def readable(value: str | dict[str, Any]) -> str:
    """Write a reference the way a person would."""
    if isinstance(value, str):
        return value
    ((function, argument),) = value.items()
    if function == "Fn::Join":
        return str(argument[0]).join(map(readable, argument[1]))
    if function == "Fn::ImportValue":
        return f"<{argument}>"
    if function == "Fn::GetAtt":
        return f"{label(argument[0])}.{argument[1]}"
    return label(str(argument).replace("AWS::", ""))
