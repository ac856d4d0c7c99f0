"""Claims taken to tell one happening, with what a comparison with a further claim needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nongrata.model import Interval, Realis
from nongrata.resolution.evidence import Evidence
from nongrata.resolution.parties import Party, fold

Cell = tuple[str, str | None, str | None]
"""Type, the actor's side, the target's side; None for an open side."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where open claims wait: a cell and the month they were told in or tell of, None for claims without any day."""

    cell: Cell
    month: int | None

    @property
    def openness(self) -> int:
        """How many sides are open, 0 to 2."""
        return (self.cell[1] is None) + (self.cell[2] is None)


class Cluster:
    """Claims taken to tell one happening, with what a comparison needs kept up to date as they join."""

    __slots__ = (
        "actors", "attached", "counts", "families", "first", "habitual", "heads", "institutions", "joint", "keys",
        "last", "members", "narrow", "reports", "shares", "soft", "supposed", "targets", "told_first", "told_last",
        "views",
    )  # fmt: skip

    def __init__(self, founder: Evidence) -> None:
        self.members: list[Evidence] = []
        self.attached: dict[Place, tuple[Evidence, ...]] = {}
        self.views: dict[Place, Cluster] = {}
        self.keys: set[str] = set()
        self.reports: set[str] = set()
        self.actors: set[Party] = set()
        self.targets: set[Party] = set()
        self.joint: set[frozenset[str]] = set()
        self.families: set[str | None] = set()
        self.counts: set[Interval] = set()
        self.shares: set[float] = set()
        self.habitual = founder.claim.realis is Realis.HABITUAL
        self.supposed = founder.claim.realis is Realis.HYPOTHETICAL
        self.heads: set[str] = set()
        self.institutions: set[tuple[str, str]] = set()
        self.first: int | None = None
        self.last: int | None = None
        self.narrow = founder.narrow
        self.soft = founder.soft
        self.told_first: int | None = None
        self.told_last: int | None = None
        self.add(founder)

    def add(self, e: Evidence) -> None:
        """Take a claim in; only claims as well placed as the founder move the cluster's days."""
        self.members.append(e)
        self.keys.add(e.key)
        self.reports.add(e.claim.report_id)
        self.actors.add(e.actor)
        self.targets.add(e.target)
        if e.claim.actors:
            self.joint.add(frozenset(e.claim.actors))
        if e.family:
            self.families.add(e.family)
        if e.count:
            self.counts.add(e.count)
        if e.claim.share is not None:
            self.shares.add(e.claim.share)
        self.supposed = self.supposed and e.claim.realis is Realis.HYPOTHETICAL
        if head := head_name(e):
            self.heads.add(head)
        if e.institution:
            self.institutions.add(e.institution)
        if e.first is not None and e.last is not None and self._moves(e):
            self.first = e.first if self.first is None else min(self.first, e.first)
            self.last = e.last if self.last is None else max(self.last, e.last)
        if e.told_first is not None and e.told_last is not None:
            self.told_first = e.told_first if self.told_first is None else min(self.told_first, e.told_first)
            self.told_last = e.told_last if self.told_last is None else max(self.told_last, e.told_last)

    def _moves(self, e: Evidence) -> bool:
        """True for a claim as well placed as the founder: a looser one must not draw the days apart."""
        if len(self.members) == 1:
            return True
        founder = self.members[0]
        most = max(width(founder.first, founder.last), 1)
        return e.narrow == self.narrow and e.soft == self.soft and width(e.first, e.last) <= most

    def with_more(self, more: Iterable[Evidence]) -> Cluster:
        """A view of the cluster in which further claims have joined it; the cluster itself stays as it is."""
        view = Cluster(self.members[0])
        for e in (*self.members[1:], *more):
            view.add(e)
        return view

    def let(self, place: Place, claims: tuple[Evidence, ...] | None) -> None:
        """Set which claims of a place attached to the cluster; None for none."""
        self.attached.pop(place, None)
        if claims:
            self.attached[place] = claims
        self.views.clear()

    def seen_from(self, place: Place) -> Cluster:
        """The cluster with what attached to it from places that are settled before this one.

        These are the less open cells and, for the claims without any day, the others of their own cell.
        """
        if place not in self.views:
            before = [other for other in self.attached if _is_before(other, place)]
            more = sorted((e for other in before for e in self.attached[other]), key=lambda e: e.key)
            self.views[place] = self.with_more(more) if more else self
        return self.views[place]

    def everyone(self) -> list[Evidence]:
        """The members and the claims that attached to them."""
        return [*self.members, *(e for group in self.attached.values() for e in group)]


def _is_before(one: Place, other: Place) -> bool:
    if one.openness != other.openness:
        return one.openness < other.openness
    return one.cell == other.cell and one.month is not None and other.month is None


def head_name(e: Evidence) -> str | None:
    """The folded name of the voice behind a claim, None where only the publisher speaks."""
    chain = e.claim.chain
    return fold(chain.voices[0].name) if len(chain) > 1 else None


def width(first: int | None, last: int | None) -> int:
    """Days between the first and the last; 0 for a time that is not known."""
    return 0 if first is None or last is None else last - first
