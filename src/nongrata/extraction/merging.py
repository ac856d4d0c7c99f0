"""The same claim told twice in one report is one claim, with every place where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nongrata.model import BlockRole, Claim, DateInterval, Interval, Report, Scope, Span
from nongrata.vocabulary.events import event_types
from nongrata.vocabulary.words import alternation


def merge(claims: Sequence[Claim], report: Report | None = None) -> list[Claim]:
    """One claim for each thing said, in the order of the text.

    Two claims are one when type, parties and realis agree (an unsaid party agrees with a said one), their words tell of
    no two acts, they have the same origin or one of them names no voice and retells it (a headline of the ``report``),
    they are as sure as each other, their counts and times do not contradict each other, and both are background or
    neither. The more specific values stay, and what a phrase says goes before what was only supposed. "The expulsion"
    after an expulsion of either party is that one, whatever is said of it, and no claim.
    """
    kept: list[Claim] = []
    for claim in claims:
        if report is not None and _points_back(claim, kept, report.text):
            continue
        for at, other in enumerate(kept):
            if _same(claim, other, report):
                kept[at] = _joined(other, claim)
                break
        else:
            kept.append(claim)
    return kept


_BARE = re.compile(r"\b(?:the|this|that|these|those)\s+$", re.IGNORECASE)


def _points_back(claim: Claim, before: Sequence[Claim], text: str) -> bool:
    """True for a measure named again by a bare noun ("the expulsion") after one of its type with a party of its own."""
    place = claim.spans.get("trigger")
    if place is None or not _BARE.search(text, max(0, place.begin - 12), place.begin):
        return False
    if not re.compile(rf"(?:{alternation('named_again')})\b(?!\s+(?:of|by|from)\b)", re.IGNORECASE).match(
        text, place.begin
    ):
        return False
    parties = _parties(claim)
    return any(other.type == claim.type and parties & _parties(other) for other in before)


def _parties(claim: Claim) -> set[str]:
    return {name for name in (claim.actor, *(claim.actors or ()), claim.target) if name}


def _same(a: Claim, b: Claim, report: Report | None) -> bool:
    return (
        a.type == b.type
        and not _apart(a, b)
        and a.factuality == b.factuality
        and _same_voice(a, b, report)
        and a.realis == b.realis
        and a.background == b.background
        and _agree(a.actor or a.actors, b.actor or b.actors)
        and _agree(a.target, b.target)
        and _compatible(a.count, b.count)
        and (a.when is None or b.when is None or a.when.overlaps(b.when))
    )


def _apart(a: Claim, b: Claim) -> bool:
    """True for two acts of one type, by the words of their triggers ("closes the consulate", "expels 60")."""
    event = event_types().get(a.type)
    return event is not None and event.are_apart(a.trigger or "", b.trigger or "")


def _same_voice(a: Claim, b: Claim, report: Report | None) -> bool:
    """True when both go back to one origin, or one has no voice but the publisher's and retells the other.

    Elsewhere what the outlet says in a sentence of its own and what somebody tells it are two claims.
    """
    shorter, longer = sorted((a, b), key=lambda claim: len(claim.chain))
    if shorter.chain.origin is None or longer.chain.origin is None:
        return True
    if shorter.chain.origin.name == longer.chain.origin.name:
        return True
    alone = len(shorter.chain) == 1 and shorter.chain.origin == longer.chain.publisher
    return alone and report is not None and _retells(report, shorter.spans["trigger"])


def _retells(report: Report, first: Span) -> bool:
    """True for a headline, and for any sentence of a report whose source line says whom it retells."""
    headed = any(head.span.covers(first) for head in report.blocks_of(BlockRole.TITLE))
    return headed or bool(report.blocks_of(BlockRole.SOURCE_LINE))


def _agree(a: object, b: object) -> bool:
    return a == b or a is None or b is None


def _compatible(a: Interval | None, b: Interval | None) -> bool:
    return a is None or b is None or not a.contradicts(b)


def _joined(a: Claim, b: Claim) -> Claim:
    """The more specific of two tellings, with the other's values where it has none."""
    main, other = (a, b) if (_detail(a), a.confidence) >= (_detail(b), b.confidence) else (b, a)
    count = _better_count(main, other)
    when = _better_when(main, other)
    spans = dict(main.spans)
    values: dict[str, Any] = {}
    if count is not main.count:
        values |= {"count": count, "count_text": other.count_text}
        _take(spans, other, "count")
    if when is not main.when:
        values |= {"when": when, "when_text": other.when_text}
        _take(spans, other, "when")
    if main.actor is None and not main.actors and (other.actor or other.actors):
        values |= {"actor": other.actor, "actors": other.actors, "actor_state": other.actor_state}
        _take(spans, other, "actor")
    if main.target is None and other.target:
        values |= {"target": other.target, "target_state": other.target_state}
        _take(spans, other, "target")
    if Scope.TOTAL in (main.scope, other.scope):
        values["scope"] = Scope.TOTAL
    if len(other.chain) > len(main.chain):
        values["chain"] = other.chain
        _take(spans, other, "source")
    places = {*main.also, *other.also}
    if "trigger" in other.spans:
        places.add(other.spans["trigger"])
    places.discard(main.spans.get("trigger", Span(0, 0)))
    return replace(
        main, **values, spans=spans, also=tuple(sorted(places)), confidence=max(main.confidence, other.confidence)
    )


def _take(spans: dict[str, Span], other: Claim, field: str) -> None:
    spans.pop(field, None)
    if field in other.spans:
        spans[field] = other.spans[field]


def _detail(claim: Claim) -> int:
    return sum(v is not None for v in (claim.actor or claim.actors, claim.target, claim.count, claim.when))


def _better_count(a: Claim, b: Claim) -> Interval | None:
    """The count that a phrase gives, then the narrower one."""
    if a.count is None or b.count is None:
        return a.count or b.count
    return min((a, b), key=lambda c: (c.count_text is None, _width(c.count))).count


def _width(interval: Interval | None) -> float:
    return float("inf") if interval is None or interval.hi is None else interval.hi - interval.lo


def _better_when(a: Claim, b: Claim) -> DateInterval | None:
    """The time that a phrase gives, then the shorter one."""
    if a.when is None or b.when is None:
        return a.when or b.when
    return min((a, b), key=lambda c: (c.when_text is None, c.when.days if c.when else 0)).when
