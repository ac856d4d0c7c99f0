"""What reviewers decided."""

from __future__ import annotations

import sqlalchemy as sa

from nongrata.ledger.columns import Code, UtcDateTime, Words, json_column
from nongrata.ledger.schema.base import metadata

judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("id", Code(32), nullable=False, unique=True),
    sa.Column("verdict", Code(10), nullable=False),
    sa.Column("subject", Code(160), nullable=False, index=True),
    sa.Column("other", Code(160), index=True),
    json_column("seen"),
    sa.Column("field", Code(20)),
    json_column("value"),
    sa.Column("takes_back", Code(32), index=True),
    sa.Column("user_name", Words, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.CheckConstraint(
        "verdict IN ('accept','reject','correct','same','not_same','note','take_back')",
        name="verdict",
    ),
    comment="what reviewers decided; 'subject' and 'other' name claims by content, 'seen' is what they looked like",
)
