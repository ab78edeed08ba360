"""The web application: all routes, and one shape for all errors."""

from __future__ import annotations

from fastapi import FastAPI

from functions.api.http_errors import answer_errors
from functions.api.parts import Parts
from functions.api.routes import inquiries, jobs, reconciliation, status, webhook
from functions.api.unexpected_errors import AnswerUnexpectedErrors

VERSION = "0.3.0"
_DESCRIPTION = """\
Takes creditors' replies from Zendesk in, matches them to the inquiries they answer, and shows
what became of each. Only the webhook is open (it is signed); every other route is called with
an AWS signature. Every error is `{"error": code, "detail": text}`, every time ISO 8601 in UTC.
"""


def create_app(parts: Parts | None = None) -> FastAPI:
    """Without parts it only describes itself."""
    app = FastAPI(
        title="Creditor e-mail matcher",
        description=_DESCRIPTION,
        version=VERSION,
        # Zendesk need not follow a redirect, and a forgotten slash should not work by chance.
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.parts = parts
    for routes in (webhook, jobs, reconciliation, inquiries, status):
        app.include_router(routes.router)
    answer_errors(app)
    app.add_middleware(AnswerUnexpectedErrors, retried_paths=frozenset({webhook.WEBHOOK_PATH}))
    return app
