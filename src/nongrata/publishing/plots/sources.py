"""Hedge drift: for each outlet, which share of its tellings lost or gained doubt."""

from __future__ import annotations

from collections.abc import Sequence

from nongrata.analysis import Drift, Sources
from nongrata.publishing.plots.svg import FAINT, INK, MARK, OTHER, Frame, bar, line, scale, text

_LEFT, _RIGHT, _TOP, _GAP = 190.0, 560.0, 66.0, 20.0
MOST = 25


def drift_svg(sources: Sources, title: str) -> str:
    """To the right what became more certain, to the left what became less; all outlets together on top."""
    rows = [sources.overall, *sources.drifts[:MOST]]
    x = scale(-1, 1, _LEFT, _RIGHT)
    height = _TOP + _GAP * len(rows) + 24
    parts = [
        text("doubt gained", x(-0.5), _TOP - 16, anchor="middle", size=11, faint=True),
        text("doubt lost", x(0.5), _TOP - 16, anchor="middle", size=11, faint=True),
        line(x(0), _TOP - 8, x(0), height - 20, colour=INK),
    ]
    for at, drift in enumerate(rows):
        parts += _row(drift, _TOP + _GAP * at + 8)
    return Frame(title, _says(rows), height=height).drawn(*parts)


def _row(drift: Drift, y: float) -> list[str]:
    x = scale(-1, 1, _LEFT, _RIGHT)
    tellings = max(drift.tellings, 1)
    harder, softer = drift.harder / tellings, drift.softer / tellings
    sure = "" if drift.p_value is None else f", p {drift.p_value:.3f}"
    return [
        line(_LEFT, y + 10, _RIGHT, y + 10, colour=FAINT, width=0.3),
        text(drift.outlet[:28], _LEFT - 8, y + 4, anchor="end", size=11),
        bar(x(0), y - 5, x(harder) - x(0), 10, colour=OTHER) if harder else "",
        bar(x(-softer), y - 5, x(0) - x(-softer), 10, colour=MARK) if softer else "",
        text(
            f"{drift.harder} up, {drift.softer} down of {drift.tellings}{sure}", _RIGHT + 8, y + 4, size=10, faint=True
        ),
    ]


def _says(rows: Sequence[Drift]) -> str:
    return "; ".join(f"{r.outlet}: {r.harder} harder, {r.softer} softer of {r.tellings}" for r in rows)
