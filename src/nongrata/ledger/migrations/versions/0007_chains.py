"""An index from which the live claims of a chain are counted and put in order without reading them."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put it in the place of the one by chain alone."""
    op.drop_index("ix_claims_chain_pk", "claims")
    op.create_index("ix_claims_chain_pk_live_shelf", "claims", ["chain_pk", "live", "shelf"])
