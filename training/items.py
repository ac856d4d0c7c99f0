"""Units with their labels as arrays: what the network is trained on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from nongrata.evaluation.matching import same_name
from nongrata.extraction.choosing import as_states
from nongrata.extraction.layout import FACTUALITY, REALIS, TYPES
from nongrata.extraction.units import Unit, token_kinds, units
from nongrata.extraction.victims import description
from nongrata.language.gate import gate
from nongrata.language.wordspan import whole_words
from nongrata.model import DateInterval, Interval, Span
from training.data import Labelled, find


@dataclass
class Reading:
    """One marked trigger with what is to be read off it; a negative has no ``classes``."""

    kind: int
    tokens: list[int]
    actors: list[int] | None = None  # party indices; [] = unsaid; None = not known
    targets: list[int] | None = None
    voice: np.ndarray | None = None
    count: list[int] | None = None  # 0..2 special, 3.. quantities
    time: list[int] | None = None
    classes: dict[str, int] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """True for a claim."""
        return bool(self.classes)


@dataclass
class Pool:
    """Candidates of one kind as matrices.

    ``weights`` (places, pieces) averages over a place; ``slots`` (candidates, places) lists a candidate's places or -1.
    """

    weights: np.ndarray
    slots: np.ndarray

    @classmethod
    def of(cls, unit: Unit, candidates: Sequence[Sequence[Span]]) -> Pool:
        """The pool of candidates that each stand at some places."""
        rows, slots = [], []
        for spans in candidates:
            slots.append([])
            for span in spans:
                tokens = unit.tokens(span)
                if tokens:
                    row = np.zeros(len(unit.ids), np.float32)
                    row[tokens] = 1 / len(tokens)
                    slots[-1].append(len(rows))
                    rows.append(row)
        width = max((len(s) for s in slots), default=0) or 1
        table = np.full((len(slots), width), -1, np.int64)
        for at, places in enumerate(slots):
            table[at, : len(places)] = places
        return cls(np.stack(rows) if rows else np.zeros((0, len(unit.ids)), np.float32), table)


@dataclass
class Item:
    """A unit ready for the network; token indices count without [CLS]."""

    unit: Unit
    features: list[int]
    tags: np.ndarray
    readings: list[Reading]
    negatives: list[Reading]
    pools: dict[str, Pool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pools = {
            "party": Pool.of(self.unit, [p.spans for p in self.unit.parties]),
            "count": Pool.of(self.unit, [[q.span] for q in self.unit.quantities]),
            "time": Pool.of(self.unit, [[t.span] for t in self.unit.times]),
        }


def items(labelled: Labelled, tokenizer: Tokenizer, order: Sequence[int] | None) -> list[Item]:
    """The items of one report."""
    found = []
    for unit in units(labelled.report, tokenizer, order):
        groups: dict[tuple[str, Span], list[dict[str, Any]]] = defaultdict(list)
        for claim in labelled.claims:
            place: Span = claim["place"]
            middle = (place.begin + place.end) // 2
            if unit.span.begin <= middle < unit.span.end and unit.tokens(place):
                groups[claim["type"], place].append(claim)
        found.append(_item(unit, groups))
    return found


def _item(unit: Unit, groups: dict[tuple[str, Span], list[dict[str, Any]]]) -> Item:
    tags = np.zeros((len(unit.ids), len(TYPES)), np.float32)
    readings, taken = [], set()
    for (kind, place), claims in groups.items():
        tokens = unit.tokens(place)
        tags[tokens, TYPES.index(kind)] = 1
        taken |= {(kind, t) for t in tokens}
        readings.append(_reading(unit, kind, tokens, claims))
    negatives = [
        Reading(TYPES.index(kind), tokens)
        for kind, tokens in candidate_triggers(unit)
        if not any((kind, t) in taken for t in tokens)
    ]
    return Item(unit, token_kinds(unit), tags, readings, negatives)


def _reading(unit: Unit, kind: str, tokens: list[int], claims: list[dict[str, Any]]) -> Reading:
    first = claims[0]
    actors = {a for c in claims for a in [c.get("actor"), *(c.get("actors") or [])] if a}
    targets = {c["target"] for c in claims if c.get("target")}
    persons = {(c["target"], c["target_state"]) for c in claims if c.get("target") and c.get("target_state")}
    return Reading(
        kind=TYPES.index(kind),
        tokens=tokens,
        actors=_party_labels(unit, kind, "actor", actors),
        targets=_party_labels(unit, kind, "target", targets) or _person_labels(unit, persons) if targets else [],
        voice=_voice_labels(unit, first),
        count=_count_labels(unit, first),
        time=_time_labels(unit, first),
        classes={
            "valid": 1,
            "factuality": FACTUALITY.index(first["factuality"]),
            "realis": REALIS.index(first.get("realis") or "actual"),
            "background": int(bool(first.get("background"))),
            "scope": int(first.get("scope") == "total"),
        },
    )


def _party_labels(unit: Unit, kind: str, side: str, names: set[str]) -> list[int] | None:
    if not names:
        return []
    meant = [as_states(kind, side, [party])[0].name for party in unit.parties]
    return [i for i, name in enumerate(meant) if any(same_name(name, other) for other in names)] or None


def _person_labels(unit: Unit, persons: set[tuple[str, str]]) -> list[int] | None:
    """The states whose leader's name or description of a person is the target: reading turns them into the person."""
    text = unit.report.text
    found = [
        i
        for i, party in enumerate(unit.parties)
        for name, state in persons
        if party.name == state
        and any(
            same_name(span.of(text), name) or ((told := description(text, span)) and same_name(told.of(text), name))
            for span in party.spans
        )
    ]
    return found or None


