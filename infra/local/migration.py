"""The migrator's turn, which on AWS a custom resource gives it before the others change."""

from __future__ import annotations

from infra.local.errors import CannotStart, InvocationFailed
from infra.local.platform import Platform


def migrate(platform: Platform) -> None:
    """Brings the database to the newest revision; raises CannotStart if that fails."""
    try:
        platform.functions["migrator"].invoke({})
    except InvocationFailed as error:
        message = f"The migrations failed: {error} (see {platform.folder.logs}/migrator.log)."
        raise CannotStart(message) from error
