"""The gate: which texts can hold a claim at all. It is fast and broad; what it lets pass is read with care."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

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
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    beside: frozenset[str]
    excluded: bool


_Found = tuple[_Stem, int, int]
"""A stem with where it begins and ends in the text."""


def _in_company(found: Sequence[_Found], stem: _Stem, begin: int, end: int) -> tuple[str, ...]:
    """The types a weak stem may tell of, because another word of the text goes with it."""
    if not stem.weak:
        return ()
    company = {name for other, b, e in found if other.beside and (e <= begin or end <= b) for name in other.beside}
    return tuple(name for name in stem.weak if name in company)


class Gate:
    """The stems of all event types in one automaton: one pass over a text, whatever their number."""

    def __init__(self, types: Iterable[EventType] | None = None) -> None:
        strong: dict[str, list[str]] = defaultdict(list)
        weak: dict[str, list[str]] = defaultdict(list)
        beside: dict[str, set[str]] = defaultdict(set)
        excluded: set[str] = set()
        for event in event_types().values() if types is None else types:
            for table, stems in ((strong, event.stems), (weak, event.weak)):
                for stem in stems:
                    table[stem].append(event.name)
            for stem in event.beside:
                beside[stem].add(event.name)
            excluded.update(event.excluded)
        self._forms = tuple(dict.fromkeys([*strong, *weak, *beside, *excluded]))
        self._stems = tuple(
            _Stem(tuple(strong[form]), tuple(weak[form]), frozenset(beside[form]), form in excluded)
            for form in self._forms
        )
        self._automaton = AhoCorasick(self._forms)

    def passes(self, text: str) -> bool:
        """True when the text can hold a claim: a stem that tells of a type alone, or a weak one beside its company."""
        found: list[_Found] = []
        for stem, begin, end in self._found(text):
            if stem.strong:
                return True
            found.append((stem, begin, end))
        return any(_in_company(found, *hit) for hit in found)

    def hits(self, text: str) -> list[Hit]:
        """Every stem in the text in order, the weak ones too where their company stands in the same text."""
        found = list(self._found(text))
        hits: list[Hit] = []
        for stem, begin, end in found:
            types = dict.fromkeys(stem.strong + _in_company(found, stem, begin, end))
            if types:
                hits.append(Hit(Span(begin, end), text[begin:end].lower(), tuple(types)))
        return hits

    def _found(self, text: str) -> Iterator[_Found]:
        """Stems at the start of a word, but for those inside a context that is not coded."""
        lower = lowered(text).replace("’", "'")
        found = [
            (self._stems[index], begin, end)
            for index, begin, end in self._automaton.find_matches_as_indexes(lower, overlapping=True)
            if begin == 0 or not lower[begin - 1].isalnum()
        ]
        shut = [(begin, end) for stem, begin, end in found if stem.excluded]
        for stem, begin, end in sorted(found, key=lambda hit: (hit[1], hit[2])):
            if not any(b <= begin and end <= e for b, e in shut):
                yield stem, begin, end


@cache
def gate() -> Gate:
    """The gate over the shipped event types, built once."""
    return Gate()
