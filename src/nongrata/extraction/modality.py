"""Negation, modality, plans and habits: the words that govern a trigger, read from the sentence and not from a model.

A false expulsion is the worst error: what a small network takes for an assertion is held against the words before the
trigger. Operators are data (``modality.toml``); their scope is the trigger's clause.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from nongrata.extraction.decoding import Decided
from nongrata.extraction.layout import FACTUALITY
from nongrata.language.gate import gate
from nongrata.language.wordspan import whole_words
from nongrata.model import Factuality, Realis, Span
from nongrata.vocabulary.events import event_types
from nongrata.vocabulary.factuality import cues, hedges
from nongrata.vocabulary.tables import read_text

_WORD = re.compile(r"[\w'’-]+")
_FIRST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that governs a trigger; see ``modality.toml`` for the fields."""

    name: str
    pattern: re.Pattern[str]
    after: bool
    inside: bool
    over: bool
    strict: bool
    worded: bool
    drop: bool
    types: frozenset[str]
    unless: re.Pattern[str] | None
    factuality: Factuality | None
    realis: Realis | None


@dataclass(frozen=True, slots=True)
class Governed:
    """An operator found at work, with the characters of its words."""

    operator: Operator
    span: Span


def governing(text: str, sentence: Span, trigger: Span, kind: str) -> Governed | None:
    """The first operator in the order of the table that governs a trigger; None for a flat sentence."""
    heads = list(_heads(text, sentence, trigger, kind))
    like = _like(kind)
    for operator in _operators():
        if operator.types and like not in operator.types:
            continue
        if operator.unless and operator.unless.search(text, sentence.begin, sentence.end):
            continue
        for head in heads:
            found = _at_work(text, sentence, head, trigger, operator)
            if found is not None:
                return Governed(operator, found)
    return None


def _like(kind: str) -> str:
    """The shipped type that one of a user's own is governed like, by its sort; other types are themselves."""
    event = event_types().get(kind)
    return str(_table()["own"].get(event.sort, kind)) if event is not None and event.own else kind


def _at_work(text: str, sentence: Span, head: int, trigger: Span, operator: Operator) -> Span | None:
    """The words of an operator that governs what begins at ``head``; None when it does not."""
    if operator.inside:
        begin = trigger.begin
        match = operator.pattern.search(text[begin : sentence.end])
    elif operator.after:
        return _at_work_after(text, sentence, head, trigger, operator)
    else:
        begin = sentence.begin if operator.over else _wall(text, sentence.begin, head)
        match = operator.pattern.search(text[begin:head])
    return Span(begin + match.start("op"), begin + match.end("op")) if match else None


def _at_work_after(text: str, sentence: Span, head: int, trigger: Span, operator: Operator) -> Span | None:
    """The same for one that stands behind the trigger, or in it and behind the act's own first word."""
    first = _WORD.match(text, head)
    for begin in (trigger.end, min(first.end() if first else trigger.end, trigger.end)):
        stop = sentence.end if operator.over else _next_wall(text, begin, sentence.end)
        match = operator.pattern.search(text[begin:stop])
        if match and (begin == trigger.end or begin + match.start("op") < trigger.end):
            return Span(begin + match.start("op"), begin + match.end("op"))
    return None


def governed(decided: Decided, sentence: Span) -> Decided | None:
    """A claim as the words that govern its trigger leave it; None when they make it nothing that is coded.

    A strict operator (negation, denial, threat, question, condition) replaces what the reader thought; the others only
    lower its certainty, and turn only an actual happening. "Likely" and its like also stand where the reader, for the
    sake of another word ("suggested"), thought less of the claim.
    """
    text = decided.scored.unit.report.text
    if decided.factuality is Factuality.DENIED and not _denying().search(sentence.of(text)):
        # A denial needs a word that denies; without one the model has only seen a second voice.
        decided = replace(decided, factuality=_next_best(decided))
    found = governing(text, sentence, decided.trigger, decided.scored.type)
    if found is None:
        return decided
    operator = found.operator
    if operator.drop:
        return None
    factuality, realis = decided.factuality, decided.realis
    if operator.factuality and (operator.strict or _yields(decided, operator.factuality, operator)):
        factuality = operator.factuality
    if operator.realis and (operator.strict or realis is Realis.ACTUAL):
        realis = operator.realis
    return replace(decided, factuality=factuality, realis=realis)


def _next_best(decided: Decided) -> Factuality:
    """What the model thinks of a claim if it is no denial."""
    chances = zip(FACTUALITY, decided.scored.probabilities("factuality"), strict=True)
    return Factuality(max((p, name) for name, p in chances if name != Factuality.DENIED)[1])


_SCALE = (Factuality.POSSIBLE, Factuality.PROBABLE, Factuality.CERTAIN)


