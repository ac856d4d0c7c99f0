"""The vocabulary of outlets and the cues around them as one automaton, and its hits in a text."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from nongrata.vocabulary.outlets import surface_forms
from nongrata.vocabulary.tables import read_text

REACH = 60
"""Characters on either side of a cue in which a name is looked for."""
OPEN_QUOTES = "\"“”„«'‘*_("
_SENTENCE_END = '.!?:\n"“”«»•|'


class Entry(NamedTuple):
    """What a pattern of the automaton is: an outlet's form, or a cue of one kind."""

    kind: str
    name: str = ""


class _Table(NamedTuple):
    automaton: AhoCorasick
    entries: tuple[tuple[Entry, ...], ...]


class Hit(NamedTuple):
    """A place where a pattern stands as whole words."""

    begin: int
    end: int
    entry: Entry


_CUES = (
    "descriptors",
    "loose_descriptors",
    "followers",
    "leads",
    "endings",
    "heads",
    "as_trails",
    "stems",
    "relays",
)


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``outlet_words.toml``; those given as running words are split at spaces."""
    cell: str = _lists()[name]
    entries = cell.split() if name in ("not_press", "common_modifiers") else cell.strip().split("\n")
    return frozenset(entries)


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(read_text("outlet_words.toml"))


@cache
def _table() -> _Table:
    entries = {form: (Entry("weak" if weak else "strong", name),) for form, name, weak in surface_forms()}
    for kind in _CUES:
        for word in words(kind):
            entries[word] = (*entries.get(word, ()), Entry(kind))
    return _Table(AhoCorasick(list(entries)), tuple(entries.values()))


def find_hits(plain: str) -> list[Hit]:
    """Every whole-word hit, by begin and then longest first."""
    table = _table()
    found: list[Hit] = []
    for index, begin, end in table.automaton.find_matches_as_indexes(plain, overlapping=True):
        after = plain[end : end + 1]
        if after.isalnum() or after == "_" or (after == "." and plain[end + 1 : end + 2].isalnum()):
            continue
        for entry in table.entries[index]:
            inside = begin > 0 and (plain[begin - 1].isalnum() or plain[begin - 1] in "_@")
            if inside == (entry.kind == "stems"):
                found.append(Hit(begin, end, entry))
    found.sort(key=lambda hit: (hit.begin, -hit.end))
    return found


def opens_sentence(plain: str, begin: int) -> bool:
    """True when a capital at ``begin`` says nothing, because a sentence, a line or a quotation starts there."""
    before = plain[max(0, begin - 4) : begin].rstrip(" '\"“*_(-–—")
    return not before or before[-1] in _SENTENCE_END or "\n" in plain[max(0, begin - 2) : begin]
