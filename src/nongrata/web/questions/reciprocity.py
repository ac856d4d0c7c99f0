"""Whether two states answer each other's measures."""

from __future__ import annotations

from markupsafe import Markup

from nongrata import analysis
from nongrata.analysis import Happenings, rows, words
from nongrata.publishing import plots
from nongrata.web.query import Params
from nongrata.web.questions.asking import DRAWS, Answer, Question
from nongrata.web.questions.forms import (
    Field,
    day_fields,
    expulsions,
    parties,
    type_field,
    types_of,
)
from nongrata.web.shelf import Shelf


def _fields(params: Params) -> tuple[Field, ...]:
    return (
        Field("one", "State", "text", parties(params, "one")[:1]),
        Field("other", "Other state", "text", parties(params, "other")[:1]),
        type_field(params),
        *day_fields(params),
    )


def _ask(kept: Shelf, params: Params) -> Answer:
    found = analysis.happenings(kept.view, expulsions(params))
    named = [*parties(params, "one")[:1], *parties(params, "other")[:1]]
    if len(named) < 2:
        named = _busiest(found)
    ladder = analysis.reciprocity(found, named[0], named[1], draws=DRAWS)
    title = f"{' or '.join(types_of(params, 'type', ('expulsion',)))} between {named[0]} and {named[1]}"
    svg = plots.ladder_svg(ladder, title)
    return Answer(tuple(words.ladder_words(ladder)), Markup(svg), tuple(rows.ladder_rows(ladder)))  # noqa: S704  the plot escapes what it shows


def _busiest(found: Happenings) -> list[str]:
    """The two states with most measures in the direction that has fewer."""
    many: dict[tuple[str, str], int] = {}
    for who, whom in zip(found.actor_state, found.target_state, strict=True):
        if who and whom and who != whom:
            many[who, whom] = many.get((who, whom), 0) + 1
    if not many:
        raise ValueError("no measure names two states")
    one, other = max(many, key=lambda pair: (min(many[pair], many.get(pair[::-1], 0)), many[pair], pair))
    return [one, other]


QUESTION = Question("reciprocity", "Tit for tat", "Who answers whom, how soon, with how many.", _fields, _ask)
