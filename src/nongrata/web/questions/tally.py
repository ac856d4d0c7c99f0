"""Who did how much to whom."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from typing import Any

from markupsafe import Markup

from nongrata.ledger import IncidentFilter, TallyBy, TallyRow
from nongrata.model import Total
from nongrata.model.wording import number, plural
from nongrata.publishing import plots
from nongrata.web.query import Params, address
from nongrata.web.questions.asking import Answer, Figure, Question
from nongrata.web.questions.forms import (
    Field,
    choice,
    day_fields,
    expulsions,
    party_fields,
    type_field,
)
from nongrata.web.shelf import Shelf

_TOLD_APART = {
    TallyBy.PAIR: ("actor", "target"),
    TallyBy.ACTOR: ("actor",),
    TallyBy.TARGET: ("target",),
    TallyBy.MONTH: ("month",),
    TallyBy.TYPE: ("type",),
}
"""By what the rows of a tally are told apart."""


def _fields(params: Params) -> tuple[Field, ...]:
    options = tuple(str(by) for by in TallyBy)
    by = Field("by", "By", "choice", (choice(params, "by", options),), options)
    return (type_field(params), by, *party_fields(params), *day_fields(params))


def _ask(kept: Shelf, params: Params) -> Answer:
    only = expulsions(params)
    by = TallyBy(choice(params, "by", tuple(str(by) for by in TallyBy)))
    found = kept.view.tally(only, by)
    svg = plots.tally_svg(found[:30], f"{' or '.join(only.types)}: interval sums")
    uncounted = sum(row.uncounted for row in found)
    are = "is" if uncounted == 1 else "are"
    said = f"{plural(len(found), 'row')}; {plural(uncounted, 'incident')} without a number {are} in none."
    narrowed = only.actors or only.targets or only.since or only.until
    totals = [] if narrowed else [total for total in kept.view.totals() if total.type in only.types]
    return Answer(
        (said,),
        Markup(svg),  # noqa: S704  the plot escapes what it shows
        tuple(_row(row) for row in found),
        figures=tuple(_figure(total) for total in totals[:20]),
        links=tuple(_behind(row, only, by) for row in found),
    )


def _row(row: TallyRow) -> dict[str, Any]:
    facts = ("incidents", "uncounted", "planned", "disputed", "doubled", "joint")
    return {
        "actor": row.actor,
        "target": row.target,
        "month": row.month,
        "type": row.type,
        "count": str(row.count),
        **{name: getattr(row, name) for name in facts},
    }


def _figure(total: Total) -> Figure:
    who, whom = total.actor or "+".join(total.actors or ()) or "?", total.target or "?"
    words = f"A report's figure, {who} → {whom} {number(total.count)}: {total.words}."
    return Figure(words, f"/claims/{total.claims[0]}" if total.claims else "")


def _behind(row: TallyRow, only: IncidentFilter, by: TallyBy) -> Figure:
    """The overview of a row's incidents; with others where they are by several together, or by or against nobody."""
    told = {name: getattr(row, name) for name in _TOLD_APART[by]}
    if row.joint:
        told |= {"actor": row.actor, "target": row.target}
    if told.get("actor"):
        only = replace(only, actors=tuple(told["actor"].split("+")) if row.joint else (told["actor"],))
    if told.get("target"):
        only = replace(only, targets=(told["target"],))
    if told.get("type"):
        only = replace(only, types=(told["type"],))
    if told.get("month"):
        only = _within(only, told["month"])
    return Figure("among these" if row.joint or None in told.values() else "incidents", address("/", only))


def _within(only: IncidentFilter, month: str) -> IncidentFilter:
    """The filter with the days of a month ("2024-03") or of several ("2023-09/2024-03")."""
    first, _, last = month.partition("/")
    year, number = map(int, (last or first).split("-"))
    until = date(year, number, calendar.monthrange(year, number)[1])
    return replace(only, since=date.fromisoformat(f"{first}-01"), until=until)


QUESTION = Question("tally", "Who, whom, how many", "Interval sums, with what is not known.", _fields, _ask)
