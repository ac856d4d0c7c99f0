"""Indexes from which tallies and overviews are summed without reading the incidents themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


SUMMED = (
    *("type", "actor", "realis", "factuality", "who", "target", "month", "shelf", "actor_state", "target_state"),
    *("count_lo", "count_hi", "disputed", "when_first", "when_last", "credibility", "id"),
)


def upgrade() -> None:
    """Create the indexes."""
    op.create_index("ix_incidents_sums", "incidents", list(SUMMED))
    doubtful = sa.text("possibly_same IS NOT NULL")
    op.create_index(
        "ix_incidents_doubtful",
        "incidents",
        ["type", "actor", "realis", "factuality"],
        sqlite_where=doubtful,
        postgresql_where=doubtful,
    )
