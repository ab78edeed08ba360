"""Answers of Amazon Bedrock as recorded, and a web server that gives them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep
from typing import Any

from functions.worker.second_reader import ReadingBudget

MODEL = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0"
BUDGET = ReadingBudget(max_input_characters=20_000, max_output_tokens=2_000)
IBAN = "DE89 3704 0044 0532 0130 00"
MAIL = (
    "Sehr geehrte Damen und Herren,\n\nin Sachen Petra Wendland, Kundennummer NE-4471-88, "
    f"beträgt die Gesamtforderung 1.120,50 EUR. Zahlen Sie auf {IBAN}.\n\nNordlicht Energie GmbH"
)
READ: dict[str, Any] = {
    "is_creditor_reply": True,
    "intent": "debt_statement",
    "client_name": "Petra Wendland",
    "creditor_name": "Nordlicht Energie GmbH",
    "representative_name": None,
    "debt_amount": "1120.50",
    "currency": "EUR",
    "principal": None,
    "interest": None,
    "costs": None,
    "reference_numbers": ["NE-4471-88"],
    "iban": IBAN,
    "settlement_decision": None,
    "settlement_amount": None,
    "evidence": {"debt_amount": "beträgt die Gesamtforderung 1.120,50 EUR"},
}
OBEYED = READ | {
    "client_name": "Max Angreifer",
    "debt_amount": "1.00",
    "iban": "DE12500105170648489890",
    "reference_numbers": ["ATTACK-9999"],
    "evidence": {"debt_amount": "Gesamtforderung 1,00 EUR"},
}


def answer(stop_reason: str = "tool_use", *blocks: dict[str, Any]) -> dict[str, Any]:
    """A Converse answer as recorded, with these blocks of content."""
    return {
        "output": {"message": {"role": "assistant", "content": list(blocks)}},
        "stopReason": stop_reason,
        "usage": {"inputTokens": 1893, "outputTokens": 311, "totalTokens": 2204},
        "metrics": {"latencyMs": 3471},
    }


def call(tool_input: Any = None, name: str = "report_reply") -> dict[str, Any]:
    filled = READ if tool_input is None else tool_input
    return {"toolUse": {"toolUseId": "tooluse_7Qm0xT2bR1", "name": name, "input": filled}}


def said(text: str) -> dict[str, Any]:
    return {"text": text}


@contextmanager
def a_service(
    status: int, body: dict[str, Any], delay: float = 0
) -> Iterator[tuple[str, list[Any]]]:
    """A web server in Bedrock's place; yields its address and the requests it got."""
    got: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            sleep(delay)
            content = json.dumps(body).encode()
            with suppress(ConnectionError):  # Whoever asked may not have waited.
                self.send_response(status)
                self.send_header("x-amzn-ErrorType", body.get("__type", ""))
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
