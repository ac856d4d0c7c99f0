from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new ledger goes: a file, and a fresh PostgreSQL database."""
    if request.param == "sqlite":
        yield str(tmp_path / "ledger.db")
        return
    server = sa.make_url(request.getfixturevalue("postgres_server"))
    yield from fresh_database(server)


@pytest.fixture
def postgres_place(postgres_server: str) -> Iterator[str]:
    """A fresh PostgreSQL database."""
    yield from fresh_database(sa.make_url(postgres_server))


def fresh_database(server: sa.URL) -> Iterator[str]:
    """The URL of a new, empty database of a server; it is dropped afterwards."""
    name = f"nongrata_{uuid.uuid4().hex[:12]}"
    engine = sa.create_engine(server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()
