"""One connection to PostgreSQL per container, kept or not, and units of work over it."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import NullPool

from shared.domain.errors import DatabaseRefused, DatabaseUnavailable
from shared.postgres.authentication import iam_token
from shared.postgres.certificates import verifying_tls_context
from shared.settings import DatabaseSettings

T = TypeVar("T")

CONNECTION_LOST = frozenset(
    {"57P01", "57P02", "57P03", "08000", "08003", "08006", "25P03", "25006"}
)
"""SQLSTATEs after which a new connection may do: the server ended this one, or turned into a
read-only one when another took over."""
LOST_A_RACE = frozenset({"40001", "40P01"})
"""SQLSTATEs of a serialisation failure and a deadlock: the same work may simply be done again."""
OVERLOADED = frozenset({"57014", "55P03", "53000", "53100", "53200", "53300", "53400"})
"""SQLSTATEs of a time-out or a lack of room: not now, but later."""

# SQLAlchemy logs each healed disconnect as an error with a traceback; it is none.
logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)


def sqlstate(error: DBAPIError) -> str | None:
    """PostgreSQL's error code; None if the driver itself failed. pg8000 maps only 23505."""
    details = error.orig.args[0] if error.orig is not None and error.orig.args else None
    return details.get("C") if isinstance(details, dict) else None


class Database:
    """Runs units of work, each in one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def transact(self, work: Callable[[Connection], T]) -> T:
        """The result of `work`, committed.

        `work` is done a second time on a new connection if the first one turns out to be dead.
        The first one may have been committed all the same, with only the answer lost, so `work`
        must stand being done twice and know what it did itself. Raises DatabaseUnavailable, or
        DatabaseRefused, which names the constraint but no values.
        """
        try:
            return self._once(work)
        except _TryAgain:
            self._engine.dispose()
        try:
            return self._once(work)
        except _TryAgain as again:
            raise DatabaseUnavailable from again

    def ping(self) -> None:
        """Raises DatabaseUnavailable unless the database answers."""
        self.transact(lambda connection: connection.execute(text("SELECT 1")))

    def dispose(self) -> None:
        """Closes the connection; the next unit of work opens a new one."""
        self._engine.dispose()

    def _once(self, work: Callable[[Connection], T]) -> T:
        try:
            with self._engine.begin() as connection:
                return work(connection)
        except OSError as error:
            raise _TryAgain from error
        except PoolTimeout as error:
            raise DatabaseUnavailable from error
        except DBAPIError as error:
            if sqlstate(error) is None:  # The driver's own words, which hold no values.
                raise _TryAgain from error
            raise _translated(error) from None


class _TryAgain(Exception):  # It never leaves this module.
    """The connection was dead or the transaction lost a race."""


def _translated(error: DBAPIError) -> Exception:
    code = sqlstate(error)
    if code in CONNECTION_LOST | LOST_A_RACE:
        return _TryAgain(f"SQLSTATE {code}")
    if code in OVERLOADED:
        return DatabaseUnavailable()
    details: dict[str, Any] = error.orig.args[0] if error.orig is not None else {}
    where = details.get("n") or details.get("t") or "no constraint"
    return DatabaseRefused(f"The database refused a statement (SQLSTATE {code}, {where}).")


def open_database(settings: DatabaseSettings) -> Database:
    """A database whose single connection is opened on first use and kept by the container.

    Without a pool each unit of work opens one of its own and closes it.
    """
    engine = create_engine(
        URL.create(
            "postgresql+pg8000",
            username=settings.database_user,
            host=settings.database_host,
            port=settings.database_port,
            database=settings.database_name,
        ),
        hide_parameters=True,
        connect_args=_connect_arguments(settings),
        **_pool_arguments(settings),
    )
    event.listen(engine, "connect", _quote_every_array_element)
    if settings.database_auth == "iam":
        _sign_in_with_iam(engine, settings)
    return Database(engine)


def _pool_arguments(settings: DatabaseSettings) -> dict[str, Any]:
    if settings.database_pool == "none":
        return {"poolclass": NullPool}
    return {
        "pool_size": 1,
        "max_overflow": 0,
        "pool_pre_ping": True,
        "pool_recycle": 300,
        "pool_timeout": settings.database_connect_timeout_seconds.total_seconds(),
    }


def _connect_arguments(settings: DatabaseSettings) -> dict[str, Any]:
    tls: ssl.SSLContext | bool = False
    if settings.database_tls == "verify-full":
        tls = verifying_tls_context()
    statement = _milliseconds(settings.database_statement_timeout_seconds.total_seconds())
    lock = _milliseconds(settings.database_lock_timeout_seconds.total_seconds())
    return {
        "application_name": settings.database_user,
        "ssl_context": tls,
        "timeout": settings.database_connect_timeout_seconds.total_seconds(),
        "startup_params": {
            "statement_timeout": statement,
            "lock_timeout": lock,
            "idle_in_transaction_session_timeout": statement,
        },
    }


def _quote_every_array_element(connection: Any, _record: object) -> None:  # noqa: ANN401
    """pg8000 leaves a text of ``null`` bare, and PostgreSQL takes it for a missing value."""
    connection.register_out_adapter(list, _array_literal)


def _array_literal(elements: list[object]) -> str:
    texts = (str(element).replace("\\", r"\\").replace('"', r"\"") for element in elements)
    return "{" + ",".join(f'"{text}"' for text in texts) + "}"


def _milliseconds(seconds: float) -> str:
    return str(round(seconds * 1000))


def _sign_in_with_iam(engine: Engine, settings: DatabaseSettings) -> None:
    @event.listens_for(engine, "do_connect")
    def _fresh_token(
        _dialect: object, _record: object, _args: object, parameters: dict[str, Any]
    ) -> None:
        parameters["password"] = iam_token(settings)
