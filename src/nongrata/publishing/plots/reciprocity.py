"""The ladder: two states' measures on two rails, time running down, answers as rungs between them."""

from __future__ import annotations

from nongrata.analysis import Ladder, Rung
from nongrata.analysis.words import count_words
from nongrata.publishing.plots.svg import FAINT, INK, MARK, OTHER, Frame, dot, line, scale, text

_LEFT, _RIGHT, _TOP = 240.0, 480.0, 72.0
_GAP = 26.0
MOST = 60
"""The latest so many measures are drawn."""


def ladder_svg(ladder: Ladder, title: str) -> str:
    """Dots are measures with day and number; a rung joins a measure to its answer, and its slope has no meaning."""
    first = max(0, len(ladder.rungs) - MOST)
    shown = list(enumerate(ladder.rungs))[first:]
    height = _TOP + _GAP * max(len(shown), 1) + 40
    y = scale(first, first + max(len(shown) - 1, 1), _TOP + 10, _TOP + 10 + _GAP * max(len(shown) - 1, 1))
    one, other = ladder.sides
    rails = {one.by: _LEFT, other.by: _RIGHT}
    parts = [text(f"by {name}", x, _TOP - 18, anchor="middle", size=13) for name, x in rails.items()]
    parts += [line(x, _TOP - 8, x, height - 40, colour=FAINT) for x in rails.values()]
    for at, rung in shown:
        if rung.answers is not None and rung.answers >= first:
            start = ladder.rungs[rung.answers]
            parts.append(line(rails[start.by], y(rung.answers), rails[rung.by], y(at), colour=MARK, width=1.5))
    for at, rung in shown:
        parts += _rung(rung, rails[rung.by], y(at), left=rung.by == one.by)
    parts.append(
        text("filled: answered; hollow: not answered; red: answers nothing", 12, height - 14, size=11, faint=True)
    )
    if first:
        parts.append(text(f"{first} earlier measures are not drawn", _RIGHT, height - 14, size=11, faint=True))
    return Frame(title, _says(ladder), height=height).drawn(*parts)


def _rung(rung: Rung, x: float, y: float, *, left: bool) -> list[str]:
    lag = f"  after {_days(rung.lag)}" if rung.lag else ""
    words = f"{rung.when.edtf.replace('/', ' – ')}: {count_words(*rung.count) if rung.count else '?'}{lag}"
    colour = INK if rung.answers is not None else OTHER
    place = x - 12 if left else x + 12
    return [
        dot(x, y, colour=colour, hollow=rung.answered_by is None),
        text(words, place, y + 4, anchor="end" if left else "start", size=11),
    ]


def _days(lag: tuple[int, int]) -> str:
    least, most = lag
    return f"{least} d" if least == most else f"{least}–{most} d"


def _says(ladder: Ladder) -> str:
    return "; ".join(f"{s.by}: {s.measures} measures, {s.answered} answered" for s in ladder.sides)
