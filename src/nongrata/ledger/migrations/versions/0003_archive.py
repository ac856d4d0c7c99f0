"""The archive of bytes as fetched, and what a watch remembers of its feeds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nongrata.ledger.columns import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "archive",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_archive"),
        comment="bytes as fetched, named by their SHA-256, packed with zlib; 'size' counts them unpacked",
    )
    op.create_table(
        "fetches",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("content_type", sa.Text()),
        sa.ForeignKeyConstraint(["sha256"], ["archive.sha256"], name="fk_fetches_sha256_archive"),
        sa.PrimaryKeyConstraint("pk", name="pk_fetches"),
        comment="which address gave which bytes, and when",
    )
    op.create_index("ix_fetches_sha256", "fetches", ["sha256"])
    op.create_table(
        "feeds",
        sa.Column("url_sha256", sa.String(64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("due", UtcDateTime()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.PrimaryKeyConstraint("url_sha256", name="pk_feeds"),
        comment="what is remembered of a watched feed between two looks",
    )
    op.create_table(
        "seen_articles",
        sa.Column("url_sha256", sa.String(64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("url_sha256", name="pk_seen_articles"),
        comment="addresses of articles that a watch took in or gave up; keyed by hash, for an index bounds its keys",
    )
