"""When: incidents as bars in lanes by type, and how many there are by month or year.

A bar spans the days within which a happening lies; its solid core is the best-supported time. Places are per cent of
the width, so that a drawing fits every screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nongrata.ledger.overview import Overview
from nongrata.model import DateInterval, Incident
from nongrata.vocabulary.events import event_types

_LEAST = 0.7
_GAP = 0.4
_LONGEST_CORE = 400
_FEW = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One incident: hull and core from ``left`` for ``width`` per cent, ``row`` in its lane from 0.

    ``before`` and ``after`` tell that the hull goes on beyond the drawing.
    """

    incident: Incident
    row: int
    left: float
    width: float
    core_left: float
    core_width: float
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """The bars of one type, in ``rows`` rows."""

    type: str
    rows: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the scale: its place, and its label."""

    left: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes over one scale of days.

    ``undated`` incidents have no known time and no bar; ``far`` ones lie far off and would press the others together.
    """

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    first: date
    last: date
    undated: int
    far: int


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of months with its number of incidents; ``height`` is per cent of the highest."""

    first: date
    last: date
    label: str
    incidents: int
    left: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """Columns side by side; ``undated`` incidents are in none."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    unit: str
    highest: int
    undated: int


def timeline(incidents: Sequence[Incident]) -> Timeline | None:
    """The lanes of some incidents; None when none has a known time."""
    dated = [(incident, incident.when) for incident in incidents if incident.when]
    cores = [_core(incident) for incident, _ in dated]
    if not dated:
        return None
    first, last = _window([core for core in cores if core.days <= _LONGEST_CORE] or cores)
    far = [incident for incident, _ in dated if _core(incident).last < first or _core(incident).first > last]
    dated = [pair for pair in dated if pair[0] not in far]
    margin = timedelta(max(1, (last - first).days // 40))
    scale = _Scale(first - margin, last + margin)
    lanes = tuple(
        _lane(type, [incident for incident, _ in dated if incident.type == type], scale)
        for type in sorted({incident.type for incident, _ in dated}, key=_type_order)
    )
    undated = len(incidents) - len(dated) - len(far)
    return Timeline(lanes, tuple(_ticks(scale)), scale.first, scale.last, undated, len(far))


def histogram(overview: Overview) -> Histogram | None:
    """How many incidents by month, year or decade, whichever fits; None when no time is known."""
    dated = [(int(month[:4]), int(month[5:7]), n) for month, n in overview.months if len(month) == 7]
    undated = sum(n for month, n in overview.months if len(month) != 7)
    if not dated:
        return None
    years = dated[-1][0] - dated[0][0] + 1
    step = 1 if years <= 5 else 12 if years <= 60 else 120
    counts: dict[int, int] = {}
    for year, month, n in dated:
        counts[(year * 12 + month - 1) // step] = counts.get((year * 12 + month - 1) // step, 0) + n
    least, most = min(counts), max(counts)
    width, highest = 100 / (most - least + 1), max(counts.values())
    columns = []
    for at in range(least, most + 1):
        n = counts.get(at, 0)
        start, end = _month_start(at * step), _month_start((at + 1) * step) - timedelta(1)
        height = 100 * n / highest
        columns.append(Column(start, end, _label(start, step), n, (at - least) * width, width, height))
    unit = {1: "month", 12: "year", 120: "decade"}[step]
    return Histogram(tuple(columns), tuple(_column_ticks(columns, step)), unit, highest, undated)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def place(self, day: date) -> float:
        return 100 * (day - self.first).days / max(1, (self.last - self.first).days + 1)

    def stretch(self, when: DateInterval) -> tuple[float, float]:
        """Left and width of some days, cut at the scale's ends and wide enough to be seen."""
        left = max(0.0, min(self.place(when.first), 100 - _LEAST))
        right = min(100.0, self.place(when.last + timedelta(1)))
        return round(left, 2), round(max(_LEAST, right - left), 2)


def _window(cores: Sequence[DateInterval]) -> tuple[date, date]:
    """First and last day to draw: all of them, or the shortest stretch with nine tenths where a few lie far off."""
    first, last = min(core.first for core in cores), max(core.last for core in cores)
    if len(cores) < _FEW:
        return first, last
    ordered = sorted(cores, key=lambda core: core.first)
    most = len(ordered) * 9 // 10
    stretches = [
        (ordered[at].first, max(core.last for core in ordered[at : at + most])) for at in range(len(ordered) - most + 1)
    ]
    shortest = min(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return shortest if 3 * (shortest[1] - shortest[0]) < last - first else (first, last)


def _core(incident: Incident) -> DateInterval:
    core = incident.best_when or incident.when
    if core is None:
        raise ValueError(f"the incident {incident.id} has no known time")
    return core


def _type_order(type: str) -> int:
    names = list(event_types())
    return names.index(type) if type in names else len(names)


def _lane(type: str, incidents: Iterable[Incident], scale: _Scale) -> Lane:
    bars: list[Bar] = []
    ends: list[float] = []
    for incident in sorted(incidents, key=lambda i: (_core(i).first, i.id)):
        hull = incident.when or _core(incident)
        left, width = scale.stretch(hull)
        core_left, core_width = scale.stretch(_core(incident))
        row = next((at for at, end in enumerate(ends) if end <= left), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = left + width + _GAP
        before, after = hull.first < scale.first, hull.last > scale.last
        bars.append(Bar(incident, row, left, width, core_left, core_width, before, after))
    return Lane(type, len(ends), tuple(bars))


def _ticks(scale: _Scale) -> Iterable[Tick]:
    days = (scale.last - scale.first).days
    months = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if days / 30.4 / n <= 8), 240)
    at = (scale.first.year * 12 + scale.first.month) // months * months
    while (day := _month_start(at)) <= scale.last:
        if day > scale.first:
            label = (
                f"{day:%Y}"
                if months >= 12 or day.month == 1
                else f"{day:%b} {day:%Y}"
                if months > 1
                else f"{day:%b %Y}"
            )
            yield Tick(round(scale.place(day), 2), label)
        at += months


def _month_start(months: int) -> date:
    """The first day of a month counted from year 0; kept inside what a date can hold."""
    year, month = divmod(months, 12)
    return date(min(9999, max(1, year)), month + 1, 1)


def _label(start: date, step: int) -> str:
    return f"{start:%B %Y}" if step == 1 else f"{start.year}" if step == 12 else f"{start.year}s"


def _column_ticks(columns: Sequence[Column], step: int) -> Iterable[Tick]:
    whole = [c for c in columns if step > 1 or c.first.month == 1] or list(columns[:1])
    every = max(1, -(-len(whole) // 8))
    for column in whole[::every]:
        yield Tick(round(column.left, 2), str(column.first.year))
