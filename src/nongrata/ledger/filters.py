"""What part of the ledger to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.search import matching

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Incidents of these types, by these actors, against these targets, in a stretch of days; empty means any.

    Parties are named as in the ledger (``BE``, ``NATO``, a group's name; ``be`` and ``nato`` will do); a state also
    finds what is done by or to its agencies, groups and persons. With ``since`` or ``until`` an incident without a
    known time is left out; one that overlaps the stretch is in it. ``credibility`` lists grades of the Admiralty scale.
    ``factuality`` is the strongest that an asserting claim of the incident has; ``reviewed`` tells whether a person
    accepted, corrected or wrote one of its claims.
    """

    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    credibility: tuple[int, ...] = ()
    factuality: tuple[str, ...] = ()
    reviewed: bool | None = None

    @property
    def is_open(self) -> bool:
        """True when it lets every incident through."""
        return self == IncidentFilter()

    def conditions(self) -> list[Condition]:
        """The filter as conditions on the table ``incidents``."""
        i = schema.incidents
        found: list[Condition] = []
        if self.types:
            found.append(i.c.type.in_(self.types))
        if self.actors:
            found.append(_incident_party("actor", self.actors))
        if self.targets:
            found.append(_incident_party("target", self.targets))
        if self.since:
            # The shelf is the last day as a number, none is 0: by it an index finds the newest of a type.
            found.append(i.c.shelf >= self.since.toordinal())
        if self.until:
            found.append(i.c.when_first <= self.until)
        if self.credibility:
            found.append(i.c.credibility.in_(self.credibility))
        if self.factuality:
            found.append(i.c.factuality.in_(self.factuality))
        if self.reviewed is not None:
            c, ic = schema.claims, schema.incident_claims
            looked_at = sa.exists().where(ic.c.incident_id == i.c.id, c.c.key == ic.c.claim_key, c.c.live, c.c.reviewed)
            found.append(looked_at if self.reviewed else ~looked_at)
        return found


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Live claims with all of these properties; empty means any. Parties and days as in ``IncidentFilter``.

    ``text`` is searched in sentences and headlines (see ``search.parse``); ``credibility`` is that of the incident
    which a claim stands in; ``reviewed`` tells whether a person accepted, corrected or wrote the claim.
    """

    text: str = ""
    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    factuality: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    credibility: tuple[int, ...] = ()
    reviewed: bool | None = None

    @property
    def is_open(self) -> bool:
        """True when it lets every claim through."""
        return self == ClaimFilter()

    @property
    def parties(self) -> dict[str, tuple[str, ...]]:
        """By side the names asked for, where there are any."""
        return {side: names for side, names in (("actor", self.actors), ("target", self.targets)) if names}

    def conditions(self, dialect: str) -> list[Condition]:
        """The filter as conditions on the table ``claims``.

        Raises:
            LedgerError: the text has no word to look for.
        """
        c = schema.claims
        found: list[Condition] = [c.c.live]
        for column, values in ((c.c.type, self.types), (c.c.factuality, self.factuality)):
            if values:
                found.append(column.in_(values))
        if self.publishers:
            found.append(c.c.publisher.in_(self.publishers))
        if self.text.strip():
            found.append(c.c.pk.in_(matching(self.text, dialect).columns(sa.column("pk"))))
        if self.actors and self.targets and dialect == "postgresql":
            found.append(_claim_pair(self.actors, self.targets))
        else:
            found += [_claim_party(side, names) for side, names in self.parties.items()]
        if self.since:
            found.append(c.c.when_last >= self.since)
        if self.until:
            found.append(c.c.when_first <= self.until)
        if self.credibility:
            i, ic = schema.incidents, schema.incident_claims
            graded = sa.exists().where(ic.c.claim_key == c.c.key, i.c.id == ic.c.incident_id)
            found.append(graded.where(i.c.credibility.in_(self.credibility)))
        if self.reviewed is not None:
            found.append(c.c.reviewed if self.reviewed else sa.not_(c.c.reviewed))
        return found


def spellings(names: tuple[str, ...]) -> list[str]:
    """The names as given and in capitals."""
    return sorted({*names, *(name.upper() for name in names)})


def _incident_party(side: str, names: tuple[str, ...]) -> Condition:
    i, a = schema.incidents, schema.incident_actors
    wanted = spellings(names)
    found = [i.c[side].in_(wanted), i.c[f"{side}_state"].in_(wanted)]
    if side == "actor":
        found.append(i.c.id.in_(sa.select(a.c.incident_id).where(a.c.name.in_(wanted))))
    return sa.or_(*found)


def _claim_party(side: str, names: tuple[str, ...]) -> Condition:
    p = schema.claim_parties
    wanted = sa.select(p.c.claim_pk).where(p.c.side == side, p.c.name.in_(spellings(names)))
    return schema.claims.c.pk.in_(wanted)


def _claim_pair(actors: tuple[str, ...], targets: tuple[str, ...]) -> Condition:
    """Both sides in one list: PostgreSQL guesses how long a join comes out, not how few claims two lists share."""
    a, t = schema.claim_parties.alias("actors"), schema.claim_parties.alias("targets")
    pair = sa.select(a.c.claim_pk).join(t, t.c.claim_pk == a.c.claim_pk)
    actor_named = sa.and_(a.c.side == "actor", a.c.name.in_(spellings(actors)))
    target_named = sa.and_(t.c.side == "target", t.c.name.in_(spellings(targets)))
    return schema.claims.c.pk.in_(pair.where(actor_named, target_named))
