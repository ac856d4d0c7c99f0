"""Run by Alembic: migrates over the connection that ``nongrata.ledger.migrate`` hands over."""

from alembic import context

from nongrata.ledger.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
