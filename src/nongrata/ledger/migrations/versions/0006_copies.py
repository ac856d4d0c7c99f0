"""Who copied whom, and what finds copies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; reports that are there are traced when the incidents are computed next."""
    op.create_table(
        "sketches",
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(32)),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_pk"], ["reports.pk"], name="fk_sketches_report_pk_reports"),
        sa.PrimaryKeyConstraint("report_pk", name="pk_sketches"),
        comment="the hash of a report's words in their order; 'day' is that of publication, the last of all: none",
    )
    op.create_index("ix_sketches_words", "sketches", ["words", "day", "report_pk"])
    op.create_table(
        "copy_bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_pk"], ["reports.pk"], name="fk_copy_bands_report_pk_reports"),
        sa.PrimaryKeyConstraint("band", "report_pk", name="pk_copy_bands"),
        comment="bands of MinHash signatures: reports that share one may be near copies",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copies",
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("original_pk", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(5), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.CheckConstraint("kind IN ('exact','near')", name="ck_copies_kind"),
        sa.ForeignKeyConstraint(["report_pk"], ["reports.pk"], name="fk_copies_report_pk_reports"),
        sa.ForeignKeyConstraint(["original_pk"], ["reports.pk"], name="fk_copies_original_pk_reports"),
        sa.PrimaryKeyConstraint("report_pk", name="pk_copies"),
        comment="who copied whom: the earlier text most like a report's, by Jaccard's measure over runs of four words",
    )
    op.create_index("ix_copies_original_pk", "copies", ["original_pk"])
