"""What follows from the claims: a view that is computed again."""

from __future__ import annotations

import sqlalchemy as sa

from nongrata.ledger.columns import Code, UtcDateTime, Words, days_columns, interval_columns, json_column
from nongrata.ledger.schema.base import metadata

incidents = sa.Table(
    "incidents",
    metadata,
    sa.Column("id", Code(40), primary_key=True),
    sa.Column("digest", Code(64), nullable=False),
    sa.Column("type", Code(40), nullable=False),
    sa.Column("subtype", Words),
    sa.Column("actor", Words),
    sa.Column("actor_state", Words),
    sa.Column("target", Words),
    sa.Column("target_state", Words),
    json_column("actors"),
    *interval_columns("count"),
    *days_columns("when"),
    sa.Column("realis", Code(12), nullable=False),
    sa.Column("factuality", Code(3), nullable=False),
    *interval_columns("best_count"),
    *days_columns("best_when"),
    sa.Column("who", Words),
    sa.Column("month", Code(15)),
    sa.Column("shelf", sa.Integer, nullable=False),
    sa.Column("independent_origins", sa.Integer, nullable=False),
    sa.Column("disputed", sa.Boolean, nullable=False),
    sa.Column("credibility", sa.Integer, nullable=False),
    sa.Column("credibility_reason", Words, nullable=False),
    json_column("reports"),
    json_column("contradictions"),
    json_column("in_response_to"),
    json_column("possibly_same"),
    comment="a view over the live claims, computed again when they change; 'digest' tells what changed",
)

origins = sa.Table(
    "origins",
    metadata,
    sa.Column("incident_id", sa.ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("label", Words, nullable=False),
    sa.Column("denies", sa.Boolean, nullable=False),
    json_column("claims"),
    json_column("reasons"),
    comment="independent origins of an incident; 'reasons' are the links that joined its claims",
)

incident_claims = sa.Table(
    "incident_claims",
    metadata,
    sa.Column("incident_id", sa.ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("claim_key", Code(20), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("score", sa.Float),
    json_column("reasons"),
    sa.Index("ix_incident_claims_claim_key", "claim_key"),
    comment="which claims make an incident, and why each is in it",
)

incident_actors = sa.Table(
    "incident_actors",
    metadata,
    sa.Column("incident_id", sa.ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name", Words, primary_key=True),
    sa.Index("ix_incident_actors_name", "name"),
    comment="the actors of incidents with several",
)

forwards = sa.Table(
    "forwards",
    metadata,
    sa.Column("old_id", Code(40), primary_key=True),
    sa.Column("new_id", Code(40), nullable=False, index=True),
    sa.Column("cause", Code(20), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    comment="where an incident's id leads after a merge or split",
)

totals = sa.Table(
    "totals",
    metadata,
    sa.Column("id", Code(40), primary_key=True),
    json_column("body"),
    comment="figures over several happenings, held against the sum of the incidents they span",
)

sa.Index("ix_incidents_shelf", incidents.c.shelf, incidents.c.id)
for _column in ("type", "actor", "actor_state", "target", "target_state", "credibility"):
    sa.Index(f"ix_incidents_{_column}", incidents.c[_column], incidents.c.shelf)
_summed = (
    *("type", "actor", "realis", "factuality", "who", "target", "month", "shelf", "actor_state", "target_state"),
    *("count_lo", "count_hi", "disputed", "when_first", "when_last", "credibility", "id"),
)
sa.Index("ix_incidents_sums", *(incidents.c[_column] for _column in _summed))
_doubtful = incidents.c.possibly_same.is_not(None)
sa.Index(
    "ix_incidents_doubtful",
    *(incidents.c[_column] for _column in ("type", "actor", "realis", "factuality")),
    sqlite_where=_doubtful,
    postgresql_where=_doubtful,
)
sa.Index("ix_incidents_when", incidents.c.when_first, incidents.c.when_last)
