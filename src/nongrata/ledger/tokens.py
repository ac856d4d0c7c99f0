"""Tokens: who may use the pages and the API beyond reading, with which role.

A token is random (256 bits) and shown once; the ledger keeps its SHA-256. A secret of that size needs no slow hash: it
cannot be guessed from a list. A name is used once, so that what the log says stays clear; revoking is for good.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.acting import current_user, record
from nongrata.ledger.view import LedgerView
from nongrata.ledger.writer import Ledger
from nongrata.model import LedgerError

_NAME = re.compile(r"[\w.@ -]{1,60}")
_SECRET = re.compile(r"ngt_([0-9a-f]{12})_[A-Za-z0-9_-]{43}")


class Role(StrEnum):
    """What a token allows; each role may do what the one before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def allows(self, needed: Role) -> bool:
        """True when this role may do what ``needed`` may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret; ``revoked_at`` None: it is good."""

    id: str
    name: str
    role: Role
    created_at: datetime
    created_by: str
    revoked_at: datetime | None


def add_token(ledger: Ledger, name: str, role: Role) -> tuple[Token, str]:
    """Make a token; returns it with its secret, which is kept nowhere.

    Raises:
        LedgerError: the name is taken, or is no name.
    """
    if not _NAME.fullmatch(name):
        raise LedgerError(f"{name!r} is no name for a token: give up to 60 letters, digits, blanks, dots or dashes")
    t = schema.tokens
    id = secrets.token_hex(6)
    secret = f"ngt_{id}_{secrets.token_urlsafe(32)}"
    token = Token(id, name, role, datetime.now(UTC), current_user(), None)
    with ledger.writing() as connection:
        if connection.scalar(sa.select(t.c.id).where(t.c.name == name)):
            raise LedgerError(f"there is a token {name} already: give the new one another name")
        row = {"id": id, "name": name, "role": str(role), "digest": _digest(secret)}
        connection.execute(t.insert(), row | {"created_at": token.created_at, "created_by": token.created_by})
        record(connection, "token add", subject=name, details={"id": id, "role": str(role)})
    return token, secret


def revoke_token(ledger: Ledger, name: str) -> None:
    """Make a token worth nothing, now and for good.

    Raises:
        LedgerError: there is no such token.
    """
    t = schema.tokens
    with ledger.writing() as connection:
        found = connection.execute(sa.select(t).where(t.c.name == name)).first()
        if found is None:
            raise LedgerError(f"there is no token {name}: list them with `nongrata token list`")
        if found.revoked_at is None:
            connection.execute(t.update().where(t.c.name == name).values(revoked_at=datetime.now(UTC)))
            record(connection, "token revoke", subject=name, details={"id": found.id})


def tokens(view: LedgerView) -> list[Token]:
    """All tokens, revoked ones included, oldest first."""
    with view.reading() as connection:
        rows = connection.execute(sa.select(schema.tokens).order_by(schema.tokens.c.created_at)).all()
    return [_token(row) for row in rows]


def has_token(view: LedgerView) -> bool:
    """True when at least one token is good."""
    t = schema.tokens
    with view.reading() as connection:
        return connection.scalar(sa.select(t.c.id).where(t.c.revoked_at.is_(None)).limit(1)) is not None


def token_of(view: LedgerView, secret: str) -> Token | None:
    """The good token with this secret; None for anything else."""
    shape = _SECRET.fullmatch(secret)
    if shape is None:
        return None
    found = _good(view, shape[1])
    return _token(found) if found and hmac.compare_digest(found.digest, _digest(secret)) else None


def token_by_id(view: LedgerView, id: str) -> Token | None:
    """The good token with this id; None when there is none or it was revoked."""
    found = _good(view, id)
    return _token(found) if found else None


def note_login(ledger: Ledger, name: str) -> None:
    """Write into the log that somebody logged in."""
    with ledger.writing() as connection:
        record(connection, "login", subject=name)


def _good(view: LedgerView, id: str) -> sa.Row[tuple[object, ...]] | None:
    t = schema.tokens
    with view.reading() as connection:
        return connection.execute(sa.select(t).where(t.c.id == id, t.c.revoked_at.is_(None))).first()


def _token(row: sa.Row[tuple[object, ...]]) -> Token:
    return Token(row.id, row.name, Role(row.role), row.created_at, row.created_by, row.revoked_at)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
