"""Who did what and why: the audit log, and how sources were rated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from nongrata.ledger import schema


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change of the ledger's state: who did what to what, when and why."""

    at: datetime
    user: str
    action: str
    subject: str | None
    reason: str | None
    details: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Rating:
    """A source's reliability on the Admiralty scale, A (reliable) to F (cannot be judged)."""

    grade: str
    reason: str
    user: str
    at: datetime


def log_entries(connection: sa.Connection, limit: int, action: str, since: datetime | None) -> list[LogEntry]:
    """The newest entries of the audit log whose action begins so, newest first."""
    a = schema.audit
    query = sa.select(a).where(a.c.action.startswith(action, autoescape=True))
    if since:
        query = query.where(a.c.at >= since)
    rows = connection.execute(query.order_by(a.c.pk.desc()).limit(limit))
    return [LogEntry(r.at, r.user_name, r.action, r.subject, r.reason, r.details) for r in rows]


def ratings_of(connection: sa.Connection, source: str) -> list[Rating]:
    """The ratings of a source, newest first."""
    s, g = schema.sources, schema.source_ratings
    query = sa.select(g).join(s, s.c.pk == g.c.source_pk).where(s.c.name == source).order_by(g.c.pk.desc())
    return [Rating(r.grade, r.reason, r.user_name, r.at) for r in connection.execute(query)]
