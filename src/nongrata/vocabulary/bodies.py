"""Bodies, agencies and groups, and which states belong to which body when (``bodies.tsv``, ``memberships.tsv``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from nongrata.vocabulary.tables import rows, values


@dataclass(frozen=True, slots=True)
class Body:
    """A body that can act or be acted on: ``kind`` is "body" (of several states), "agency" (of one) or "group".

    ``name`` is the usual short name ("NATO", "GRU", "NoName057(16)"). ``state`` is the state an agency belongs to or a
    group is generally said to serve; None when there is none. That is a gazetteer's word, not a claim.
    """

    name: str
    kind: str
    state: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's membership of a body from the day ``since`` to the day before ``until`` (None: still a member)."""

    body: str
    state: str
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """True when the state was a member on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@cache
def bodies() -> Mapping[str, Body]:
    """All bodies, agencies and groups by short name.

    Raises:
        VocabularyError: the file breaks its format.
    """
    return {
        row["name"]: Body(row["name"], row["kind"], row["state"] or None, values(row["aliases"]))
        for row in rows("bodies.tsv")
    }


@cache
def memberships() -> tuple[Membership, ...]:
    """All memberships, in the file's order (by body, then by day of joining)."""
    return tuple(
        Membership(
            row["body"],
            row["state"],
            date.fromisoformat(row["since"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in rows("memberships.tsv")
    )


def members(body: str, on: date | None = None) -> frozenset[str]:
    """The states in a body on a day; without a day, all that ever were. Unknown bodies have no members."""
    return frozenset(m.state for m in memberships() if m.body == body and (on is None or m.holds_on(on)))
