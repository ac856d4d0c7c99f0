"""Outlets that a text names: those of the vocabulary, and unknown ones that the words around them give away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick

from nongrata.language.outlet_contexts import unknown_names
from nongrata.language.outlet_hits import OPEN_QUOTES, REACH, Hit, find_hits, opens_sentence, words
from nongrata.model import Span
from nongrata.vocabulary.outlets import outlets
from nongrata.vocabulary.words import word_set


@dataclass(frozen=True, slots=True)
class OutletMention:
    """A place where a text names an outlet.

    ``name`` is the vocabulary's name of a known outlet, else the name as it stands. The span leaves out descriptors
    ("the weekly"), quotation marks and a possessive ending.
    """

    span: Span
    name: str
    known: bool


_PLAIN = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\t": " ", "\u2011": "-"})


def find_outlets(text: str) -> list[OutletMention]:
    """The outlets that ``text`` names, in order and without overlap.

    A known outlet wins over an unknown one, a longer name over a shorter. A form that is a common word counts only next
    to a cue ("told Time", "the X account"). An unknown outlet is found by a describing word beside it ("the weekly
    Slipstream", "Karta news agency"), by the way it is cited ("as Agence Corail relays") or by its own words ("The
    Harbour Gazette"); once found, it is found wherever the text has its name. One pass over the text, and bounded work
    at each hit.
    """
    plain = text.translate(_PLAIN)
    hits = find_hits(plain)
    known = list(_known(plain, hits))
    taken = _Taken(known)
    unknown = [(b, e, plain[b:e]) for b, e in unknown_names(plain, hits) if taken.free(b, e)]
    unknown += _repeats(plain, {name for _, _, name in unknown})
    found = [OutletMention(Span(b, e), name, True) for b, e, name in known]
    at = 0
    for begin, end, _ in sorted(set(unknown), key=lambda hit: (hit[0], -hit[1])):
        if begin >= at and taken.free(begin, end):
            found.append(OutletMention(Span(begin, end), text[begin:end], False))
            at = end
    return sorted(found, key=lambda mention: mention.span)


def _known(plain: str, hits: Iterable[Hit]) -> Iterator[tuple[int, int, str]]:
    at = 0
    for begin, end, entry in hits:
        if begin < at or entry.kind not in ("strong", "weak"):
            continue
        if entry.kind == "weak" and not _has_cue(plain, begin, end, entry.name):
            continue
        if _continues(plain, begin, end):
            continue
        yield begin, end, entry.name
        at = end


def _continues(plain: str, begin: int, end: int) -> bool:
    """True for a part of a longer word or address: "CNN-style" is CNN's, "AP-7" and "mail@bbc.co.uk" are none."""
    if plain[end : end + 1] == "-" and plain[end + 1 : end + 2].isdigit():
        return True
    return begin > 1 and plain[begin - 1] in "-/" and plain[begin - 2].isdigit()


def _has_cue(plain: str, begin: int, end: int, name: str) -> bool:
    """True when the words around a weak form show that it is the outlet."""
    if plain[end : end + 1] == "-":
        return False
    before, after = plain[max(0, begin - REACH) : begin], plain[end : end + 24]
    opened = before[-1:] in OPEN_QUOTES and after[:1] in "\"”»'’*_)" and bool(after)
    if opened and (before[-1:] == "(" or _ends_with(before[:-1], _lead_words())):
        return True
    if _ends_with(before, words("platform_leads")) and outlets()[name].kind == "platform":
        return not after[:2].strip()[:1].isupper()
    if _ends_with(before, _lead_words()):
        return not re.match(r" [A-Z]", after)
    rest = after.removeprefix("'s")
    if opens_sentence(plain, begin):
        return _starts_with(rest, words("strong_trails")) and plain[begin:end].casefold() not in word_set(
            "sentence_openers"
        )
    return _starts_with(rest, words("trails"))


@cache
def _lead_words() -> frozenset[str]:
    return words("leads") | words("descriptors")


def _ends_with(before: str, cues: frozenset[str]) -> bool:
    words_before = before.rstrip(OPEN_QUOTES + " ").split()
    stripped = words_before[:-1] if words_before and words_before[-1].casefold() in ("the", "a") else words_before
    for tail in (words_before, stripped):
        if any(" ".join(tail[-n:]).casefold() in _lowered(cues) for n in (1, 2, 3) if len(tail) >= n):
            return True
    return False


def _starts_with(after: str, cues: frozenset[str]) -> bool:
    following = [word.strip(",.;:)\"'”") for word in after.split()[:2]]
    if after[:1] not in (" ", ",", '"', "”", "'", ")", "»"):
        return False
    return any(" ".join(following[:n]) in cues for n in (1, 2) if len(following) >= n)


@cache
def _lowered(cues: frozenset[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in cues)


class _Taken:
    """Which characters known outlets already hold."""

    def __init__(self, known: Iterable[tuple[int, int, str]]) -> None:
        self._at = {at for begin, end, _ in known for at in range(begin, end)}

    def free(self, begin: int, end: int) -> bool:
        return not any(at in self._at for at in range(begin, end))


def _repeats(plain: str, names: set[str]) -> list[tuple[int, int, str]]:
    """Every further place of the names found, with and without their article."""
    forms = {form: form for name in names for form in (name, name.removeprefix("The ")) if len(form) > 3}
    if not forms:
        return []
    ordered = list(forms)
    found = AhoCorasick(ordered).find_matches_as_indexes(plain, overlapping=True)
    return [(begin, end, ordered[index]) for index, begin, end in found if _stands_alone(plain, begin, end)]


def _stands_alone(plain: str, begin: int, end: int) -> bool:
    if begin and (plain[begin - 1].isalnum() or plain[begin - 1] in "_@-"):
        return False
    return not (plain[end : end + 1].isalnum() or plain[end : end + 1] in ("_", "-"))
