"""Incidents as columns: the thin layer between a ledger and the analyses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from nongrata.analysis.events import Days, Events, Mask, Names, Period, Reals
from nongrata.analysis.respond import Pair
from nongrata.model import Factuality, Realis
from nongrata.vocabulary.states import states

if TYPE_CHECKING:
    import sqlalchemy as sa

    from nongrata.ledger import IncidentFilter, LedgerView

_JOINS = "+"
"""Stands between the actors of an incident that several share."""
UNDATED = 0
"""The day of what has no known time."""


@dataclass(frozen=True, slots=True, eq=False)
class Happenings:
    """Incidents, one a row, oldest first.

    ``actor`` and ``target`` are parties as the ledger names them (several actors joined by "+"), ``actor_state`` and
    ``target_state`` the states that they belong to (the party itself where that is not known). ``first`` and ``last``
    are ordinals of the days between which each happened (best supported value, else the hull), ``UNDATED`` for none.
    ``lo`` and ``hi`` are counts, NaN for none, infinity for an open end. ``double`` marks those that may be the same as
    an earlier row: they add nothing to what is certain.
    """

    id: Names
    type: Names
    actor: Names
    actor_state: Names
    target: Names
    target_state: Names
    first: Days
    last: Days
    lo: Reals
    hi: Reals
    double: Mask

    def __len__(self) -> int:
        return len(self.id)

    @property
    def dated(self) -> Mask:
        """Which have a known time."""
        return np.asarray(self.first != UNDATED)

    @property
    def joint(self) -> Mask:
        """Which have several actors: their number is of all together, and may repeat what each is told to have done."""
        return np.array([name is not None and _JOINS in name for name in self.actor], dtype=bool)

    @property
    def events(self) -> Events:
        """When the dated ones happened."""
        return Events(self.first[self.dated], self.last[self.dated])

    def where(self, mask: Mask) -> Happenings:
        """The rows that a mask picks."""
        return Happenings(*(getattr(self, name)[mask] for name in self.__dataclass_fields__))

    def where_rows(self, rows: Days) -> Happenings:
        """These rows."""
        return Happenings(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))

    def of_types(self, types: Collection[str]) -> Happenings:
        """Those of these types."""
        return self.where(np.isin(self.type, list(types)))

    def by(self, party: str) -> Happenings:
        """Those done by a party (also with others), or by its agencies, groups and persons."""
        joint = np.zeros(len(self), dtype=bool)
        several = np.flatnonzero([name is not None and _JOINS in name for name in self.actor])
        joint[several] = [party in name.split(_JOINS) for name in self.actor[several]]
        return self.where((self.actor == party) | (self.actor_state == party) | joint)

    def on(self, party: str) -> Happenings:
        """Those done to a party, or to its agencies, groups and persons."""
        return self.where((self.target == party) | (self.target_state == party))

    def grouped(self, side: str) -> dict[str, Days]:
        """The rows of each party on a side ("actor" or "target"): itself, its state, each of several actors."""
        rows: dict[str, list[int]] = defaultdict(list)
        for at, (party, state) in enumerate(zip(getattr(self, side), getattr(self, f"{side}_state"), strict=True)):
            names = set(party.split(_JOINS)) if party else set()
            for name in names | {state} if state else names:
                rows[name].append(at)
        return {name: np.array(found, dtype=np.int64) for name, found in rows.items()}

    @property
    def hull(self) -> Period | None:
        """From the first to the last day of the dated ones; None without any."""
        events = self.events
        if not len(events):
            return None
        start = int(events.first.min())
        return Period(start, int(events.last.max()) - start + 1)


def happenings(view: LedgerView, only: IncidentFilter | None = None) -> Happenings:
    """The incidents of a ledger that are asserted and done or announced, as columns.

    What is only denied, habitual or hypothetical is left out: it is no happening that can be counted.
    """
    import sqlalchemy as sa

    from nongrata.ledger import IncidentFilter, schema

    i = schema.incidents
    columns = [
        i.c.id, i.c.type, i.c.who, i.c.actor_state, i.c.target, i.c.target_state, i.c.count_lo, i.c.count_hi,
        i.c.best_when_first, i.c.best_when_last, i.c.when_first, i.c.when_last, i.c.possibly_same,
    ]  # fmt: skip
    query = sa.select(*columns).where(
        *(only or IncidentFilter()).conditions(),
        i.c.factuality != str(Factuality.DENIED),
        i.c.realis.in_((str(Realis.ACTUAL), str(Realis.PLANNED))),
    )
    with view.reading() as connection:
        return _columns(connection.execute(query).all())


def _columns(rows: Sequence[sa.Row[Any]]) -> Happenings:
    cells = list(zip(*rows, strict=True)) if rows else [()] * 13
    names = [np.array(column, dtype=object) for column in cells[:6]]
    first = _ordinals(best or hull for best, hull in zip(cells[8], cells[10], strict=True))
    last = _ordinals(best or hull for best, hull in zip(cells[9], cells[11], strict=True))
    lo = np.array([np.nan if low is None else low for low in cells[6]], dtype=np.float64)
    hi = np.array([np.inf if high is None else high for high in cells[7]], dtype=np.float64)
    hi[np.isnan(lo)] = np.nan
    ident, kind, who, who_state, target, target_state = names
    found = Happenings(
        id=ident, type=kind, actor=who, actor_state=_or(who_state, who), target=target,
        target_state=_or(target_state, target), first=first, last=last, lo=lo, hi=hi, double=_doubles(ident, cells[12]),
    )  # fmt: skip
    order = np.lexsort((np.arange(len(found)), found.last, found.first))
    return Happenings(*(getattr(found, name)[order] for name in found.__dataclass_fields__))


def response_pairs(acts: Happenings, answers: Happenings, names: Collection[str] | None = None) -> list[Pair]:
    """For each party that acts, its acts beside what is done to it; see ``respond``.

    Args:
        acts: A, whoever did it.
        answers: B, whomever it hit.
        names: the parties that are looked at; by default every state that has both.
    """
    dated, hits = acts.where(acts.dated), answers.where(answers.dated)
    by, on = dated.grouped("actor"), hits.grouped("target")
    chosen = set(names) if names is not None else set(states())
    return [
        Pair(name, dated.where_rows(by[name]).events, hits.where_rows(on[name]).events)
        for name in sorted(chosen & by.keys() & on.keys())
    ]


def known(names: Names) -> Mask:
    """Which names are known."""
    return np.array([name is not None for name in names], dtype=bool)


def _or(states: Names, parties: Names) -> Names:
    return np.where(known(states), states, parties)


def _doubles(ids: Names, others: Sequence[Any]) -> Mask:
    """Which may be the same as one with a smaller id among these: of each pair the second."""
    known_ids = set(ids)
    return np.array(
        [
            any(other < one and other in known_ids for other in maybe or ())
            for one, maybe in zip(ids, others, strict=True)
        ],
        dtype=bool,
    )


def _ordinals(days: Iterable[date | None]) -> Days:
    return np.array([day.toordinal() if day else UNDATED for day in days], dtype=np.int64)
