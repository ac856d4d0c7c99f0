"""The questions that pages ask of a ledger: what an address asks for, and the answer as words, plot and rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from nongrata import analysis
from nongrata.analysis import Happenings, Period, rows, words
from nongrata.analysis.respond import Response
from nongrata.ledger import ClaimFilter, IncidentFilter, TallyBy
from nongrata.model import InputError
from nongrata.model.wording import number
from nongrata.publishing import plots
from nongrata.vocabulary.events import event_types
from nongrata.web.query import Params, incident_filter, party_code
from nongrata.web.shelf import Shelf

FIRST = ("stand", "sanction", "expulsion", "protest")
THEN = ("cyberattack", "disinformation", "sabotage", "threat")
DRAWS = 499
"""Random draws for a page; the commands take more."""
_WINDOWS = (24.0, 48.0, 72.0, 168.0, 336.0, 672.0)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a question: ``kind`` is "types", "text", "day" or "choice" (of ``options``)."""

    name: str
    label: str
    kind: str
    value: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to. ``problem`` says why there is no answer; then the rest is empty."""

    words: tuple[str, ...] = ()
    plot: Markup = _NOTHING
    rows: tuple[dict[str, Any], ...] = ()
    problem: str = ""


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


def _all(kept: Shelf) -> Happenings:
    return kept.remembered("happenings", lambda: analysis.happenings(kept.view))


def _some(kept: Shelf, only: IncidentFilter) -> Happenings:
    return analysis.happenings(kept.view, only)


def _given(params: Params, name: str) -> tuple[str, ...]:
    values = tuple(value.strip() for value in params.getlist(name) if value.strip())
    if len(values) > 30 or any(len(value) > 200 for value in values):
        raise InputError(f"{name} has too many or too long values: give at most 30, of 200 characters")
    return values


def _types(params: Params, name: str, default: Sequence[str]) -> tuple[str, ...]:
    found = _given(params, name)
    for kind in found:
        if kind not in event_types():
            raise InputError(f"there is no type {kind}: choose among {', '.join(event_types())}")
    return found or tuple(default)


def _choice(params: Params, name: str, options: Sequence[str]) -> str:
    found = _given(params, name)
    if found and found[-1] not in options:
        raise InputError(f"{name} cannot be {found[-1]}: choose among {', '.join(options)}")
    return found[-1] if found else options[0]


def _parties(params: Params, name: str) -> tuple[str, ...]:
    parts = [part.strip() for value in _given(params, name) for part in value.split(",")]
    return tuple(party_code(part) for part in parts if part)


def _period(only: IncidentFilter, *parts: Happenings) -> Period:
    hulls = [hull for part in parts if (hull := part.hull)]
    if not hulls:
        raise ValueError("no such incident has a known time")
    first = only.since.toordinal() if only.since else min(hull.start for hull in hulls)
    last = only.until.toordinal() if only.until else max(hull.start + hull.days - 1 for hull in hulls)
    if last < first:
        raise ValueError("the period ends before it begins")
    return Period(first, last - first + 1)


def _day_fields(params: Params) -> tuple[Field, ...]:
    only = incident_filter(params)
    since, until = (str(day) if day else "" for day in (only.since, only.until))
    return (Field("since", "Since", "day", (since,)), Field("until", "Until", "day", (until,)))


def _party_fields(params: Params) -> tuple[Field, ...]:
    return (
        Field("who", "Who", "text", (", ".join(_parties(params, "who")),)),
        Field("whom", "Whom", "text", (", ".join(_parties(params, "whom")),)),
    )


def _expulsions(params: Params) -> IncidentFilter:
    return replace(incident_filter(params), types=_types(params, "type", ("expulsion",)))


def _type_field(params: Params) -> Field:
    return Field("type", "Type", "types", _types(params, "type", ("expulsion",)))


def _respond_fields(params: Params) -> tuple[Field, ...]:
    return (
        Field("first", "A", "types", _types(params, "first", FIRST)),
        Field("then", "followed by B", "types", _types(params, "then", THEN)),
        Field("state", "Whose acts", "text", (", ".join(_parties(params, "state")),)),
        Field("by", "B done by", "text", (", ".join(_parties(params, "by")),)),
        *_day_fields(params),
    )


def _respond(kept: Shelf, params: Params) -> Answer:
    first, then = _types(params, "first", FIRST), _types(params, "then", THEN)
    found = _all(kept)
    acts, hits = found.of_types(first), found.of_types(then)
    for party in _parties(params, "by")[:1]:
        hits = hits.by(party)
    period = _period(incident_filter(params), acts, hits)
    windows = [hours for hours in _WINDOWS if hours < period.days * 8]
    pairs = analysis.response_pairs(acts, hits, _parties(params, "state") or None)
    got: Response = analysis.respond(pairs, period, windows=windows, draws=DRAWS)
    svg = plots.response_svg(got.follows, f"{' or '.join(first)}: followed by {' or '.join(then)}")
    said = words.response_words(got, " or ".join(first), " or ".join(then))
    return Answer(tuple(said), Markup(svg), tuple(rows.response_rows(got)))  # noqa: S704  the plot escapes what it shows


def _reciprocity_fields(params: Params) -> tuple[Field, ...]:
    return (
        Field("one", "State", "text", _parties(params, "one")[:1]),
        Field("other", "Other state", "text", _parties(params, "other")[:1]),
        _type_field(params),
        *_day_fields(params),
    )


def _reciprocity(kept: Shelf, params: Params) -> Answer:
    found = _some(kept, _expulsions(params))
    named = [*_parties(params, "one")[:1], *_parties(params, "other")[:1]]
    if len(named) < 2:
        named = _busiest(found)
    ladder = analysis.reciprocity(found, named[0], named[1], draws=DRAWS)
    title = f"{' or '.join(_types(params, 'type', ('expulsion',)))} between {named[0]} and {named[1]}"
    svg = plots.ladder_svg(ladder, title)
    return Answer(tuple(words.ladder_words(ladder)), Markup(svg), tuple(rows.ladder_rows(ladder)))  # noqa: S704  as above


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


def _compare_fields(params: Params) -> tuple[Field, ...]:
    sides, measures = ("actor", "target"), ("incidents", "count")
    return (
        _type_field(params),
        Field("by", "Compare", "choice", (_choice(params, "by", sides),), sides),
        Field("measure", "Measure", "choice", (_choice(params, "measure", measures),), measures),
        Field("share", "Claimed share", "text", _given(params, "share")[:1]),
        *_party_fields(params),
        *_day_fields(params),
    )


def _compare(kept: Shelf, params: Params) -> Answer:
    only = _expulsions(params)
    found = _some(kept, only)
    side, measure = _choice(params, "by", ("actor", "target")), _choice(params, "measure", ("incidents", "count"))
    got = analysis.compare(found, _period(only, found), side=side, measure=measure, draws=DRAWS)
    svg = plots.comparison_svg(got, f"{' or '.join(only.types)} by {side}: {measure}")
    said = words.comparison_words(got, _share(params))
    return Answer(tuple(said), Markup(svg), tuple(rows.comparison_rows(got)))  # noqa: S704  as above


def _share(params: Params) -> float | None:
    given = _given(params, "share")
    if not given:
        return None
    try:
        share = float(given[-1])
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise InputError(f"{given[-1]} is no share: write a fifth as 0.2")
    return share


def _waves_fields(params: Params) -> tuple[Field, ...]:
    sides = ("actor", "target")
    side = Field("by", "Acting together", "choice", (_choice(params, "by", sides),), sides)
    return (_type_field(params), side, *_party_fields(params), *_day_fields(params))


def _waves(kept: Shelf, params: Params) -> Answer:
    only = _expulsions(params)
    found = _some(kept, only)
    period = _period(only, found)
    windows = [days for days in (7, 14, 28) if 2 * days <= period.days] or [7]
    got = analysis.waves(
        found, side=_choice(params, "by", ("actor", "target")), period=period, windows=windows, draws=199
    )
    svg = plots.waves_svg(got, f"waves of {' or '.join(only.types)}")
    return Answer(tuple(words.waves_words(got)), Markup(svg), tuple(rows.wave_rows(got)))  # noqa: S704  as above


def _drift_fields(params: Params) -> tuple[Field, ...]:
    return (Field("type", "Type", "types", _types(params, "type", ())), *_day_fields(params))


def _drift(kept: Shelf, params: Params) -> Answer:
    only = incident_filter(params)
    told = analysis.tellings(kept.view, ClaimFilter(types=only.types, since=only.since, until=only.until))
    got = analysis.sources(told, draws=DRAWS)
    svg = plots.drift_svg(got, "Doubt lost and gained on the way")
    return Answer(tuple(words.sources_words(got)), Markup(svg), tuple(rows.source_rows(got)))  # noqa: S704  as above


def _tally_fields(params: Params) -> tuple[Field, ...]:
    options = tuple(str(by) for by in TallyBy)
    by = Field("by", "By", "choice", (_choice(params, "by", options),), options)
    return (_type_field(params), by, *_party_fields(params), *_day_fields(params))


def _tally(kept: Shelf, params: Params) -> Answer:
    only = _expulsions(params)
    found = kept.view.tally(only, TallyBy(_choice(params, "by", tuple(str(by) for by in TallyBy))))
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
    return Answer(tuple(said), Markup(svg), listed)  # noqa: S704  as above


QUESTIONS = {
    question.name: question
    for question in (
        Question("tally", "Who, whom, how many", "Interval sums, with what is not known.", _tally_fields, _tally),
        Question("respond", "Do B follow A?", "Attacks after stands, against chance.", _respond_fields, _respond),
        Question(
            "reciprocity",
            "Tit for tat",
            "Who answers whom, how soon, with how many.",
            _reciprocity_fields,
            _reciprocity,
        ),
        Question("compare", "Most of all?", "Ranks and shares that respect overlap.", _compare_fields, _compare),
        Question("waves", "Who acts together?", "Bursts over hosts, members in order.", _waves_fields, _waves),
        Question("drift", "Where does doubt get lost?", "Whom outlets repeat; hedge drift.", _drift_fields, _drift),
    )
}
"""The questions by their names in the address."""
