"""``python -m tests.bench.candidates``: looking up candidates among few and among many inquiries.

The floor is to fetch as many rows by their ids, in the same run on the same PostgreSQL.
"""

from __future__ import annotations

import statistics
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, select, text

from functions.migrator.migrate_schema import migrate_schema
from functions.worker.assess_reply import assess_reply
from functions.worker.reading import RulesReader
from infra.local.postgres import RunningPostgres, running_postgres
from shared.domain.inquiry import Inquiry
from shared.postgres.database import Database, open_database
from shared.postgres.inquiries import Inquiries
from shared.postgres.tables import creditor_inquiries
from shared.settings import DatabaseSettings
from tests.bench.stopwatch import best_of, say
from tests.samples.labelled import labelled_replies, sample_inquiries

ROUNDS = 5
SIZES = (1_000, 10_000, 100_000)
_A_CREDITOR_EVERY, _A_CLIENT_EVERY, _PUT_AT_ONCE = 300, 7, 5_000
_SYLLABLES = "ba be bi bo da de di do ga ge go ka ke ko la le li lo ma me mo na ne no ra ro".split()


def main() -> None:
    """Prints, for each size of the table, how long a reply's look-up takes."""
    with (
        tempfile.TemporaryDirectory(prefix="matcher-bench-") as folder,
        running_postgres(Path(folder) / "postgres", durable=False) as server,
    ):
        database = _migrated(server)
        inquiries = Inquiries(database)
        inquiries.put_many(sample_inquiries())
        stored = 0
        for size in SIZES:
            for start in range(stored, size, _PUT_AT_ONCE):
                inquiries.put_many(
                    _inquiry(n) for n in range(start, min(start + _PUT_AT_ONCE, size))
                )
            stored = size
            _settle(server)
            _show(size, database)
        database.dispose()


def _show(size: int, database: Database) -> None:
    looked_up: list[float] = []
    fetched: list[float] = []
    found: list[int] = []

    def candidates(keys: frozenset[str]) -> tuple[Inquiry, ...]:
        inquiries = Inquiries(database)
        rows = inquiries.candidates(keys)
        looked_up.append(best_of(ROUNDS, lambda: inquiries.candidates(keys)))
        ids = [row.id for row in rows]
        fetched.append(best_of(ROUNDS, lambda: _by_id(database, ids)))
        found.append(len(rows))
        return rows

    for label in labelled_replies():
        assess_reply(label.reply, reader=RulesReader(), candidates=candidates)
    median, floor = statistics.median(looked_up), statistics.median(fetched)
    say(
        f"{size:8,} inquiries: {1000 * median:6.2f} ms median, {1000 * max(looked_up):7.2f} ms"
        f" slowest, {median / floor:4.1f} x the floor, {statistics.median(found):.0f} candidates"
    )


def _inquiry(number: int) -> Inquiry:
    """Creditors with some hundred letters each, clients with seven, names of a few syllables."""
    creditor, client = number % (1 + number // _A_CREDITOR_EVERY), number // _A_CLIENT_EVERY
    firm, first, last = _word(creditor, 4), _word(client, 2), _word(client * 31, 3)
    return Inquiry(
        id=f"bench-{number:07}",
        client_name=f"{last}, {first}",
        creditor_name=f"{firm} Inkasso GmbH",
        creditor_email=f"post@{firm.lower()}.example",
        reference_numbers=(f"BX-26-{client:06}", f"{creditor}-{number:07}"),
        sent_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
    )


def _word(number: int, syllables: int) -> str:
    word = ""
    for _ in range(syllables):
        number, place = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[place]
    return word.capitalize()


def _migrated(server: RunningPostgres) -> Database:
    url = f"postgresql+pg8000://{server.user}@{server.host}:{server.port}/postgres"
    engine = create_engine(url)
    with engine.begin() as connection:
        migrate_schema(connection)
    engine.dispose()
    return open_database(
        DatabaseSettings(
            database_host=server.host,
            database_port=server.port,
            database_name="postgres",
            database_user=server.user,
            database_tls="off",
            database_auth="trust",
            database_pool="one",
            database_connect_timeout_seconds=60,
            database_statement_timeout_seconds=50,
            database_lock_timeout_seconds=10,
        )
    )


def _settle(server: RunningPostgres) -> None:
    """Do what the autovacuum does some time after an import."""
    url = f"postgresql+pg8000://{server.user}@{server.host}:{server.port}/postgres"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE creditor_inquiries"))
    engine.dispose()


def _by_id(database: Database, ids: list[str]) -> None:
    statement = select(creditor_inquiries).where(creditor_inquiries.c.id.in_(ids))
    database.transact(lambda connection: connection.execute(statement).all())


if __name__ == "__main__":
    main()
