"""Who is at work, and the audit log of what they do."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from nongrata.ledger import schema

_ACTING: ContextVar[str | None] = ContextVar("nongrata_acting", default=None)


@contextmanager
def acting_as(user: str) -> Iterator[None]:
    """What is written in this block is written in the name of ``user``: one of those whom a server serves."""
    before = _ACTING.set(user)
    try:
        yield
    finally:
        _ACTING.reset(before)


def current_user() -> str:
    """Who is at work: the one named by ``acting_as``, else ``NONGRATA_USER``, else the login name."""
    acting = _ACTING.get()
    if acting:
        return acting
    named = os.environ.get("NONGRATA_USER")
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def record(
    connection: sa.Connection,
    action: str,
    *,
    subject: str | None = None,
    reason: str | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Write a row of the audit log inside the transaction of what it tells."""
    connection.execute(
        schema.audit.insert(),
        {
            "at": datetime.now(UTC),
            "user_name": current_user(),
            "action": action,
            "subject": subject,
            "reason": reason,
            "details": details,
        },
    )
