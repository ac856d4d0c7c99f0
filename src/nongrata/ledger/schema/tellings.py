"""What readers found in reports: readings, claims, the voices that tell them."""

from __future__ import annotations

import sqlalchemy as sa

from nongrata.ledger.columns import Code, UtcDateTime, Words, days_columns, interval_columns, json_column
from nongrata.ledger.schema.base import metadata

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("report_pk", sa.ForeignKey("reports.pk"), nullable=False),
    sa.Column("reader", Words, nullable=False),
    sa.Column("digest", Code(64), nullable=False),
    sa.Column("claims", sa.Integer, nullable=False),
    sa.Column("live", sa.Boolean, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("run_pk", sa.ForeignKey("runs.pk"), nullable=False, index=True),
    sa.Index("ix_readings_report_pk_reader", "report_pk", "reader"),
    comment="one reader's reading of one report; at most one reading of a report is live",
)

voices = sa.Table(
    "voices",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", Words, nullable=False),
    sa.Column("role", Words, nullable=False),
    sa.Column("state", Words, nullable=False),
    sa.UniqueConstraint("name", "role", "state"),
    comment="links of chains; an empty role or state is one that the text does not give",
)

chains = sa.Table(
    "chains",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("digest", Code(64), nullable=False, unique=True),
    json_column("links"),
    comment="chains of voices, origin first, as [[name, role, state], ...]; 'digest' is the SHA-256 of that JSON",
)

chain_voices = sa.Table(
    "chain_voices",
    metadata,
    sa.Column("chain_pk", sa.ForeignKey("chains.pk"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("voice_pk", sa.ForeignKey("voices.pk"), nullable=False, index=True),
)

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("key", Code(20), nullable=False, index=True),
    sa.Column("report_pk", sa.ForeignKey("reports.pk"), nullable=False, index=True),
    sa.Column("reading_pk", sa.ForeignKey("readings.pk"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("live", sa.Boolean, nullable=False),
    sa.Column("reviewed", sa.Boolean, nullable=False),
    sa.Column("corrects", sa.ForeignKey("claims.pk"), index=True),
    sa.Column("type", Code(40), nullable=False),
    sa.Column("subtype", Words),
    sa.Column("actor", Words),
    sa.Column("actor_state", Words),
    sa.Column("target", Words),
    sa.Column("target_state", Words),
    json_column("actors"),
    sa.Column("against", Words),
    *interval_columns("count"),
    sa.Column("share", sa.Float),
    *days_columns("when"),
    sa.Column("factuality", Code(3), nullable=False),
    sa.Column("realis", Code(12), nullable=False),
    sa.Column("scope", Code(8), nullable=False),
    sa.Column("chain_pk", sa.ForeignKey("chains.pk"), nullable=False),
    sa.Column("background", sa.Boolean, nullable=False),
    sa.Column("trigger", Words, nullable=False),
    sa.Column("trigger_begin", sa.Integer),
    sa.Column("trigger_end", sa.Integer),
    sa.Column("sentence", Words, nullable=False),
    json_column("spans"),
    json_column("also"),
    sa.Column("when_text", Words),
    sa.Column("count_text", Words),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("reader", Words, nullable=False),
    sa.Column("published", sa.Date),
    sa.Column("publisher", Words),
    sa.Column("shelf", sa.Integer, nullable=False),
    sa.Index("ix_claims_reading_pk", "reading_pk"),
    comment="claims as read, every field; 'corrects' names the claim that a reviewer's correction stands for",
)

claim_parties = sa.Table(
    "claim_parties",
    metadata,
    sa.Column("side", Code(6), primary_key=True),
    sa.Column("name", Words, primary_key=True),
    sa.Column("shelf", sa.Integer, primary_key=True),
    sa.Column("claim_pk", sa.ForeignKey("claims.pk"), primary_key=True),
    sa.Index("ix_claim_parties_claim_pk", "claim_pk"),
    comment="whom a claim names as 'actor' and 'target': the party, its state, each of several actors",
)

facets = sa.Table(
    "facets",
    metadata,
    sa.Column("name", Code(20), primary_key=True),
    sa.Column("value", Words, primary_key=True),
    sa.Column("claims", sa.Integer, nullable=False),
    comment="how many live claims have which value, counted with the incidents",
)

for _column in ("type", "publisher", "factuality"):
    sa.Index(f"ix_claims_live_{_column}", claims.c.live, claims.c[_column], claims.c.shelf)
sa.Index("ix_claims_chain_pk_live_shelf", claims.c.chain_pk, claims.c.live, claims.c.shelf)
sa.Index("ix_claims_live_shelf", claims.c.live, claims.c.shelf)
sa.Index("ix_claims_live_when", claims.c.live, claims.c.when_first, claims.c.when_last)
sa.Index("ix_claims_live_reviewed", claims.c.live, claims.c.reviewed, claims.c.confidence)