def _voice_labels(unit: Unit, claim: dict[str, Any]) -> np.ndarray:
    labels = np.zeros(len(unit.ids), np.float32)
    if "voices" in claim:
        spans = [Span(*s) for s in claim["voices"]]
    else:
        outlets = {unit.report.publisher, *(o for s in unit.report.sources for o in s.split(" via "))}
        spans = []
        for voice in claim["source_chain"]:
            if voice in outlets:
                continue
            place = find(unit.report.text, voice)
            if place:
                spans.append(place)
    for span in spans:
        labels[unit.tokens(span)] = 1
    return labels


def _count_labels(unit: Unit, claim: dict[str, Any]) -> list[int] | None:
    share, count = claim.get("share"), Interval.from_list(claim.get("count"))
    equal = [
        3 + i
        for i, q in enumerate(unit.quantities)
        if (share is not None and q.share is not None and abs(q.share - share) < 0.005)
        or (count is not None and q.kind == "count" and q.interval == count)
    ]
    if equal:
        return equal
    if share is not None:
        return None
    if count is None:
        return [0]
    if count == Interval(2, None):
        return [1]
    return [2] if count == Interval(1, 1) else None


def _time_labels(unit: Unit, claim: dict[str, Any]) -> list[int] | None:
    when = DateInterval.from_list(claim.get("when"))
    if when is None:
        return [0]
    equal = [3 + i for i, t in enumerate(unit.times) if t.when == when]
    if equal:
        return equal
    published = unit.report.published
    if published and when == DateInterval(published - timedelta(3), published):
        return [1]
    return [2] if published and when == DateInterval.day(published) else None


def candidate_triggers(unit: Unit) -> list[tuple[str, list[int]]]:
    """Every word of the unit that holds a stem, with each type it may tell of."""
    text = unit.report.text
    found: list[tuple[str, list[int]]] = []
    seen: set[tuple[str, Span]] = set()
    for hit in gate().hits(unit.span.of(text)):
        word = whole_words(text, hit.span.shifted(unit.span.begin))
        tokens = unit.tokens(word)
        for kind in hit.types:
            if tokens and (kind, word) not in seen:
                seen.add((kind, word))
                found.append((kind, tokens))
    return found
