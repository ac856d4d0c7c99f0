"""The ledger's tables.

What was read is only ever added (reports, readings, claims, chains, voices); what is concluded from it (incidents,
origins, totals, facets) is a view that is computed again. ``claims.live`` tells whether a claim counts now: it belongs
to the reading of its report that counts, and no reviewer rejected or corrected it; ``reviewed`` whether a person looked
at it. Its other fields never change. ``shelf`` orders claims by the day of publication, incidents by their last day, as
a number of days; 0 for none.
``state`` also tells up to which report copies were traced. A change here needs a migration in ``migrations/versions``.
"""

from __future__ import annotations

import sqlalchemy as sa

from nongrata.ledger.columns import NAMING, Code, UtcDateTime, Words, days_columns, interval_columns, json_column

metadata = sa.MetaData(naming_convention=NAMING)

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
    sa.Column("chain_pk", sa.ForeignKey("chains.pk"), nullable=False, index=True),
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

facets = sa.Table(
    "facets",
    metadata,
    sa.Column("name", Code(20), primary_key=True),
    sa.Column("value", Words, primary_key=True),
    sa.Column("claims", sa.Integer, nullable=False),
    comment="how many live claims have which value, counted with the incidents",
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

for _column in ("type", "publisher", "factuality"):
    sa.Index(f"ix_claims_live_{_column}", claims.c.live, claims.c[_column], claims.c.shelf)
sa.Index("ix_claims_live_shelf", claims.c.live, claims.c.shelf)
sa.Index("ix_claims_live_when", claims.c.live, claims.c.when_first, claims.c.when_last)
sa.Index("ix_claims_live_reviewed", claims.c.live, claims.c.reviewed, claims.c.confidence)
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
