"""States side by side: each sum as the interval that the reports allow."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nongrata.analysis import Comparison
from nongrata.analysis.words import places
from nongrata.publishing.plots.svg import FAINT, INK, OTHER, Frame, bar, dot, line, scale, text

_LEFT, _RIGHT, _TOP, _GAP = 120.0, 660.0, 48.0, 20.0
MOST = 30


def interval_bars(rows: Sequence[tuple[str, float, float, str]], title: str, says: str, note: str = "") -> str:
    """One row a name, from its least to its most with words behind it; an open end is an arrow's head.

    Args:
        rows: name, least, most (infinity for an open end), words.
        title: of the plot.
        says: the same in words.
        note: a line below.
    """
    shown = rows[:MOST]
    ends = [high if math.isfinite(high) else low for _, low, high, _ in shown]
    most = max([*ends, 1.0]) * 1.05
    x = scale(0, most, _LEFT, _RIGHT - 110)
    height = _TOP + _GAP * max(len(shown), 1) + 34
    parts = [line(_LEFT, _TOP - 4, _LEFT, height - 30, colour=INK)]
    for at, (name, low, high, words) in enumerate(shown):
        y = _TOP + _GAP * at + 8
        end = high if math.isfinite(high) else most
        parts.append(line(_LEFT, y + 10, _RIGHT - 110, y + 10, colour=FAINT, width=0.3))
        parts.append(text(name, _LEFT - 8, y + 4, anchor="end"))
        parts.append(bar(_LEFT, y - 4, x(low) - _LEFT, 8))
        if end > low:
            parts.append(bar(x(low), y - 4, x(end) - x(low), 8, opacity=0.35))
        if not math.isfinite(high):
            parts.append(dot(x(end), y, colour=OTHER, hollow=True))
        parts.append(text(words, x(end) + 8, y + 4, size=11, faint=True))
    parts.append(
        text(f"{note}solid: certain; pale: possible; ring: no upper end", 12, height - 10, size=11, faint=True)
    )
    return Frame(title, says, height=height).drawn(*parts)


def comparison_svg(comparison: Comparison, title: str) -> str:
    """The states of a comparison with the places that the reports allow."""
    rows = [(s.name, s.lo, s.hi, places(*s.rank)) for s in comparison.standings]
    return interval_bars(rows, title, "; ".join(f"{name}: {words}" for name, _, _, words in rows))
