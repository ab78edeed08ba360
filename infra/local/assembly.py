"""What the synthesis wrote: the service stack's template and the folder of each function's code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.local.errors import CannotStart


@dataclass(frozen=True)
class Assembly:
    """A template with its bundles, by the logical id of the function."""

    template: dict[str, Any]
    bundles: dict[str, Path]

    def resources(self, kind: str) -> dict[str, dict[str, Any]]:
        """Returns the properties of every resource of a type like ``AWS::SQS::Queue``."""
        return {
            logical_id: resource.get("Properties", {})
            for logical_id, resource in self.template["Resources"].items()
            if resource["Type"] == kind
        }


def read_assembly(folder: Path) -> Assembly:
    """Reads the one template in a ``cdk.out`` that holds Python functions."""
    for path in sorted(folder.glob("*.template.json")):
        template = json.loads(path.read_text())
        bundles = {
            logical_id: folder / resource["Metadata"]["aws:asset:path"]
            for logical_id, resource in template["Resources"].items()
            if _is_python_function(resource)
        }
        if bundles:
            return Assembly(template=template, bundles=bundles)
    message = f"{folder} holds no template with Python functions."
    raise CannotStart(message)


def _is_python_function(resource: dict[str, Any]) -> bool:
    # CDK adds functions of its own in Node, for custom resources; moto runs none of those.
    runtime = resource.get("Properties", {}).get("Runtime", "")
    return resource["Type"] == "AWS::Lambda::Function" and str(runtime).startswith("python")
