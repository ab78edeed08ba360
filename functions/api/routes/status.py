"""Whether the API is there, and whether it can work."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

from functions.api.parts import TheParts
from functions.api.wire.errors import error_answers

router = APIRouter(tags=["status"])


class HealthAnswer(BaseModel):
    """Only given when everything that was asked answered."""

    status: Literal["healthy"] = "healthy"
    database: Literal["reachable"] = "reachable"


class WelcomeAnswer(BaseModel):
    """What this is."""

    message: str
    version: str
    status: Literal["running"] = "running"


@router.get(
    "/health",
    summary="Ask the database",
    responses=error_answers(e503="The database does not answer; the detail says so."),
)
def health(parts: TheParts) -> HealthAnswer:
    """Really sends a query, and gives up after some seconds."""
    parts.database.ping()
    return HealthAnswer()


@router.get("/", summary="Say what this is")
async def welcome(request: Request) -> WelcomeAnswer:
    """Needs nothing, so it also answers when the database does not."""
    return WelcomeAnswer(message="Creditor e-mail matcher", version=request.app.version)
