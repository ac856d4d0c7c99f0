"""Where doubt is lost and gained on the way."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from nongrata import analysis
from nongrata.analysis import rows, words
from nongrata.ledger import ClaimFilter
from nongrata.publishing import plots
from nongrata.web.query import Params, incident_filter
from nongrata.web.questions.asking import DRAWS, Answer, Figure, Question
from nongrata.web.questions.forms import (
    Field,
    day_fields,
    types_of,
)
from nongrata.web.shelf import Shelf


def _fields(params: Params) -> tuple[Field, ...]:
    return (Field("type", "Type", "types", types_of(params, "type", ())), *day_fields(params))


def _ask(kept: Shelf, params: Params) -> Answer:
    only = incident_filter(params)
    told = analysis.tellings(kept.view, ClaimFilter(types=only.types, since=only.since, until=only.until))
    got = analysis.sources(told, draws=DRAWS)
    svg = plots.drift_svg(got, "Doubt lost and gained on the way")
    links = tuple(Figure("source", f"/sources/{quote(outlet.name, safe='')}") for outlet in got.outlets)
    return Answer(tuple(words.sources_words(got)), Markup(svg), tuple(rows.source_rows(got)), links=links)  # noqa: S704  the plot escapes what it shows


QUESTION = Question("drift", "Where does doubt get lost?", "Whom outlets repeat; hedge drift.", _fields, _ask)
