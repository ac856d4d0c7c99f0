"""The counters that tell whether incidents follow from the claims."""

from __future__ import annotations

import sqlalchemy as sa

from nongrata.ledger import schema


def counters(connection: sa.Connection) -> dict[str, int]:
    """The counters of the table ``state``."""
    return {row.name: row.value for row in connection.execute(sa.select(schema.state))}


def keep_counter(connection: sa.Connection, name: str, value: int) -> None:
    """Give a counter its value; one that is not there yet is made."""
    counter = schema.state
    if not connection.execute(counter.update().where(counter.c.name == name).values(value=value)).rowcount:
        connection.execute(counter.insert(), {"name": name, "value": value})


def claims_changed(connection: sa.Connection) -> None:
    """Note that the incidents no longer follow from the claims."""
    counter = schema.state
    connection.execute(counter.update().where(counter.c.name == "claims").values(value=counter.c.value + 1))
