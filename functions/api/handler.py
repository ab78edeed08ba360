"""AWS in, AWS out: an API Gateway proxy event becomes a request to the application."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from mangum.types import LambdaContext

from functions.api.composition import LambdaHandler, compose_handler, compose_parts
from functions.api.parts import Parts
from functions.api.settings import ApiSettings
from shared.snapshots import around_snapshots


@cache
def _parts() -> Parts:
    return compose_parts(ApiSettings(), clock=partial(datetime.now, UTC))


@cache
def _composed() -> LambdaHandler:
    # Mangum runs the application on the thread's event loop; newer Pythons no longer make one.
    asyncio.set_event_loop(asyncio.new_event_loop())
    return compose_handler(_parts())


def _close_connection() -> None:
    _parts().database.dispose()


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Lambda calls this; the first call of a container puts everything together."""
    return _composed()(event, context)


around_snapshots(prepare=_composed, let_go=_close_connection)
