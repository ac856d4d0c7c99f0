"""Full-text search over sentences and headlines."""

from __future__ import annotations

from alembic import op

from nongrata.ledger.search import index_claims

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the search index and fill it with the claims that are there."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE claim_search USING fts5("
            "sentence, headline, content='', tokenize=\"unicode61 remove_diacritics 2\")"
        )
    else:
        op.execute(
            "CREATE TABLE claim_search ("
            "claim_pk integer PRIMARY KEY REFERENCES claims (pk), document tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_claim_search_document ON claim_search USING gin (document)")
    index_claims(op.get_bind(), 0)
