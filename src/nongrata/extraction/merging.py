"""The same claim told twice in one report is one claim, with every place where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nongrata.model import Claim, DateInterval, Interval, Span


def merge(claims: Sequence[Claim]) -> list[Claim]:
    """One claim for each thing said, in the order of the text.

    Two claims are one when type, parties, polarity and plan agree (an unsaid party agrees with a said one), their
    counts and times do not contradict each other, and both are background or neither. The more specific values stay.
    """
    kept: list[Claim] = []
    for claim in claims:
        for at, other in enumerate(kept):
            if _same(claim, other):
                kept[at] = _joined(other, claim)
                break
        else:
            kept.append(claim)
    return kept


def _same(a: Claim, b: Claim) -> bool:
    return (
        a.type == b.type
        and a.denied == b.denied
        and a.realis == b.realis
        and a.background == b.background
        and a.scope == b.scope
        and _agree(a.actor or a.actors, b.actor or b.actors)
        and _agree(a.target, b.target)
        and _compatible(a.count, b.count)
        and (a.when is None or b.when is None or a.when.overlaps(b.when))
    )


def _agree(a: object, b: object) -> bool:
    return a == b or a is None or b is None


def _compatible(a: Interval | None, b: Interval | None) -> bool:
    return a is None or b is None or not a.contradicts(b)


def _joined(a: Claim, b: Claim) -> Claim:
    """The more specific of two tellings, with the other's values where it has none."""
    main, other = (a, b) if (_detail(a), a.confidence) >= (_detail(b), b.confidence) else (b, a)
    count = _tighter(main.count, other.count)
    when = _shorter(main.when, other.when)
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


def _tighter(a: Interval | None, b: Interval | None) -> Interval | None:
    if a is None or b is None:
        return a or b
    return b if _width(b) < _width(a) else a


def _width(interval: Interval) -> float:
    return float("inf") if interval.hi is None else interval.hi - interval.lo


def _shorter(a: DateInterval | None, b: DateInterval | None) -> DateInterval | None:
    if a is None or b is None:
        return a or b
    return b if b.days < a.days else a
