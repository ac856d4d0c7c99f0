"""The ledger's first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from nongrata.ledger.columns import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915
    """Create every table of the first ledger."""
    op.create_table(
        "audit",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_audit")),
        comment="every change of state: who, when, why",
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
    op.create_table(
        "chains",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("links", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_chains")),
        sa.UniqueConstraint("digest", name=op.f("uq_chains_digest")),
        comment="chains of voices, origin first, as [[name, role, state], ...]; 'digest' is the SHA-256 of that JSON",
    )
    op.create_table(
        "facets",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "value", name=op.f("pk_facets")),
        comment="how many live claims have which value, counted with the incidents",
    )
    op.create_table(
        "forwards",
        sa.Column("old_id", sa.String(length=40), nullable=False),
        sa.Column("new_id", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("old_id", name=op.f("pk_forwards")),
        comment="where an incident's id leads after a merge or split",
    )
    op.create_index(op.f("ix_forwards_new_id"), "forwards", ["new_id"], unique=False)
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("subtype", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("actor_state", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("target_state", sa.Text(), nullable=True),
        sa.Column("actors", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("count_lo", sa.Integer(), nullable=True),
        sa.Column("count_hi", sa.Integer(), nullable=True),
        sa.Column("when_first", sa.Date(), nullable=True),
        sa.Column("when_last", sa.Date(), nullable=True),
        sa.Column("realis", sa.String(length=12), nullable=False),
        sa.Column("factuality", sa.String(length=3), nullable=False),
        sa.Column("best_count_lo", sa.Integer(), nullable=True),
        sa.Column("best_count_hi", sa.Integer(), nullable=True),
        sa.Column("best_when_first", sa.Date(), nullable=True),
        sa.Column("best_when_last", sa.Date(), nullable=True),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("month", sa.String(length=15), nullable=True),
        sa.Column("shelf", sa.Integer(), nullable=False),
        sa.Column("independent_origins", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("credibility_reason", sa.Text(), nullable=False),
        sa.Column("reports", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("contradictions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("in_response_to", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("possibly_same", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        comment="a view over the live claims, computed again when they change; 'digest' tells what changed",
    )
    op.create_index("ix_incidents_actor", "incidents", ["actor", "shelf"], unique=False)
    op.create_index("ix_incidents_actor_state", "incidents", ["actor_state", "shelf"], unique=False)
    op.create_index("ix_incidents_credibility", "incidents", ["credibility", "shelf"], unique=False)
    op.create_index("ix_incidents_shelf", "incidents", ["shelf", "id"], unique=False)
    op.create_index("ix_incidents_target", "incidents", ["target", "shelf"], unique=False)
    op.create_index("ix_incidents_target_state", "incidents", ["target_state", "shelf"], unique=False)
    op.create_index("ix_incidents_type", "incidents", ["type", "shelf"], unique=False)
    op.create_index("ix_incidents_when", "incidents", ["when_first", "when_last"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("other", sa.String(length=160), nullable=True),
        sa.Column("seen", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("field", sa.String(length=20), nullable=True),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("takes_back", sa.String(length=32), nullable=True),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('accept','reject','correct','same','not_same','note','take_back')",
            name=op.f("ck_judgements_verdict"),
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_judgements")),
        sa.UniqueConstraint("id", name=op.f("uq_judgements_id")),
        comment="what reviewers decided; 'subject' and 'other' name claims by content, 'seen' is what they looked like",
    )
    op.create_index(op.f("ix_judgements_other"), "judgements", ["other"], unique=False)
    op.create_index(op.f("ix_judgements_subject"), "judgements", ["subject"], unique=False)
    op.create_index(op.f("ix_judgements_takes_back"), "judgements", ["takes_back"], unique=False)
    op.create_table(
        "runs",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("reader", sa.Text(), nullable=True),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("counts", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_runs")),
        comment="one row for each command that wrote claims; no finish: it was broken off",
    )
    op.create_table(
        "sources",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_sources")),
        sa.UniqueConstraint("name", name=op.f("uq_sources_name")),
        comment="publishers",
    )
    op.create_table(
        "state",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_state")),
        comment="'claims' counts the changes of claims, 'incidents' is that count when the incidents were computed",
    )
    op.create_table(
        "totals",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_totals")),
        comment="figures over several happenings, held against the sum of the incidents they span",
    )
    op.create_table(
        "voices",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_voices")),
        sa.UniqueConstraint("name", "role", "state", name=op.f("uq_voices_name_role_state")),
        comment="links of chains; an empty role or state is one that the text does not give",
    )
    op.create_table(
        "chain_voices",
        sa.Column("chain_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("voice_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["chain_pk"], ["chains.pk"], name=op.f("fk_chain_voices_chain_pk_chains")),
        sa.ForeignKeyConstraint(["voice_pk"], ["voices.pk"], name=op.f("fk_chain_voices_voice_pk_voices")),
        sa.PrimaryKeyConstraint("chain_pk", "position", name=op.f("pk_chain_voices")),
    )
    op.create_index(op.f("ix_chain_voices_voice_pk"), "chain_voices", ["voice_pk"], unique=False)
    op.create_table(
        "incident_actors",
        sa.Column("incident_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_actors_incident_id_incidents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident_id", "name", name=op.f("pk_incident_actors")),
        comment="the actors of incidents with several",
    )
    op.create_index("ix_incident_actors_name", "incident_actors", ["name"], unique=False)
    op.create_table(
        "incident_claims",
        sa.Column("incident_id", sa.String(length=40), nullable=False),
        sa.Column("claim_key", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("reasons", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_incident_claims_incident_id_incidents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident_id", "claim_key", name=op.f("pk_incident_claims")),
        comment="which claims make an incident, and why each is in it",
    )
    op.create_index("ix_incident_claims_claim_key", "incident_claims", ["claim_key"], unique=False)
    op.create_table(
        "origins",
        sa.Column("incident_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("denies", sa.Boolean(), nullable=False),
        sa.Column("claims", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reasons", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_origins_incident_id_incidents"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("incident_id", "position", name=op.f("pk_origins")),
        comment="independent origins of an incident; 'reasons' are the links that joined its claims",
    )
    op.create_table(
        "reports",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("source_pk", sa.Integer(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("published_from", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("lang", sa.String(length=35), nullable=True),
        sa.Column("sources", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("topics", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("blocks", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("flags", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("archived_sha256", sa.String(length=64), nullable=True),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("run_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"], name=op.f("fk_reports_run_pk_runs")),
        sa.ForeignKeyConstraint(["source_pk"], ["sources.pk"], name=op.f("fk_reports_source_pk_sources")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_reports")),
        sa.UniqueConstraint("id", name=op.f("uq_reports_id")),
        sa.UniqueConstraint("identity", name=op.f("uq_reports_identity")),
        comment="texts as given; 'identity' hashes text, publisher and day, 'sha256' the text (without one: identity)",
    )
    op.create_index(op.f("ix_reports_published"), "reports", ["published"], unique=False)
    op.create_index(op.f("ix_reports_publisher"), "reports", ["publisher"], unique=False)
    op.create_index(op.f("ix_reports_run_pk"), "reports", ["run_pk"], unique=False)
    op.create_index(op.f("ix_reports_sha256"), "reports", ["sha256"], unique=False)
    op.create_index(op.f("ix_reports_source_pk"), "reports", ["source_pk"], unique=False)
    op.create_table(
        "source_ratings",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("source_pk", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("grade IN ('A','B','C','D','E','F')", name=op.f("ck_source_ratings_grade")),
        sa.ForeignKeyConstraint(["source_pk"], ["sources.pk"], name=op.f("fk_source_ratings_source_pk_sources")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_source_ratings")),
        comment="reliability on the Admiralty scale; the newest row of a source counts, the others are its history",
    )
    op.create_index(op.f("ix_source_ratings_source_pk"), "source_ratings", ["source_pk"], unique=False)
    op.create_table(
        "readings",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("run_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["report_pk"], ["reports.pk"], name=op.f("fk_readings_report_pk_reports")),
        sa.ForeignKeyConstraint(["run_pk"], ["runs.pk"], name=op.f("fk_readings_run_pk_runs")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_readings")),
        comment="one reader's reading of one report; at most one reading of a report is live",
    )
    op.create_index("ix_readings_report_pk_reader", "readings", ["report_pk", "reader"], unique=False)
    op.create_index(op.f("ix_readings_run_pk"), "readings", ["run_pk"], unique=False)
    op.create_table(
        "claims",
        sa.Column("pk", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("report_pk", sa.Integer(), nullable=False),
        sa.Column("reading_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("subtype", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("actor_state", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("target_state", sa.Text(), nullable=True),
        sa.Column("actors", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("against", sa.Text(), nullable=True),
        sa.Column("count_lo", sa.Integer(), nullable=True),
        sa.Column("count_hi", sa.Integer(), nullable=True),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("when_first", sa.Date(), nullable=True),
        sa.Column("when_last", sa.Date(), nullable=True),
        sa.Column("factuality", sa.String(length=3), nullable=False),
        sa.Column("realis", sa.String(length=12), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("chain_pk", sa.Integer(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("trigger_begin", sa.Integer(), nullable=True),
        sa.Column("trigger_end", sa.Integer(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("spans", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("also", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("when_text", sa.Text(), nullable=True),
        sa.Column("count_text", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("shelf", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["chain_pk"], ["chains.pk"], name=op.f("fk_claims_chain_pk_chains")),
        sa.ForeignKeyConstraint(["corrects"], ["claims.pk"], name=op.f("fk_claims_corrects_claims")),
        sa.ForeignKeyConstraint(["reading_pk"], ["readings.pk"], name=op.f("fk_claims_reading_pk_readings")),
        sa.ForeignKeyConstraint(["report_pk"], ["reports.pk"], name=op.f("fk_claims_report_pk_reports")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_claims")),
        comment="claims as read, every field; 'corrects' names the claim that a reviewer's correction stands for",
    )
    op.create_index(op.f("ix_claims_chain_pk"), "claims", ["chain_pk"], unique=False)
    op.create_index(op.f("ix_claims_corrects"), "claims", ["corrects"], unique=False)
    op.create_index(op.f("ix_claims_key"), "claims", ["key"], unique=False)
    op.create_index("ix_claims_live_factuality", "claims", ["live", "factuality", "shelf"], unique=False)
    op.create_index("ix_claims_live_publisher", "claims", ["live", "publisher", "shelf"], unique=False)
    op.create_index("ix_claims_live_reviewed", "claims", ["live", "reviewed", "confidence"], unique=False)
    op.create_index("ix_claims_live_shelf", "claims", ["live", "shelf"], unique=False)
    op.create_index("ix_claims_live_type", "claims", ["live", "type", "shelf"], unique=False)
    op.create_index("ix_claims_live_when", "claims", ["live", "when_first", "when_last"], unique=False)
    op.create_index("ix_claims_reading_pk", "claims", ["reading_pk"], unique=False)
    op.create_index(op.f("ix_claims_report_pk"), "claims", ["report_pk"], unique=False)
    op.create_table(
        "claim_parties",
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("shelf", sa.Integer(), nullable=False),
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_pk"], ["claims.pk"], name=op.f("fk_claim_parties_claim_pk_claims")),
        sa.PrimaryKeyConstraint("side", "name", "shelf", "claim_pk", name=op.f("pk_claim_parties")),
        comment="whom a claim names as 'actor' and 'target': the party, its state, each of several actors",
    )
    op.create_index("ix_claim_parties_claim_pk", "claim_parties", ["claim_pk"], unique=False)
