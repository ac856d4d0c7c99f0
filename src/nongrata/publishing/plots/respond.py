"""The window curve: the share that is followed, beside what chance gives."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nongrata.analysis import WindowRate
from nongrata.analysis.words import window_name
from nongrata.publishing.plots.svg import CHANCE, FAINT, INK, MARK, OTHER, Frame, area, dot, line, path, scale, text

_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)
"""Shares between two lines of the grid."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 700.0, 60.0, 276.0


def response_svg(rates: Sequence[WindowRate], title: str) -> str:
    """The share of events followed within each window, with its interval; the band is what chance gives in 95 %."""
    places = scale(math.log(rates[0].hours), math.log(rates[-1].hours), _LEFT + 24, _RIGHT - 40)
    xs = [places(math.log(rate.hours)) if len(rates) > 1 else (_LEFT + _RIGHT) / 2 for rate in rates]
    top = max(max(rate.high, rate.usual_high, rate.share) for rate in rates) or 1.0
    step = next(step for step in _STEPS if top <= 6 * step or step == _STEPS[-1])
    top = min(1.0, math.ceil(round(top / step, 6)) * step)
    y = scale(0, top, _BOTTOM, _TOP)
    parts = _axes(rates, xs, top, step)
    band = [(x, y(r.usual_high)) for x, r in zip(xs, rates, strict=True)]
    band += [(x, y(r.usual_low)) for x, r in reversed(list(zip(xs, rates, strict=True)))]
    parts.append(area(band))
    parts.append(path([(x, y(r.expected)) for x, r in zip(xs, rates, strict=True)], colour=CHANCE, dashes="5 4"))
    parts.append(path([(x, y(r.share)) for x, r in zip(xs, rates, strict=True)]))
    for x, rate in zip(xs, rates, strict=True):
        sure = max(rate.p_shift_all, rate.p_rotation_all) <= 0.05
        parts.append(line(x, y(rate.low), x, y(rate.high), colour=MARK))
        parts.append(dot(x, y(rate.share), colour=OTHER if sure else MARK, radius=5 if sure else 3.5))
    parts += _legend()
    return Frame(title, _says(rates), height=336).drawn(*parts)


def _axes(rates: Sequence[WindowRate], xs: Sequence[float], top: float, step: float) -> list[str]:
    y = scale(0, top, _BOTTOM, _TOP)
    parts = [line(_LEFT, _BOTTOM, _RIGHT, _BOTTOM, colour=INK)]
    for mark in range(round(top / step) + 1):
        value = step * mark
        parts.append(line(_LEFT, y(value), _RIGHT, y(value), colour=FAINT, width=0.4))
        parts.append(text(f"{value:.0%}", _LEFT - 8, y(value) + 4, anchor="end", size=11, faint=True))
    for x, rate in zip(xs, rates, strict=True):
        parts.append(text(window_name(rate.hours), x, _BOTTOM + 18, anchor="middle", size=11))
    return parts


def _legend() -> list[str]:
    y = 324.0
    return [
        line(60, y - 4, 84, y - 4, colour=MARK, width=2),
        text("followed, with 95 % interval", 90, y, size=11),
        line(270, y - 4, 294, y - 4, colour=CHANCE, width=2, dashes="5 4"),
        text("chance (shifts), band: 95 %", 300, y, size=11),
        dot(490, y - 4, colour=OTHER, radius=5),
        text("beyond chance under both nulls", 500, y, size=11),
    ]


def _says(rates: Sequence[WindowRate]) -> str:
    return "; ".join(
        f"within {window_name(r.hours)}: {r.share:.0%} ({r.low:.0%} to {r.high:.0%}), chance {r.expected:.0%}"
        for r in rates
    )
