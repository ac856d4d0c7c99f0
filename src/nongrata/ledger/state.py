"""The counters that tell whether incidents follow from the claims."""

from __future__ import annotations

import sqlalchemy as sa

from nongrata.ledger import schema


def counters(connection: sa.Connection) -> dict[str, int]:
    """The counters of the table ``state``."""
    return {row.name: row.value for row in connection.execute(sa.select(schema.state))}


def claims_changed(connection: sa.Connection) -> None:
    """Note that the incidents no longer follow from the claims."""
    counter = schema.state
    connection.execute(counter.update().where(counter.c.name == "claims").values(value=counter.c.value + 1))
