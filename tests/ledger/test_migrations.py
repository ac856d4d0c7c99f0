from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from nongrata.ledger import Ledger
from nongrata.ledger.migrate import STEPS, _config
from nongrata.ledger.schema import metadata


def ours(name: str | None, kind: str, parents: object) -> bool:
    """Leaves out the search index, whose tables each database makes in its own way."""
    return not (name or "").startswith(("claim_search", "ix_claim_search"))


def test_the_migrations_make_the_schema_that_the_code_knows(place):
    with Ledger.open(place) as ledger, ledger.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": ours})
        assert compare_metadata(context, metadata) == []


def test_the_steps_are_the_migrations():
    scripts = ScriptDirectory.from_config(_config())
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == STEPS
