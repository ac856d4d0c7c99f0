"""The ledger's schema over time: which step a ledger is at, and taking it to the newest one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from nongrata.model import LedgerError

if TYPE_CHECKING:
    from alembic.config import Config

STEPS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every migration's revision, oldest first; the last is what this version of nongrata reads and writes."""

MIGRATIONS = Path(__file__).parent / "migrations"


def revision_of(connection: sa.Connection, shown: str) -> str | None:
    """The revision that a database is at; None when it holds nothing at all.

    Raises:
        LedgerError: the database belongs to something else.
    """
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        return None
    if not {"alembic_version", "claims", "readings"} <= tables:
        raise LedgerError(f"{shown} holds other tables and no ledger: give another place with --ledger")
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return str(row[0]) if row else None


def refuse_newer(revision: str, shown: str) -> None:
    """Refuse a ledger that a newer nongrata wrote.

    Raises:
        LedgerError: the revision is none of ours.
    """
    if revision not in STEPS:
        raise LedgerError(
            f"{shown} was written by a newer nongrata "
            f"(its schema is {revision}, this one knows {STEPS[-1]}): upgrade nongrata"
        )


def upgrade(connection: sa.Connection, target: str = "head") -> None:
    """Run the missing migrations inside the connection's transaction; it holds wholly or not at all."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
