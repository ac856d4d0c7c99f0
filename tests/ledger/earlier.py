"""Ledgers as earlier versions of nongrata wrote them."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from nongrata.ledger.engine import WRITE, connect, place_of
from nongrata.ledger.migrate import STEPS, upgrade
from nongrata.ledger.search import index_claims

DATA = Path(__file__).parent / "data" / "ledger_0002.sql"
EARLIER = STEPS[:-1]
COUNTED = ("runs", "source_ratings", "judgements", "audit")


def make_earlier(place: str, step: str, more_claims: int = 0) -> None:
    """Make a ledger at an earlier step, with what nongrata 0.1.0 wrote and copies of its first claim."""
    engine = connect(place_of(place), writable=True, wait=10)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA journal_mode = WAL")
    with engine.connect() as plain:
        connection = plain.execution_options(**{WRITE: True})
        with connection.begin():
            empty(connection)
            upgrade(connection, step)
            for line in DATA.read_text(encoding="utf-8").splitlines()[1:]:
                connection.exec_driver_sql(line)
            if more_claims:
                _copies(connection, more_claims)
            if step != "0001":
                index_claims(connection, 0)
            if connection.dialect.name == "postgresql":
                for table in COUNTED:
                    top = connection.scalar(sa.select(sa.func.max(sa.column("pk"))).select_from(sa.table(table)))
                    connection.execute(sa.select(sa.func.setval(f"{table}_pk_seq", top)))
    engine.dispose()


def empty(connection: sa.Connection) -> None:
    """Drop whatever a place on a server holds; a file is expected to be new."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")


def _copies(connection: sa.Connection, count: int) -> None:
    """Corrected claims that no judgement asks for, so that a migration that goes over the claims takes its time."""
    claims = sa.Table("claims", sa.MetaData(), autoload_with=connection)
    first = dict(connection.execute(sa.select(claims).where(claims.c.corrects.is_(None)).limit(1)).mappings().one())
    top = connection.scalar(sa.select(sa.func.max(claims.c.pk)))
    rows = [
        first | {"pk": top + n, "key": f"copy{n}", "live": False, "corrects": first["pk"]} for n in range(1, count + 1)
    ]
    connection.execute(claims.insert(), rows)
