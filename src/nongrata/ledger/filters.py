"""What part of the ledger to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from nongrata.ledger import schema

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Incidents of these types, by these actors, against these targets, in a stretch of days; empty means any.

    Parties are named as in the ledger (``BE``, ``NATO``, a group's name; ``be`` and ``nato`` will do); a state also
    finds what is done by or to its agencies, groups and persons. With ``since`` or ``until`` an incident without a
    known time is left out; one that overlaps the stretch is in it.
    """

    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def conditions(self) -> list[Condition]:
        """The filter as conditions on the table ``incidents``."""
        i = schema.incidents
        found: list[Condition] = []
        if self.types:
            found.append(i.c.type.in_(self.types))
        if self.actors:
            found.append(_party("actor", self.actors))
        if self.targets:
            found.append(_party("target", self.targets))
        if self.since:
            found.append(i.c.when_last >= self.since)
        if self.until:
            found.append(i.c.when_first <= self.until)
        return found


def _party(side: str, names: tuple[str, ...]) -> Condition:
    i, a = schema.incidents, schema.incident_actors
    wanted = sorted({*names, *(name.upper() for name in names)})
    found = [i.c[side].in_(wanted), i.c[f"{side}_state"].in_(wanted)]
    if side == "actor":
        found.append(i.c.id.in_(sa.select(a.c.incident_id).where(a.c.name.in_(wanted))))
    return sa.or_(*found)
