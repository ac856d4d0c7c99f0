"""Who acts together."""

from __future__ import annotations

from markupsafe import Markup

from nongrata import analysis
from nongrata.analysis import rows, words
from nongrata.publishing import plots
from nongrata.web.query import Params
from nongrata.web.questions.asking import Answer, Question, period_of
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
    sides = ("actor", "target")
    side = Field("by", "Acting together", "choice", (choice(params, "by", sides),), sides)
    return (type_field(params), side, *party_fields(params), *day_fields(params))


def _ask(kept: Shelf, params: Params) -> Answer:
    only = expulsions(params)
    found = analysis.happenings(kept.view, only)
    period = period_of(only, found)
    windows = [days for days in (7, 14, 28) if 2 * days <= period.days] or [7]
    got = analysis.waves(
        found, side=choice(params, "by", ("actor", "target")), period=period, windows=windows, draws=199
    )
    svg = plots.waves_svg(got, f"waves of {' or '.join(only.types)}")
    return Answer(tuple(words.waves_words(got)), Markup(svg), tuple(rows.wave_rows(got)))  # noqa: S704  the plot escapes what it shows


QUESTION = Question("waves", "Who acts together?", "Bursts over hosts, members in order.", _fields, _ask)
