"""Who did how much to whom: interval sums over incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from nongrata.model import DateInterval, Factuality, Incident, Interval, Realis, total


class TallyBy(StrEnum):
    """What a row of a tally stands for."""

    PAIR = "pair"
    ACTOR = "actor"
    TARGET = "target"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class TallyRow:
    """The sum over some incidents.

    ``actor``, ``target`` and ``month`` are None where the rows are not told apart by them or where they are unknown.
    ``count`` is the interval sum of the incidents with a count, ``uncounted`` how many have none, ``planned`` how many
    are announced and not yet told as done; ``disputed`` how many carry a contradiction or a denial.
    """

    actor: str | None
    target: str | None
    month: str | None
    count: Interval
    incidents: tuple[str, ...]
    uncounted: int
    planned: int
    disputed: int


def tally(incidents: Iterable[Incident], by: TallyBy = TallyBy.PAIR) -> list[TallyRow]:
    """Sum counts over the incidents that are asserted and done or announced; largest first, months in order.

    What is only denied, habitual or hypothetical is left out: it is no happening that can be counted.
    """
    groups: dict[tuple[str | None, str | None, str | None], list[Incident]] = {}
    for incident in incidents:
        if countable(incident):
            groups.setdefault(_KEYS[by](incident), []).append(incident)
    rows = [_row(key, members) for key, members in groups.items()]
    order = _by_month if by is TallyBy.MONTH else _by_size
    return sorted(rows, key=order)


def countable(incident: Incident) -> bool:
    """True for what is told as done or decided by someone."""
    return incident.factuality is not Factuality.DENIED and incident.realis in (Realis.ACTUAL, Realis.PLANNED)


def month_of(when: DateInterval | None) -> str | None:
    """The calendar month that holds the days ("2024-03"), or the first and last of several ("2023-09/2024-03")."""
    if when is None:
        return None
    first, last = f"{when.first:%Y-%m}", f"{when.last:%Y-%m}"
    return first if first == last else f"{first}/{last}"


def party_of(name: str | None, several: tuple[str, ...] | None) -> str | None:
    """An actor, or several that share one figure, as one name."""
    return name or ("+".join(several) if several else None)


_Key = tuple[str | None, str | None, str | None]
_KEYS: dict[TallyBy, Callable[[Incident], _Key]] = {
    TallyBy.PAIR: lambda i: (party_of(i.actor, i.actors), i.target, None),
    TallyBy.ACTOR: lambda i: (party_of(i.actor, i.actors), None, None),
    TallyBy.TARGET: lambda i: (None, i.target, None),
    TallyBy.MONTH: lambda i: (None, None, month_of(i.best_when or i.when)),
}


def _row(key: _Key, members: list[Incident]) -> TallyRow:
    return TallyRow(
        *key,
        count=total(incident.count for incident in members if incident.count),
        incidents=tuple(incident.id for incident in members),
        uncounted=sum(incident.count is None for incident in members),
        planned=sum(incident.realis is Realis.PLANNED for incident in members),
        disputed=sum(bool(i.contradictions) or any(o.denies for o in i.origins) for i in members),
    )


def _by_size(row: TallyRow) -> tuple[int, str, str]:
    return (-row.count.lo, row.actor or "~", row.target or "~")


def _by_month(row: TallyRow) -> str:
    return row.month or "~"
