"""A question and its answer, and what several questions share in answering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from nongrata import analysis
from nongrata.analysis import Happenings, Period
from nongrata.ledger import IncidentFilter
from nongrata.web.query import Params
from nongrata.web.questions.forms import Field
from nongrata.web.shelf import Shelf

DRAWS = 499
"""Random draws for a page; the commands take more."""
_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Figure:
    """Words, and the address of what stands behind them ("": nothing)."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to. ``problem`` says why there is no answer; then the rest is empty.

    ``links`` lead from each row to what stands behind it.
    """

    words: tuple[str, ...] = ()
    plot: Markup = _NOTHING
    rows: tuple[dict[str, Any], ...] = ()
    problem: str = ""
    figures: tuple[Figure, ...] = ()
    links: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of question: its heading, what it is good for, its fields, and how it is answered."""

    name: str
    title: str
    about: str
    fields: Callable[[Params], tuple[Field, ...]]
    ask: Callable[[Shelf, Params], Answer]


def answered(question: Question, kept: Shelf, params: Params) -> Answer:
    """The answer to a question, remembered until incidents change; what cannot be answered is said.

    Raises:
        InputError: a value of the address is none.
    """
    asked = tuple((field.name, field.value) for field in question.fields(params))
    try:
        return kept.remembered(("answer", question.name, asked), lambda: question.ask(kept, params))
    except ValueError as error:
        return Answer(problem=f"This cannot be answered: {error}. Choose other types, states or days.")


def all_happenings(kept: Shelf) -> Happenings:
    """All incidents as arrays, remembered until incidents change."""
    return kept.remembered("happenings", lambda: analysis.happenings(kept.view))


def period_of(only: IncidentFilter, *parts: Happenings) -> Period:
    """The days that were asked for, else those that the happenings span.

    Raises:
        ValueError: no happening has a known time, or the last day comes before the first.
    """
    hulls = [hull for part in parts if (hull := part.hull)]
    if not hulls:
        raise ValueError("no such incident has a known time")
    first = only.since.toordinal() if only.since else min(hull.start for hull in hulls)
    last = only.until.toordinal() if only.until else max(hull.start + hull.days - 1 for hull in hulls)
    if last < first:
        raise ValueError("the period ends before it begins")
    return Period(first, last - first + 1)
