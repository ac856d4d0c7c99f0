"""Figures and times of a claim: chosen by the network among the phrases of the text, then held against each other."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

import numpy as np

from nongrata.extraction.confidence import MEASURES
from nongrata.extraction.parties import Party
from nongrata.extraction.scoring import Scored
from nongrata.extraction.structure import head_of
from nongrata.language.quantities import Quantity
from nongrata.language.times import TimeKind
from nongrata.model import DateInterval, Interval, Scope, Span
from nongrata.vocabulary.words import word_set

SPECIAL = 3
"""From here on a count or a time is a phrase of the text."""
_LEDE_DAYS = 3
_RUNNING_DAYS = 60
_NEWS_DAYS = 10
"""A measure older than this is no news: every labelled one is background."""
_OF_ALL = re.compile(r"\s+of\s+(?:all\s+|the\s+|its\s+|their\s+|(?:[A-Z]\w+['’]?s?\s+)){0,4}")
_AND_MORE = re.compile(r"(?:\s+[\w'’-]+){0,4}?\s*(?:,|,?\s+and|,?\s+as\s+well\s+as)\s+(?:another\s+|other\s+)?")
_SUMMED = frozenset({"sanction", "legal_action"})
_NAMES = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
_AND_NAMED = re.compile(r"(?:,|,?\s+and)\s+(?:(?:the|his|her|its|their)\s+)?(?:[a-z][\w-]*\s+){0,4}")
_NAMED_NEXT = re.compile(r"\s+(?:[a-z][\w-]*\s+){0,4}")
_OF_ACTORS = re.compile(
    r"\s+(?:of\s+)?(?:(?:[A-Z][\w.’'-]*|other|more|western|different|member|allied|its|their|the)\s+){0,3}"
    r"(?:countries|states|nations|governments|capitals|allies)\b"
)
_OF_PEOPLE = frozenset({"expulsion", "legal_action"})


def share_of(scored: Scored) -> tuple[None, float, Span] | None:
    """The share of which the trigger is the whole ("a fifth of all their spies"); None where none stands before it."""
    text, trigger = scored.unit.report.text, scored.trigger
    begin, end = trigger.begin, trigger.end
    for quantity in scored.unit.quantities:
        if quantity.share is not None and quantity.span.begin < end:
            between = text[quantity.span.end : max(begin, quantity.span.end)]
            if _OF_ALL.fullmatch(between) or (quantity.span.begin >= begin and _OF_ALL.match(text, quantity.span.end)):
                return None, quantity.share, quantity.span
    return None


def count_of(scored: Scored, target: Party | None) -> tuple[Interval | None, float | None, Span | None]:
    """How many, as an interval or a share, and the words that say so.

    "17 people and six firms" under one sanction are 23; two people named together are two.
    """
    best = _counted(scored)
    if best in (1, 2):
        named = _named(scored, target)
        if named > 1:
            return Interval(named, named), None, None
        return Interval(2, None) if best == 1 else Interval(1, 1), None, None
    if best < SPECIAL:
        return None, None, None
    quantity = scored.unit.quantities[best - SPECIAL]
    if (one := _single_object(scored)) is not None and one.end < quantity.span.begin:
        return Interval(1, 1), None, one
    if quantity.interval is not None and scored.type in _SUMMED:
        return _summed(scored, quantity)
    return quantity.interval, quantity.share, quantity.span


def _counted(scored: Scored) -> int:
    """The row of the likeliest count; a figure of states that acted does not say how many were acted upon."""
    best = int(scored.count.argmax())
    if best >= SPECIAL:
        figure = scored.unit.quantities[best - SPECIAL]
        if _OF_ACTORS.match(scored.unit.report.text, figure.span.end):
            return int(scored.count[:SPECIAL].argmax())
    return best


def _named(scored: Scored, target: Party | None) -> int:
    """How many people are named together: "Ada and Bo Lind", "economist Ada Lind and colonel Bo Ek"; two each."""
    unit = scored.unit
    names = sorted(((s, p.name) for p in unit.parties if not p.known for s in p.spans), key=lambda n: n[0])
    if target is not None and not target.known:
        first = min(target.spans, key=lambda span: abs(span.begin - scored.trigger.begin))
        number, end = len(_NAMES.split(target.name)), first.end
    elif scored.type in _OF_PEOPLE:
        number, end = 0, head_of(unit, scored.type, scored.tokens).end
    else:
        return 0
    for span, name in names:
        joint = _AND_NAMED if number else _NAMED_NEXT
        if span.begin > end and joint.fullmatch(unit.report.text, end, span.begin):
            number, end = number + len(_NAMES.split(name)), span.end
    return number


def _single_object(scored: Scored) -> Span | None:
    """One person right after the word of a measure ("expels a Norran attaché"): other figures count another act."""
    if scored.type not in _OF_PEOPLE:
        return None
    head = head_of(scored.unit, scored.type, scored.tokens)
    found = _one_person().match(scored.unit.report.text, head.end)
    return Span(found.start(1), found.end()) if found else None


@cache
def _one_person() -> re.Pattern[str]:
    people = "|".join({"man", "woman", "citizen", "national"} | word_set("callings"))
    return re.compile(rf"\s+((?:an?|another|one)\s+(?:[\w’'-]+\s+){{0,3}}?(?:{people})\b)")


def _summed(scored: Scored, quantity: Quantity) -> tuple[Interval | None, float | None, Span | None]:
    """The figure with those that are listed after it in one breath."""
    text = scored.unit.report.text
    total, end = quantity.interval, quantity.span.end
    for other in scored.unit.quantities:
        if other.span.begin >= end and other.interval is not None and total is not None:
            if not _AND_MORE.fullmatch(text, end, other.span.begin):
                break
            total, end = total + other.interval, other.span.end
    return total, None, Span(quantity.span.begin, end)


def scope_of(scored: Scored, count: Interval | None) -> Scope:
    """A total when the model says so, or when a plural figure is summed over months that reach up to publication."""
    if scored.probabilities("scope").argmax():
        return Scope.TOTAL
    best = int(scored.time.argmax())
    if best < SPECIAL or count is None or count.hi == 1:
        return Scope.EVENT
    expression, published = scored.unit.times[best - SPECIAL], scored.unit.report.published
    running = expression.kind is TimeKind.SINCE or (
        expression.when is not None and expression.when.last == published and expression.when.days > _RUNNING_DAYS
    )
    return Scope.TOTAL if running else Scope.EVENT


def when_of(scored: Scored) -> tuple[DateInterval | None, Span | None, bool]:
    """When it happened, the words that say so, and whether it is recalled from earlier.

    Both are decided together: what is recalled did not happen in the days before publication, and a measure of weeks
    ago is recalled.
    """
    published = scored.unit.report.published
    time, background = scored.time, np.log(scored.probabilities("background") + 1e-9)
    table = time[:, None] + background[None, :]
    table[1:SPECIAL, 1] = -np.inf
    ages = scored.structural or scored.type in MEASURES
    for row, expression in enumerate(scored.unit.times, SPECIAL):
        when = expression.when
        if ages and when and published and (published - when.last).days > _NEWS_DAYS:
            table[row, 0] = -np.inf
    best, recalled = np.unravel_index(int(table.argmax()), table.shape)
    if best >= SPECIAL:
        expression = scored.unit.times[int(best) - SPECIAL]
        return expression.when, expression.span, bool(recalled)
    if best == 0 or published is None:
        return None, None, bool(recalled)
    fresh = DateInterval(published - timedelta(_LEDE_DAYS), published) if best == 1 else DateInterval.day(published)
    return fresh, None, bool(recalled)
