"""A tally as interval bars."""

from __future__ import annotations

from collections.abc import Sequence

from nongrata.ledger import TallyRow
from nongrata.publishing.plots.compare import interval_bars


def tally_svg(rows: Sequence[TallyRow], title: str) -> str:
    """One bar a row of a tally, with what is not known behind it."""
    bars = []
    for row in rows:
        name = _name(row)
        high = float("inf") if row.count.hi is None else float(row.count.hi)
        unknown = f", {row.uncounted} without a number" if row.uncounted else ""
        bars.append((name, float(row.count.lo), high, f"{row.count}{unknown}"))
    return interval_bars(bars, title, "; ".join(f"{name}: {words}" for name, _, _, words in bars))


def _name(row: TallyRow) -> str:
    if row.actor and row.target:
        return f"{row.actor} → {row.target}"
    return row.actor or row.target or row.month or row.type or "unknown"
