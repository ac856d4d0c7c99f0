"""The gate: which texts can hold a claim at all. It is fast and broad; what it lets pass is read with care."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import count

from ahocorasick_rs import AhoCorasick

from nongrata.language.numerals import lowered
from nongrata.model import Span
from nongrata.vocabulary.events import EventType, event_types


@dataclass(frozen=True, slots=True)
class Hit:
    """A stem at the start of a word, with the event types it may tell of; the span covers the stem alone."""

    span: Span
    stem: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stem:
    """What a form is to each type: ``opens`` is True when a text with it passes whatever else it says.

    ``company`` names the types whose weak stems count beside it; ``needy`` those for which it needs firm company to
    open the gate; ``first`` and ``second`` number the pairs in which it comes first or is one of the words that may
    stand near.
    """

    opens: bool
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    needy: tuple[str, ...]
    firm: frozenset[str]
    company: frozenset[str]
    first: frozenset[int]
    second: frozenset[int]
    excluded: bool


_DENSE = 0.2
"""No labelled claim of ``eval/articles`` is lost at this share; at a quarter one is."""
_NEAR = 100
"""Characters between a stem and its firm company; no labelled claim of eval or the pool needs more."""
_PAIRED = 40
"""Characters between the words of a pair."""

_REMEMBERED, _SHORT = 256, 2_000
"""So many texts of at most so many characters have their hits remembered."""

_Found = tuple[_Stem, int, int]
"""A stem with where it begins and ends in the text."""


class _Company:
    """Where the words that go with weak stems stand: for each type the first that ends and the last that begins."""

    def __init__(self, found: Sequence[_Found]) -> None:
        self._first_end: dict[str, int] = {}
        self._last_begin: dict[str, int] = {}
        for stem, begin, end in found:
            for name in stem.company:
                self._first_end[name] = min(end, self._first_end.get(name, end))
                self._last_begin[name] = max(begin, self._last_begin.get(name, begin))

    def types(self, stem: _Stem, begin: int, end: int) -> tuple[str, ...]:
        """The types a weak stem may tell of, because another word of the text goes with it."""
        return tuple(
            name
            for name in stem.weak
            if name in self._first_end and (self._first_end[name] <= begin or self._last_begin[name] >= end)
        )


class _Places:
    """Where the words of some keys stand; asked for one near a place, outside itself."""

    def __init__(self, found: Iterable[tuple[Hashable, int, int]]) -> None:
        self._begins: dict[Hashable, list[int]] = defaultdict(list)
        self._ends: dict[Hashable, list[int]] = defaultdict(list)
        for key, begin, end in found:
            self._begins[key].append(begin)
            insort(self._ends[key], end)

    def near(self, key: Hashable, begin: int, end: int, most: int) -> bool:
        """True when a word of a key begins or ends at most so many characters away."""
        if key not in self._begins:
            return False
        begins, ends = self._begins[key], self._ends[key]
        after, before = bisect_left(begins, end), bisect_right(ends, begin) - 1
        return (after < len(begins) and begins[after] - end <= most) or (before >= 0 and begin - ends[before] <= most)


def _in_company(found: Sequence[_Found]) -> bool:
    """True when a stem that needs firm company has it near, or the two words of a pair stand near each other."""
    firm = _Places((name, begin, end) for stem, begin, end in found for name in stem.firm)
    if any(firm.near(name, begin, end, _NEAR) for stem, begin, end in found for name in stem.needy):
        return True
    firsts = [(number, begin, end) for stem, begin, end in found for number in stem.first]
    if not firsts:
        return False
    seconds = _Places((number, begin, end) for stem, begin, end in found for number in stem.second)
    return any(seconds.near(number, begin, end, _PAIRED) for number, begin, end in firsts)


class Gate:
    """The stems of all event types in one automaton: one pass over a text, whatever their number."""

    def __init__(self, types: Iterable[EventType] | None = None) -> None:
        strong: dict[str, list[str]] = defaultdict(list)
        weak: dict[str, list[str]] = defaultdict(list)
        firm: dict[str, set[str]] = defaultdict(set)
        beside: dict[str, set[str]] = defaultdict(set)
        shy: dict[str, list[str]] = defaultdict(list)
        first: dict[str, set[int]] = defaultdict(set)
        second: dict[str, set[int]] = defaultdict(set)
        excluded: set[str] = set()
        numbers = count()
        for event in _all_types() if types is None else types:
            for table, stems in (
                (strong, event.stems),
                (weak, event.weak),
                (shy, event.shy),
            ):
                for stem in stems:
                    table[stem].append(event.name)
            for table_, stems in ((firm, event.firm), (beside, event.beside)):
                for stem in stems:
                    table_[stem].add(event.name)
            for pair in event.pairs:
                number = next(numbers)
                first[pair[0]].add(number)
                for form in pair[1:]:
                    second[form].add(number)
            excluded.update(event.excluded)
        self._forms = tuple(dict.fromkeys([*strong, *weak, *firm, *beside, *first, *second, *excluded]))
        self._stems = tuple(
            _Stem(
                opens=not set(strong[form]) <= set(shy[form]),
                strong=tuple(strong[form]),
                weak=tuple(weak[form]),
                needy=tuple(dict.fromkeys(weak[form] + shy[form])),
                firm=frozenset(firm[form]),
                company=frozenset(firm[form] | beside[form]),
                first=frozenset(first[form]),
                second=frozenset(second[form]),
                excluded=form in excluded,
            )
            for form in self._forms
        )
        self._automaton = AhoCorasick(self._forms)
        # Several rules ask about one sentence, one after the other.
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._hits)

    def passes(self, text: str) -> bool:
        """True when the text can hold a claim: a stem that tells of a type alone, one near its company, or a pair."""
        found = list(self._found(text))
        return any(stem.opens for stem, _, _ in found) or _in_company(found)

    def passing(self, stretches: Sequence[str]) -> list[bool]:
        """Which stretches of a long text can hold a claim, each by itself.

        Where a fifth of them pass, the text is about such acts, and those too are read in which a weak stem stands only
        beside words that do not open the gate.
        """
        passed = [self.passes(stretch) for stretch in stretches]
        if sum(passed) < _DENSE * len(passed):
            return passed
        return [one or bool(self.hits(stretch)) for one, stretch in zip(passed, stretches, strict=True)]

    def hits(self, text: str) -> list[Hit]:
        """Every stem in the text in order, the weak ones too where their company stands in the same text."""
        return list(self._remembered(text) if len(text) <= _SHORT else self._hits(text))

    def _hits(self, text: str) -> tuple[Hit, ...]:
        found = list(self._found(text))
        company = _Company(found)
        hits: list[Hit] = []
        for stem, begin, end in found:
            types = dict.fromkeys(stem.strong + company.types(stem, begin, end))
            if types:
                hits.append(Hit(Span(begin, end), text[begin:end].lower(), tuple(types)))
        return tuple(hits)

    def _found(self, text: str) -> Iterator[_Found]:
        """Stems at the start of a word, but for those inside a context that is not coded."""
        lower = lowered(text).replace("’", "'")
        found = [
            (self._stems[index], begin, end)
            for index, begin, end in self._automaton.find_matches_as_indexes(lower, overlapping=True)
            if begin == 0 or not lower[begin - 1].isalnum()
        ]
        shut = _merged([(begin, end) for stem, begin, end in found if stem.excluded])
        for stem, begin, end in sorted(found, key=lambda hit: (hit[1], hit[2])):
            index = bisect_right(shut, (begin, len(lower))) - 1
            if index < 0 or end > shut[index][1]:
                yield stem, begin, end


def _all_types() -> Iterator[EventType]:
    """Every event type; what a user's own leaves out shuts nothing that the shipped ones tell of."""
    return (replace(event, excluded=()) if event.own else event for event in event_types().values())


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if merged and begin < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


@cache
def gate() -> Gate:
    """The gate over all event types, built once."""
    return Gate()


@cache
def shipped_gate() -> Gate:
    """The gate over the shipped types alone: what the trained reader looks for."""
    types = event_types().values()
    return Gate(event for event in types if not event.own) if any(event.own for event in types) else gate()
