"""What commands and pages remember: changes counted, runs, the log, who may write."""

from __future__ import annotations

import sqlalchemy as sa

from nongrata.ledger.columns import Code, UtcDateTime, Words, json_column
from nongrata.ledger.schema.base import metadata

state = sa.Table(
    "state",
    metadata,
    sa.Column("name", Code(40), primary_key=True),
    sa.Column("value", sa.BigInteger, nullable=False),
    comment="'claims' counts the changes of claims, 'incidents' is that count when the incidents were computed",
)

runs = sa.Table(
    "runs",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("kind", Code(20), nullable=False),
    sa.Column("source", Words),
    sa.Column("reader", Words),
    sa.Column("user_name", Words, nullable=False),
    sa.Column("version", Code(40), nullable=False),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime),
    json_column("counts"),
    comment="one row for each command that wrote claims; no finish: it was broken off",
)

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False, index=True),
    sa.Column("user_name", Words, nullable=False),
    sa.Column("action", Code(40), nullable=False),
    sa.Column("subject", Words),
    sa.Column("reason", Words),
    json_column("details"),
    comment="every change of state: who, when, why",
)

tokens = sa.Table(
    "tokens",
    metadata,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("role", sa.String(10), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False, unique=True),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("revoked_at", UtcDateTime),
    sa.CheckConstraint("role IN ('reader','reviewer','admin')", name="role"),
    comment="who may use pages and API beyond reading; 'digest' is the SHA-256 of a random secret shown once",
)
