"""Bodies that are read raw, described for the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from functions.api.wire.inquiries import ListedInquiry

CSV_EXAMPLE = (
    "id,client_name,creditor_name,reference_numbers,sent_at,debt_amount\n"
    'inq-001,"Müller, Jürgen",Sparkasse Lindenau,RB-26-0101|6004 118 220,2026-02-10,8000.00\n'
)


def signed_json_body(model: type[BaseModel], *signing_headers: str) -> dict[str, Any]:
    """A JSON body and the headers that sign it."""
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": _inlined(model)}},
        },
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
            for name in signing_headers
        ],
    }


def inquiry_file() -> dict[str, Any]:
    """A list of inquiries as JSON, or the same as CSV."""
    listed = {"type": "array", "items": _inlined(ListedInquiry)}
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": listed},
                "text/csv": {"schema": {"type": "string"}, "example": CSV_EXAMPLE},
            },
        },
    }


def _inlined(model: type[BaseModel]) -> dict[str, Any]:
    """The model's schema without references, which would point outside of the document."""
    schema = model.model_json_schema()
    definitions = schema.pop("$defs", {})

    def resolve(node: Any) -> Any:  # noqa: ANN401  # JSON.
        if isinstance(node, list):
            return [resolve(item) for item in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return resolve(definitions[node["$ref"].rsplit("/", 1)[1]])
        return {key: resolve(value) for key, value in node.items()}

    resolved: dict[str, Any] = resolve(schema)
    return resolved