def _yields(decided: Decided, degree: Factuality, operator: Operator) -> bool:
    """True when a claim takes an operator's degree: a surer claim does, and any on the scale to a degree in words.

    So does a plan of which the reader only thought that nothing is said: "might expel" says how likely.
    """
    if not operator.worded:
        return _surer(decided.factuality, degree)
    return decided.factuality in _SCALE or (decided.factuality, decided.realis) == (Factuality.UNKNOWN, Realis.PLANNED)


def _surer(one: Factuality, other: Factuality) -> bool:
    """True when the first asserts more surely than the second; hedges lower certainty and never raise it."""
    return one in _SCALE and other in _SCALE and _SCALE.index(one) > _SCALE.index(other)


def _heads(text: str, sentence: Span, trigger: Span, kind: str) -> Iterator[int]:
    """Where the act's own words may begin: at the first stem of the type that is no verb of saying or denying.

    Nor one that governs the next ("refused to close"). A trigger without such a stem begins at any of its first words
    ("most likely broke into").
    """
    stems = [hit.span.shifted(sentence.begin) for hit in gate().hits(sentence.of(text)) if kind in hit.types]
    words_of = [whole_words(text, span) for span in stems if trigger.covers(span)]
    for word, after in zip_longest(words_of, words_of[1:]):
        if word.of(text).casefold() in cues() or (after and _governs(text[word.begin : after.begin])):
            continue
        yield word.begin
        return
    words = [match.start() for match in _WORD.finditer(text, trigger.begin, trigger.end)]
    yield from words[:_FIRST_WORDS] or [trigger.begin]


def _governs(words: str) -> bool:
    """True for words that are an operator and nothing else ("refused to")."""
    before = (op.pattern for op in _operators() if not (op.after or op.inside))
    return any(match.span("op") == (0, len(words.rstrip())) for match in (p.match(words) for p in before) if match)


def _next_wall(text: str, begin: int, end: int) -> int:
    """Where the clause that starts before ``begin`` ends."""
    match = _walls().search(text, begin, end)
    return match.start() if match else end


def _wall(text: str, begin: int, end: int) -> int:
    """Where the clause that ends at ``end`` begins."""
    walls = [match.end() for match in _walls().finditer(text, begin, end)]
    return walls[-1] if walls else begin


@cache
def _table() -> dict[str, dict[str, object]]:
    return tomllib.loads(read_text("modality.toml"))


@cache
def _denying() -> re.Pattern[str]:
    words = [phrase for phrase, hedge in hedges().items() if hedge.factuality is Factuality.DENIED]
    words += [form for form, cue in cues().items() if cue.factuality is Factuality.DENIED]
    # "No doubt" and "no secret" assert.
    others = r"|no(?!\s+(?:\w+\s+)?(?:doubts?|secret)\b)|\w+n['’]t"
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + others + r")(?!\w)", re.IGNORECASE)


@cache
def _walls() -> re.Pattern[str]:
    words = "|".join(re.escape(str(word)) for word in _list(_table()["walls"]["words"]))
    return re.compile(rf"[.;:,!?](?=\s)|\b(?:{words})\b", re.IGNORECASE)


@cache
def _operators() -> tuple[Operator, ...]:
    return tuple(_operator(name, row) for name, row in _table().items() if name not in ("walls", "own"))


def _operator(name: str, row: dict[str, object]) -> Operator:
    words = "|".join(
        str(word).replace("*", r"\w*") if str(word).endswith("*") else str(word) for word in _list(row["words"])
    )
    gap = r"[^\w]" if row.get("over") else r"[\s\"“”'’(]"
    between = rf"(?:{gap}+[\w'’.\-]+){{0,{row['reach']}}}?{gap}*"
    after, inside = bool(row.get("after")), bool(row.get("inside"))
    pattern = rf"^{between}\b(?P<op>{words})\b" if after else rf"(?<!\w)(?P<op>{words})\b{between}$"
    if inside:
        pattern = rf"(?<!\w)(?P<op>{words})\b"
    return Operator(
        name=name,
        pattern=re.compile(pattern, re.IGNORECASE),
        after=after,
        inside=inside,
        over=bool(row.get("over")),
        strict=bool(row.get("strict")),
        worded=bool(row.get("worded")),
        drop=bool(row.get("drop")),
        types=frozenset(str(kind) for kind in _list(row.get("types"))),
        unless=_any_of(row["unless"]) if "unless" in row else None,
        factuality=Factuality(str(row["factuality"])) if "factuality" in row else None,
        realis=Realis(str(row["realis"])) if "realis" in row else None,
    )


def _any_of(value: object) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(str(word) for word in _list(value)) + r")\b", re.IGNORECASE)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
