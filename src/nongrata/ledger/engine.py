"""Opening the database under a ledger: SQLite by path, PostgreSQL by URL."""

from __future__ import annotations

import importlib
import os
import re
import sqlite3
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from nongrata.ledger.failures import DAMAGED
from nongrata.model import LedgerError, MissingExtraError
from nongrata.model.keeping import keepable

APPLICATION_ID = 0x6E6F6E67
"""``PRAGMA application_id`` of a ledger file: "nong"."""

_MAGIC = b"SQLite format 3\x00"

_MAPPED = 2**31 - 2**16
"""So many bytes of a ledger are read from memory where the system keeps them already: as much as SQLite allows."""

WRITE = "nongrata_write"
_WRITE_LOCK = 0x6E6F6E67
_READING = ("random_page_cost=1.1", "max_parallel_workers_per_gather=0", "jit=off")
"""How PostgreSQL plans what readers ask: short questions over indexes that are in memory or on a solid-state disk, of
many readers at once; its defaults are for disks that turn and for a few long questions."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ledger lies: a file (``path``) or a PostgreSQL database (``path`` None). ``shown`` has no password."""

    url: sa.URL
    path: Path | None
    shown: str


def place_of(where: str | Path) -> Place:
    """Tell a path from a database URL.

    Raises:
        LedgerError: a URL of another kind of database, or a malformed one.
    """
    text = str(where)
    if "://" not in text:
        path = Path(text)
        return Place(sa.URL.create("sqlite", database=str(path)), path, text)
    try:
        url = sa.make_url(text)
    except (sa.exc.ArgumentError, ValueError) as error:
        shown = re.sub(r"(?<=://).*@", "***@", text)
        raise LedgerError(f"{shown} is no database address: give a file or postgresql://user@host/name") from error
    backend = url.drivername.split("+")[0]
    if backend in ("postgresql", "postgres"):
        return Place(url.set(drivername="postgresql+psycopg"), None, url.render_as_string(hide_password=True))
    if backend == "sqlite" and url.database:
        return Place(url, Path(url.database), url.database)
    raise LedgerError(f"a ledger cannot be kept in {backend}: give a file or postgresql://user@host/name")


def connect(place: Place, *, writable: bool, wait: float) -> sa.Engine:
    """An engine on the place; ``wait`` is how many seconds to wait for another writer.

    Transactions begun with the execution option ``WRITE`` hold the ledger's one write lock from their start.
    """
    if place.path is not None:
        return _sqlite_engine(place.path, writable=writable, wait=wait)
    return _postgres_engine(place, writable=writable, wait=wait)


def _json_text(value: object) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return msgspec.json.encode(_kept(value)).decode()


def _kept(value: object) -> object:
    """The value with what cannot be kept replaced in every text of it."""
    if isinstance(value, str):
        return keepable(value)
    if isinstance(value, Mapping):
        return {_kept(name): _kept(one) for name, one in value.items()}
    return [_kept(one) for one in value] if isinstance(value, list | tuple) else value


def _json_value(text: str | bytes) -> Any:  # noqa: ANN401  any JSON value
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, ValueError) as error:
        raise LedgerError(DAMAGED.format(where="the ledger", error=error)) from error


def _sqlite_engine(path: Path, *, writable: bool, wait: float) -> sa.Engine:
    if path.is_dir():
        raise LedgerError(f"{path} is a folder: give the path of a ledger file with --ledger")
    if path.exists() and not path.is_file():
        raise LedgerError(f"{path} is no file: give the path of a ledger file with --ledger")
    _check_header(path)
    address = path.absolute().as_uri() + ("?mode=rwc" if writable else _read_mode(path))

    def creator() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            if writable:
                connection.execute("PRAGMA synchronous = FULL")
            elif sys.maxsize > 2**32:
                connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = sa.create_engine(
        "sqlite://",
        creator=creator,
        poolclass=sa.pool.QueuePool,
        json_serializer=_json_text,
        json_deserializer=_json_value,
    )

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        write = connection.get_execution_options().get(WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _check_header(path: Path) -> None:
    """Refuse what is no SQLite file; SQLite itself takes a few bytes of anything for an empty database."""
    try:
        with path.open("rb") as stream:
            begin = stream.read(len(_MAGIC))
    except OSError:
        return  # SQLite says why it cannot be opened
    if begin not in (b"", _MAGIC):
        raise LedgerError(f"{path} is not a ledger (it is no SQLite database): give another path with --ledger")


def _read_mode(path: Path) -> str:
    """Read-only opening; a ledger on a read-only disk with no log beside it is opened as one that nobody changes."""
    log = path.with_name(path.name + "-wal")
    frozen = path.exists() and not os.access(path.parent, os.W_OK) and not log.exists()
    return "?mode=ro&immutable=1" if frozen else "?mode=ro"


def _postgres_engine(place: Place, *, writable: bool, wait: float) -> sa.Engine:
    try:
        importlib.import_module("psycopg")
    except ImportError as error:
        raise MissingExtraError("postgres") from error
    settings = [f"lock_timeout={int(wait * 1000)}", "timezone=UTC", *(() if writable else _READING)]
    engine = sa.create_engine(
        place.url,
        json_serializer=_json_text,
        json_deserializer=_json_value,
        connect_args={
            "connect_timeout": 10,
            "client_encoding": "utf8",
            "options": " ".join(f"-c {setting}" for setting in settings),
        },
        isolation_level="REPEATABLE READ" if not writable else "READ COMMITTED",
    )

    @sa.event.listens_for(engine, "connect")
    def check_encoding(connection: Any, _: object) -> None:  # noqa: ANN401  the driver is an extra
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            raise LedgerError(
                f"the database of {place.shown} keeps texts as {encoding} and cannot hold every letter: "
                "make one with `createdb --template=template0 --encoding=UTF8 NAME`"
            )

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        if connection.get_execution_options().get(WRITE):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")

    return engine
