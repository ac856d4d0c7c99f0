"""Who did what to whom: the busiest actors against the busiest targets."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from nongrata.ledger.overview import Overview, Relation
from nongrata.model import Interval

_SIZE = 9
_SHADES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """Incidents by one party against another; ``count`` their interval sum (one type alone), ``shade`` 0 to 5."""

    incidents: int
    count: Interval | None
    disputed: int
    shade: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Actors down, targets across; ``rest`` incidents are by or against others; ``summed``: cells hold sums."""

    actors: tuple[str, ...]
    targets: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    rest: int
    summed: bool


def matrix(overview: Overview) -> Matrix:
    """The matrix of a filter's incidents. Numbers of different types are not summed: officials are no web sites."""
    by_actor: Counter[str] = Counter()
    by_target: Counter[str] = Counter()
    for relation in overview.relations:
        by_actor[_party(relation, "actor")] += relation.incidents
        by_target[_party(relation, "target")] += relation.incidents
    actors, targets = _top(by_actor), _top(by_target)
    grouped: dict[tuple[str, str], list[Relation]] = {}
    rest = 0
    for relation in overview.relations:
        pair = (_party(relation, "actor"), _party(relation, "target"))
        if pair[0] in actors and pair[1] in targets:
            grouped.setdefault(pair, []).append(relation)
        else:
            rest += relation.incidents
    most = max((sum(r.incidents for r in some) for some in grouped.values()), default=1)
    summed = len({relation.type for relation in overview.relations}) == 1
    cells = {pair: _cell(some, most, summed) for pair, some in grouped.items()}
    return Matrix(actors, targets, cells, rest, summed)


def _party(relation: Relation, side: str) -> str:
    if side == "actor":
        return relation.actor_state or relation.actor or ""
    return relation.target_state or relation.target or ""


def _top(counts: Counter[str]) -> tuple[str, ...]:
    ranked = sorted(((n, name) for name, n in counts.items() if name), key=lambda item: (-item[0], item[1]))
    return tuple(name for _, name in ranked[:_SIZE])


def _cell(relations: list[Relation], most: int, summed: bool) -> Cell:
    incidents = sum(relation.incidents for relation in relations)
    count: Interval | None = None
    for relation in relations:
        if summed and relation.count:
            count = relation.count if count is None else count + relation.count
    shade = max(1, min(_SHADES, int(_SHADES * (incidents / most) ** 0.5 + 0.999)))
    return Cell(incidents, count, sum(relation.disputed for relation in relations), shade)
