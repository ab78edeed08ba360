"""The API's description for whoever sits at the desk: ``/docs`` and ``/openapi.json``."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from infra.local.http_server import Answer, HttpRequest, HttpResponse

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "code,pre{font-family:ui-monospace,monospace;background:#f4f4f4;padding:.1rem .3rem}"
    "pre{padding:.6rem;overflow-x:auto}summary{cursor:pointer;padding:.3rem 0}"
    "b.method{display:inline-block;width:4rem}table{border-collapse:collapse}"
    "td{border-top:1px solid #ddd;padding:.2rem .8rem .2rem 0;vertical-align:top}"
)


def with_document(answer: Answer, document: Path) -> Answer:
    """Returns `answer` with the two pages in front; AWS does not serve them."""

    def answer_or_document(request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or request.path not in {"/docs", "/openapi.json"}:
            return answer(request)
        if not document.is_file():
            return HttpResponse(404, b'{"message":"There is no OpenAPI document."}')
        if request.path == "/openapi.json":
            return HttpResponse(200, document.read_bytes())
        page = html_page(json.loads(document.read_text()))
        return HttpResponse(200, page.encode(), (("Content-Type", "text/html; charset=utf-8"),))

    return answer_or_document


def html_page(document: dict[str, Any]) -> str:
    """Returns one plain page: every route with its parameters, body and answers."""
    info = document.get("info", {})
    title = escape(f"{info.get('title', 'API')} {info.get('version', '')}")
    routes = "".join(
        _route(path, method, operation)
        for path, item in document.get("paths", {}).items()
        for method, operation in item.items()
        if isinstance(operation, dict)
    )
    schemas = "".join(
        _folded(escape(name), _pre(schema))
        for name, schema in document.get("components", {}).get("schemas", {}).items()
    )
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title>"
        f"<style>{_STYLE}</style><h1>{title}</h1><p>{escape(info.get('description', ''))}</p>"
        f"<p>The same as data: <a href=/openapi.json>/openapi.json</a></p>"
        f"<h2>Routes</h2>{routes}<h2>Shapes</h2>{schemas}</html>"
    )


def _route(path: str, method: str, operation: dict[str, Any]) -> str:
    heading = (
        f"<b class=method>{escape(method.upper())}</b> <code>{escape(path)}</code>"
        f" {escape(operation.get('summary', ''))}"
    )
    parts = [f"<p>{escape(operation.get('description', ''))}</p>"]
    rows = [
        (f"{one.get('name')} ({one.get('in')})", one.get("schema", {}))
        for one in operation.get("parameters", [])
    ]
    if "requestBody" in operation:
        rows.append(("body", operation["requestBody"].get("content", {})))
    rows += [
        (f"{status} {one.get('description', '')}", one.get("content", {}))
        for status, one in operation.get("responses", {}).items()
    ]
    cells = "".join(f"<tr><td>{escape(name)}<td>{_pre(shape)}" for name, shape in rows)
    return _folded(heading, "".join(parts) + f"<table>{cells}</table>")


def _folded(heading: str, content: str) -> str:
    return f"<details><summary>{heading}</summary>{content}</details>"


def _pre(value: object) -> str:
    return f"<pre>{escape(json.dumps(value, indent=2, ensure_ascii=False))}</pre>" if value else ""
