"""Database failures told in words: every driver error becomes a LedgerError that says what to do next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

import sqlalchemy as sa

from nongrata.model import LedgerError

DAMAGED = "{where} holds a damaged value ({error}): run `nongrata ledger check`, and restore it from a backup"
_NO_DATE = "Couldn't parse"
"""How SQLAlchemy begins to complain of a day or moment that is none."""

_SQLITE = (
    ("SQLITE_NOTADB", "{where} is not a ledger (it is no SQLite database): give another path with --ledger"),
    ("SQLITE_CORRUPT", "{where} is damaged: run `nongrata ledger check`, and restore it from a backup"),
    (
        "SQLITE_FULL",
        "the disk under {where} is full and nothing more was written: free some space and run it again",
    ),
    ("SQLITE_READONLY", "{where} cannot be written (read-only): make it writable or give another path with --ledger"),
    ("SQLITE_BUSY", "{where} is being written by another process: wait for it to end and run the command again"),
    ("SQLITE_LOCKED", "{where} is being written by another process: wait for it to end and run the command again"),
    ("SQLITE_CANTOPEN", "{where} cannot be opened: check that its folder exists and that you may write there"),
    ("SQLITE_PERM", "{where} cannot be opened: check that you may read and write there"),
    (
        "SQLITE_IOERR",
        "the disk refused to read or write {where}: check its space and health, then run it again",
    ),
)
_POSTGRES = (
    ("55P03", "the ledger {where} is being written by another process: wait for it to end and run the command again"),
    ("53100", "the disk of {where} is full and nothing more was written: free some space and run the command again"),
    ("25006", "{where} cannot be written (read-only): connect to the primary server"),
    ("28", "{where} refuses the user or the password: check the address given with --ledger"),
    ("3D000", "the database of {where} does not exist: create it with createdb"),
    ("42501", "{where} does not let this user do that: grant the rights or connect as its owner"),
)


@contextmanager
def told(where: str) -> Iterator[None]:
    """Turn driver errors into LedgerErrors that name ``where``.

    Raises:
        LedgerError: for every failure of the database; errors of other kinds pass.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        raise LedgerError(describe(error.orig, where)) from error
    except sqlite3.Error as error:
        raise LedgerError(describe(error, where)) from error
    except ValueError as error:
        if _NO_DATE not in str(error):
            raise
        raise LedgerError(DAMAGED.format(where=where, error=error)) from error
    except Exception as error:
        if not _is_psycopg(error):
            raise
        raise LedgerError(describe(error, where)) from error


def _is_psycopg(error: BaseException) -> bool:
    """True for an error of the PostgreSQL driver itself, as in a COPY; it is not imported to ask that."""
    return type(error).__module__.startswith("psycopg")


T = TypeVar("T")
P = ParamSpec("P")


def from_rows(make: Callable[P, T]) -> Callable[P, T]:
    """Make a function that builds a value from a row tell of a damaged one in words."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return make(*args, **kwargs)
        except (ValueError, TypeError, AttributeError) as error:
            raise LedgerError(DAMAGED.format(where="the ledger", error=error)) from error

    return made


def describe(error: BaseException | None, where: str) -> str:
    """One sentence for a driver's error."""
    name = getattr(error, "sqlite_errorname", None) or ""
    for prefix, words in _SQLITE:
        if name.startswith(prefix):
            return words.format(where=where)
    code = getattr(error, "sqlstate", None) or ""
    for prefix, words in _POSTGRES:
        if code.startswith(prefix):
            return words.format(where=where)
    if error is not None and _is_psycopg(error) and not code:
        return f"the database server of {where} cannot be reached: check its address and that it runs"
    first_line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return f"the ledger {where} failed ({first_line}): run `nongrata ledger check`"
