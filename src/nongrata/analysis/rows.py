"""The answers as flat rows of plain values, for JSON lines, CSV and the HTTP API: one dictionary a row, same keys."""

from __future__ import annotations

import math
from typing import Any

from nongrata.analysis.compare import Comparison
from nongrata.analysis.reciprocity import Ladder
from nongrata.analysis.respond import Response, WindowRate
from nongrata.analysis.sources import Sources
from nongrata.analysis.waves import Waves

Row = dict[str, Any]


def response_rows(response: Response) -> list[Row]:
    """One row a direction and window; ``hours`` is the window, shares are between 0 and 1."""
    named = (("follows", response.follows), ("preceded", response.preceded), ("reverse", response.reverse))
    return [_rate(direction, rate) for direction, rates in named for rate in rates]


def _rate(direction: str, rate: WindowRate) -> Row:
    return {
        "direction": direction,
        "hours": rate.hours,
        "events": round(rate.events, 2),
        "share": round(rate.share, 4),
        "share_low": round(rate.low, 4),
        "share_high": round(rate.high, 4),
        "chance": round(rate.expected, 4),
        "chance_low": round(rate.usual_low, 4),
        "chance_high": round(rate.usual_high, 4),
        "chance_in_month": round(rate.expected_in_month, 4),
        "p_shift": round(rate.p_shift, 4),
        "p_shift_corrected": round(rate.p_shift_all, 4),
        "p_month": round(rate.p_rotation, 4),
        "p_month_corrected": round(rate.p_rotation_all, 4),
    }


def ladder_rows(ladder: Ladder) -> list[Row]:
    """One row a measure, in order of time; ``answers`` and ``answered_by`` are ids of incidents."""
    rungs = ladder.rungs
    return [
        {
            "incident": rung.id,
            "by": rung.by,
            "when_first": rung.when.first.isoformat(),
            "when_last": rung.when.last.isoformat(),
            "count_lo": _finite(rung.count[0]) if rung.count else None,
            "count_hi": _finite(rung.count[1]) if rung.count else None,
            "answers": rungs[rung.answers].id if rung.answers is not None else None,
            "answered_by": rungs[rung.answered_by].id if rung.answered_by is not None else None,
            "lag_least": rung.lag[0] if rung.lag else None,
            "lag_most": rung.lag[1] if rung.lag else None,
            "ratio_least": _finite(round(rung.ratio[0], 4)) if rung.ratio else None,
            "ratio_most": _finite(round(rung.ratio[1], 4)) if rung.ratio else None,
            "same_number": rung.in_kind or None,
        }
        for rung in rungs
    ]


def comparison_rows(comparison: Comparison) -> list[Row]:
    """One row a state, largest first."""
    return [
        {
            "name": standing.name,
            "lo": _finite(standing.lo),
            "hi": _finite(standing.hi),
            "rank_best": standing.rank[0],
            "rank_worst": standing.rank[1],
            "most": standing.most,
            "share_least": round(standing.share[0], 4),
            "share_most": round(standing.share[1], 4),
            "chance_rank_best": standing.chance_rank[0] if standing.chance_rank else None,
            "chance_rank_worst": standing.chance_rank[1] if standing.chance_rank else None,
            "uncounted": standing.uncounted,
            "undated": standing.undated,
        }
        for standing in comparison.standings
    ]


def wave_rows(waves: Waves) -> list[Row]:
    """One row a host of a wave; waves are numbered in order of time."""
    return [
        {
            "wave": number,
            "wave_first": wave.when.first.isoformat(),
            "wave_last": wave.when.last.isoformat(),
            "p_value": round(wave.p_value, 4),
            "hosts_usual": round(wave.expected, 2),
            "host": member.host,
            "first": member.when.first.isoformat(),
            "last": member.when.last.isoformat(),
            "place_best": member.place[0],
            "place_worst": member.place[1],
            "count_lo": _finite(member.lo),
            "count_hi": _finite(member.hi),
            "uncounted": member.uncounted,
            "incidents": "|".join(member.incidents),
        }
        for number, wave in enumerate(waves.waves, 1)
        for member in wave.members
    ]


def source_rows(sources: Sources) -> list[Row]:
    """One row an outlet: where it has its claims from, and what becomes of doubt in its tellings."""
    drifts = {drift.outlet: drift for drift in sources.drifts}
    rows = []
    for outlet in sources.outlets:
        drift = drifts.get(outlet.name)
        rows.append(
            {
                "outlet": outlet.name,
                "reports": outlet.reports,
                "tellings": outlet.tellings,
                "own": outlet.own,
                "mean_chain": round(outlet.mean_length, 2),
                "repeats": "|".join(f"{repeat.voice} ({repeat.reports})" for repeat in outlet.repeats),
                "comparable": drift.tellings if drift else 0,
                "harder": drift.harder if drift else 0,
                "softer": drift.softer if drift else 0,
                "mean_drift": round(drift.mean, 3) if drift else None,
                "p_value": round(drift.p_value, 4) if drift and drift.p_value is not None else None,
            }
        )
    return rows


def step_rows(sources: Sources) -> list[Row]:
    """One row a telling that was held against an earlier one; those that lost most doubt first."""
    return [
        {
            "claim": step.claim,
            "base": step.base,
            "outlet": step.outlet,
            "chain": " → ".join(step.chain),
            "before": step.before,
            "after": step.after,
            "drift": step.drift,
            "direct": step.direct,
        }
        for step in sources.steps
    ]


def _finite(number: float) -> float | int | None:
    """A number as JSON has it: whole where it is whole, nothing for an open end."""
    if not math.isfinite(number):
        return None
    return int(number) if number == int(number) else number
