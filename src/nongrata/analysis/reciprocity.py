"""Tit for tat between two states: who answers whom, how soon, in what number, and what stays unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nongrata.analysis.chance import holm
from nongrata.analysis.events import Days, Events, Period, Reals
from nongrata.analysis.happenings import Happenings
from nongrata.analysis.respond import DRAWS, Pair, Response, respond
from nongrata.analysis.uncertainty import Bounds, wilson
from nongrata.model import DateInterval

WITHIN = 60
"""An answer comes within so many days, as in resolution."""
WINDOWS = (7, 14, 30, 60)
"""Days of the window curve."""
_DUST = 1e-9
"""Differences below this are rounding."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One measure on the ladder, with the earlier one that it answers.

    ``answers`` and ``answered_by`` are places in the ladder, or None. ``lag`` is the least and the most days after what
    it answers; ``ratio`` the least and the most of its count over the answered count, None where one of them is not
    known. ``count`` is (lo, hi) with infinity for an open end, None where no report tells it.
    """

    id: str
    by: str
    when: DateInterval
    count: tuple[float, float] | None
    answers: int | None = None
    answered_by: int | None = None
    lag: tuple[int, int] | None = None
    ratio: tuple[float, float] | None = None

    @property
    def in_kind(self) -> str:
        """Whether the answer has the number of what it answers: "equal", "maybe", "other"; empty where unknown."""
        if self.ratio is None:
            return ""
        low, high = self.ratio
        return "equal" if low == high == 1 else "maybe" if low <= 1 <= high else "other"


@dataclass(frozen=True, slots=True)
class Side:
    """What one state did to the other, and what came back.

    ``answered`` of ``measures`` were answered, a share within ``share`` (95 %, Wilson). ``lag`` is the median of the
    least and of the most days until the answer. ``equal`` answers have for certain the same number, ``maybe`` may have
    it, out of ``numbered`` pairs with both numbers known. ``undated`` measures could not be placed. ``p_value`` is the
    chance of an answered share this high within the windows under circular shifts, corrected for the windows and for
    both sides; None where there is nothing to test.
    """

    by: str
    measures: int
    openings: int
    answered: int
    share: Bounds
    lag: tuple[float, float] | None
    numbered: int
    equal: int
    maybe: int
    undated: int
    p_value: float | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """Two states' measures in order of time, and each side's account; ``response`` has the window curves.

    ``doubled`` measures may be the same as another one and are left out.
    """

    rungs: tuple[Rung, ...]
    sides: tuple[Side, Side]
    within: int
    response: Response | None
    doubled: int = 0


def reciprocity(
    measures: Happenings,
    one: str,
    other: str,
    *,
    within: int = WITHIN,
    period: Period | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Ladder:
    """Match the measures of two states against each other.

    A measure is answered by the earliest measure in the other direction that more likely than not comes after it and
    within ``within`` days, and that answers nothing else yet. An answer may be answered in its turn.

    Args:
        measures: incidents; those of ``one`` against ``other`` and the other way round are picked.
        one: a state.
        other: another.
        within: the longest time until an answer, in days.
        period: what of time chance may use; by default from the first measure to the last.
        draws: random draws of the test.
        seed: of the random draws.

    Raises:
        ValueError: both states are the same.
    """
    if one == other:
        raise ValueError("a ladder needs two different states")
    doubled = [measures.by(one).on(other), measures.by(other).on(one)]
    both = [side.where(~side.double) for side in doubled]
    rungs = _matched(_rungs(both, (one, other)), within)
    response = _tested([side.events for side in both], period, within, draws, seed)
    p_values = _both_sides(response)
    sides = tuple(
        _side(rungs, name, len(side) - len(side.events), p)
        for name, side, p in zip((one, other), both, p_values, strict=True)
    )
    left_out = sum(int(side.double.sum()) for side in doubled)
    return Ladder(tuple(rungs), (sides[0], sides[1]), within, response, left_out)


def _rungs(both: Sequence[Happenings], names: tuple[str, str]) -> list[Rung]:
    found = []
    for side, name in zip(both, names, strict=True):
        dated = side.where(side.dated)
        for row in range(len(dated)):
            when = Period(int(dated.first[row]), int(dated.last[row] - dated.first[row]) + 1).interval
            known = not np.isnan(dated.lo[row])
            count = (float(dated.lo[row]), float(dated.hi[row])) if known else None
            found.append(Rung(str(dated.id[row]), name, when, count))
    return sorted(found, key=lambda rung: (rung.when.first.toordinal() + rung.when.last.toordinal(), rung.id))


def _matched(rungs: list[Rung], within: int) -> list[Rung]:
    """The rungs with their answers."""
    if not rungs:
        return rungs
    events = Events.of(rung.when for rung in rungs)
    names = np.array([rung.by for rung in rungs], dtype=object)
    middles = events.first + events.last
    reach = int(events.lengths.max()) + within
    answers: dict[int, int] = {}
    free = np.ones(len(rungs), dtype=bool)
    for at in range(len(rungs)):
        # The rungs stand in the order of their middles: only a stretch around this one can hold an answer.
        begin, end = np.searchsorted(middles, (middles[at] - 2 * reach, middles[at] + 2 * reach))
        near = np.arange(begin, end)
        near = near[free[near] & (names[near] != names[at])]
        chances = chance_within(events, at, near, within)
        # Two of one day are as likely in one order as in the other: the one listed later is the answer.
        good = near[chances > np.where(near > at, 0.5 - _DUST, 0.5 + _DUST)]
        if len(good):
            best = int(good[0])
            answers[at] = best
            free[best] = False
    answered = {answer: at for at, answer in answers.items()}
    return [_linked(rungs, at, answered.get(at), answers.get(at)) for at in range(len(rungs))]


def chance_within(events: Events, at: int, others: Days, within: int) -> Reals:
    """The chance that each of ``others`` (places in ``events``) lies after event ``at``, by at most ``within`` days.

    Both times are uniform over their intervals; the difference then has a trapezoidal distribution, whose distribution
    function is a sum of four squared ramps.
    """
    a0, a1 = float(events.first[at]), float(events.last[at] + 1)
    b0, b1 = events.first[others].astype(float), events.last[others].astype(float) + 1

    def below(days: float) -> Reals:
        ramps = sum(
            sign * np.maximum(edge, 0.0) ** 2 / 2
            for sign, edge in (
                (1, a1 + days - b0),
                (-1, a0 + days - b0),
                (-1, a1 + days - b1),
                (1, a0 + days - b1),
            )
        )
        return np.asarray(ramps / ((a1 - a0) * (b1 - b0)))

    return np.asarray(below(float(within)) - below(0.0))


def _linked(rungs: list[Rung], at: int, answers: int | None, answered_by: int | None) -> Rung:
    rung = rungs[at]
    lag = ratio = None
    if answers is not None:
        earlier = rungs[answers]
        least = (rung.when.first - earlier.when.last).days
        lag = (max(0, least), max(0, (rung.when.last - earlier.when.first).days))
        ratio = _ratio(rung.count, earlier.count)
    return Rung(rung.id, rung.by, rung.when, rung.count, answers, answered_by, lag, ratio)


def _ratio(count: tuple[float, float] | None, of: tuple[float, float] | None) -> tuple[float, float] | None:
    if count is None or of is None or of[1] == 0:
        return None
    return (count[0] / of[1], count[1] / of[0] if of[0] else np.inf)


def _tested(events: Sequence[Events], period: Period | None, within: int, draws: int, seed: int) -> Response | None:
    """The window curves both ways; None where a side has nothing that could be tested."""
    if not all(len(side) for side in events):
        return None
    if period is None:
        start = min(int(side.first.min()) for side in events)
        period = Period(start, max(int(side.last.max()) for side in events) - start + 1)
    hours = [24.0 * days for days in sorted({*WINDOWS, within}) if days <= within]
    if 2 * hours[-1] >= period.days * 24:
        return None
    try:
        return respond([Pair("both", events[0], events[1])], period, windows=hours, draws=draws, seed=seed)
    except ValueError:
        # A lone measure at the very end has no window in which an answer could have been seen.
        return None


def _both_sides(response: Response | None) -> tuple[float | None, float | None]:
    """How surely each side's measures are answered beyond chance, corrected for windows and, by Holm, for two sides."""
    if response is None:
        return None, None
    curves = (response.follows, response.reverse)
    least = [min((rate.p_shift_all for rate in rates), default=1.0) for rates in curves]
    one, other = holm(np.array(least))
    return float(one), float(other)


def _side(rungs: Sequence[Rung], name: str, undated: int, p_value: float | None) -> Side:
    mine = [rung for rung in rungs if rung.by == name]
    answers = [rungs[rung.answered_by] for rung in mine if rung.answered_by is not None]
    lags = np.array([answer.lag for answer in answers], dtype=float).reshape(-1, 2)
    kinds = [answer.in_kind for answer in answers]
    return Side(
        by=name,
        measures=len(mine),
        openings=sum(rung.answers is None for rung in mine),
        answered=len(answers),
        share=wilson(len(answers), len(mine)),
        lag=(float(np.median(lags[:, 0])), float(np.median(lags[:, 1]))) if len(answers) else None,
        numbered=sum(bool(kind) for kind in kinds),
        equal=kinds.count("equal"),
        maybe=kinds.count("maybe"),
        undated=undated,
        p_value=p_value,
    )
