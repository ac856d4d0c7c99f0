"""Reports as they came: their sources, the pages as fetched, and what a watch remembers of feeds."""

from __future__ import annotations

import sqlalchemy as sa

from nongrata.ledger.columns import Code, UtcDateTime, Words, json_column
from nongrata.ledger.schema.base import metadata

sources = sa.Table(
    "sources",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", Words, nullable=False, unique=True),
    comment="publishers",
)

source_ratings = sa.Table(
    "source_ratings",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("source_pk", sa.ForeignKey("sources.pk"), nullable=False, index=True),
    sa.Column("grade", Code(1), nullable=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("user_name", Words, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.CheckConstraint("grade IN ('A','B','C','D','E','F')", name="grade"),
    comment="reliability on the Admiralty scale; the newest row of a source counts, the others are its history",
)

reports = sa.Table(
    "reports",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", Words, nullable=False, unique=True),
    sa.Column("identity", Code(64), nullable=False, unique=True),
    sa.Column("sha256", Code(64), nullable=False, index=True),
    sa.Column("text", Words, nullable=False),
    sa.Column("title", Words),
    sa.Column("headline", Words),
    sa.Column("publisher", Words, index=True),
    sa.Column("source_pk", sa.ForeignKey("sources.pk"), index=True),
    sa.Column("published", sa.Date, index=True),
    sa.Column("published_from", Words),
    sa.Column("url", Words),
    sa.Column("lang", Code(35)),
    json_column("sources"),
    json_column("topics"),
    json_column("blocks"),
    json_column("flags"),
    sa.Column("archived_sha256", Code(64)),
    sa.Column("added_at", UtcDateTime, nullable=False),
    sa.Column("run_pk", sa.ForeignKey("runs.pk"), nullable=False, index=True),
    comment="texts as given; 'identity' hashes text, publisher and day, 'sha256' the text (without one: identity)",
)

sketches = sa.Table(
    "sketches",
    metadata,
    sa.Column("report_pk", sa.ForeignKey("reports.pk"), primary_key=True),
    sa.Column("words", Code(32)),
    sa.Column("day", sa.Integer, nullable=False),
    sa.Index("ix_sketches_words", "words", "day", "report_pk"),
    comment="the hash of a report's words in their order; 'day' is that of publication, the last of all: none",
)

copy_bands = sa.Table(
    "copy_bands",
    metadata,
    sa.Column("band", sa.BigInteger, primary_key=True),
    sa.Column("report_pk", sa.ForeignKey("reports.pk"), primary_key=True),
    comment="bands of MinHash signatures: reports that share one may be near copies",
    sqlite_with_rowid=False,
)

copies = sa.Table(
    "copies",
    metadata,
    sa.Column("report_pk", sa.ForeignKey("reports.pk"), primary_key=True),
    sa.Column("original_pk", sa.ForeignKey("reports.pk"), nullable=False, index=True),
    sa.Column("kind", Code(5), nullable=False),
    sa.Column("similarity", sa.Float, nullable=False),
    sa.CheckConstraint("kind IN ('exact','near')", name="kind"),
    comment="who copied whom: the earlier text most like a report's, by Jaccard's measure over runs of four words",
)

archive = sa.Table(
    "archive",
    metadata,
    sa.Column("sha256", Code(64), primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    comment="bytes as fetched, named by their SHA-256, packed with zlib; 'size' counts them unpacked",
)

fetches = sa.Table(
    "fetches",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("url", Words, nullable=False),
    sa.Column("sha256", sa.ForeignKey("archive.sha256"), nullable=False, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("content_type", Words),
    comment="which address gave which bytes, and when",
)

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("url_sha256", Code(64), primary_key=True),
    sa.Column("url", Words, nullable=False),
    sa.Column("etag", Words),
    sa.Column("last_modified", Words),
    sa.Column("due", UtcDateTime),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("problem", Words),
    comment="what is remembered of a watched feed between two looks",
)

seen_articles = sa.Table(
    "seen_articles",
    metadata,
    sa.Column("url_sha256", Code(64), primary_key=True),
    sa.Column("url", Words, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    comment="addresses of articles that a watch took in or gave up; keyed by hash, for an index bounds its keys",
)
