"""Who did how much to whom."""

from __future__ import annotations

from markupsafe import Markup

from nongrata.ledger import TallyBy
from nongrata.model.wording import number
from nongrata.publishing import plots
from nongrata.web.query import Params
from nongrata.web.questions.asking import Answer, Question
from nongrata.web.questions.forms import (
    Field,
    choice,
    day_fields,
    expulsions,
    party_fields,
    type_field,
)
from nongrata.web.shelf import Shelf


def _fields(params: Params) -> tuple[Field, ...]:
    options = tuple(str(by) for by in TallyBy)
    by = Field("by", "By", "choice", (choice(params, "by", options),), options)
    return (type_field(params), by, *party_fields(params), *day_fields(params))


def _ask(kept: Shelf, params: Params) -> Answer:
    only = expulsions(params)
    found = kept.view.tally(only, TallyBy(choice(params, "by", tuple(str(by) for by in TallyBy))))
    svg = plots.tally_svg(found[:30], f"{' or '.join(only.types)}: interval sums")
    totals = [total for total in kept.view.totals() if total.type in only.types]
    said = [f"{len(found):,} rows; {sum(row.uncounted for row in found):,} incidents without a number are in none."]
    narrowed = only.actors or only.targets or only.since or only.until
    for total in [] if narrowed else totals[:20]:
        who, whom = total.actor or "+".join(total.actors or ()) or "?", total.target or "?"
        said.append(f"A report's figure, {who} → {whom} {number(total.count)}: {total.words}.")
    facts = ("incidents", "uncounted", "planned", "disputed", "doubled", "joint")
    listed = tuple(
        {
            "actor": row.actor,
            "target": row.target,
            "month": row.month,
            "type": row.type,
            "count": str(row.count),
            **{name: getattr(row, name) for name in facts},
        }
        for row in found
    )
    return Answer(tuple(said), Markup(svg), listed)  # noqa: S704  the plot escapes what it shows


QUESTION = Question("tally", "Who, whom, how many", "Interval sums, with what is not known.", _fields, _ask)
