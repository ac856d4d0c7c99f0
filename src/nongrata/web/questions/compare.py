"""Whether one is hit, or acts, more than all others."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from nongrata import analysis
from nongrata.analysis import rows, words
from nongrata.model import InputError
from nongrata.publishing import plots
from nongrata.web.query import Params, address
from nongrata.web.questions.asking import DRAWS, Answer, Figure, Question, period_of
from nongrata.web.questions.forms import (
    Field,
    choice,
    day_fields,
    expulsions,
    given,
    party_fields,
    type_field,
)
from nongrata.web.shelf import Shelf


def _fields(params: Params) -> tuple[Field, ...]:
    sides, measures = ("actor", "target"), ("incidents", "count")
    return (
        type_field(params),
        Field("by", "Compare", "choice", (choice(params, "by", sides),), sides),
        Field("measure", "Measure", "choice", (choice(params, "measure", measures),), measures),
        Field("share", "Claimed share", "text", given(params, "share")[:1]),
        *party_fields(params),
        *day_fields(params),
    )


def _ask(kept: Shelf, params: Params) -> Answer:
    only = expulsions(params)
    found = analysis.happenings(kept.view, only)
    side, measure = choice(params, "by", ("actor", "target")), choice(params, "measure", ("incidents", "count"))
    got = analysis.compare(found, period_of(only, found), side=side, measure=measure, draws=DRAWS)
    svg = plots.comparison_svg(got, f"{' or '.join(only.types)} by {side}: {measure}")
    said = words.comparison_words(got, _share(params))
    sides = [
        replace(only, actors=(one.name,)) if side == "actor" else replace(only, targets=(one.name,))
        for one in got.standings
    ]
    links = tuple(Figure("incidents", address("/", one)) for one in sides)
    return Answer(tuple(said), Markup(svg), tuple(rows.comparison_rows(got)), links=links)  # noqa: S704  the plot escapes what it shows


def _share(params: Params) -> float | None:
    values = given(params, "share")
    if not values:
        return None
    try:
        share = float(values[-1])
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise InputError(f"{values[-1]} is no share: write a fifth as 0.2")
    return share


QUESTION = Question("compare", "Most of all?", "Ranks and shares that respect overlap.", _fields, _ask)
