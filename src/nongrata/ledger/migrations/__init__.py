"""Alembic migrations of the ledger; one file a step under ``versions``."""
