"""Whether attacks follow stands."""

from __future__ import annotations

from markupsafe import Markup

from nongrata import analysis
from nongrata.analysis import rows, words
from nongrata.analysis.respond import Response
from nongrata.publishing import plots
from nongrata.web.query import Params, incident_filter
from nongrata.web.questions.asking import DRAWS, Answer, Question, all_happenings, period_of
from nongrata.web.questions.forms import (
    Field,
    day_fields,
    parties,
    types_of,
)
from nongrata.web.shelf import Shelf

FIRST = ("stand", "sanction", "expulsion", "protest")
THEN = ("cyberattack", "disinformation", "sabotage", "threat")
_WINDOWS = (24.0, 48.0, 72.0, 168.0, 336.0, 672.0)


def _fields(params: Params) -> tuple[Field, ...]:
    return (
        Field("first", "A", "types", types_of(params, "first", FIRST)),
        Field("then", "followed by B", "types", types_of(params, "then", THEN)),
        Field("state", "Whose acts", "text", (", ".join(parties(params, "state")),)),
        Field("by", "B done by", "text", (", ".join(parties(params, "by")),)),
        *day_fields(params),
    )


def _ask(kept: Shelf, params: Params) -> Answer:
    first, then = types_of(params, "first", FIRST), types_of(params, "then", THEN)
    found = all_happenings(kept)
    acts, hits = found.of_types(first), found.of_types(then)
    for party in parties(params, "by")[:1]:
        hits = hits.by(party)
    period = period_of(incident_filter(params), acts, hits)
    windows = [hours for hours in _WINDOWS if hours < period.days * 8]
    pairs = analysis.response_pairs(acts, hits, parties(params, "state") or None)
    got: Response = analysis.respond(pairs, period, windows=windows, draws=DRAWS)
    svg = plots.response_svg(got.follows, f"{' or '.join(first)}: followed by {' or '.join(then)}")
    said = words.response_words(got, " or ".join(first), " or ".join(then))
    return Answer(tuple(said), Markup(svg), tuple(rows.response_rows(got)))  # noqa: S704  the plot escapes what it shows


QUESTION = Question("respond", "Do B follow A?", "Attacks after stands, against chance.", _fields, _ask)
