"""Outlets that no vocabulary knows, by the words around them: "the weekly Slipstream", "as Agence Corail relays"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from nongrata.language.outlet_hits import OPEN_QUOTES, REACH, Hit, opens_sentence, words
from nongrata.vocabulary.states import states
from nongrata.vocabulary.words import word_set

_UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u017d\u0218\u021a\u018f\u0391-\u03a9\u0400-\u042f\u0490"
_WORD = rf"[{_UPPER}](?:[\w&+-]|['.](?=\w))*|\d+[\w+-]*"
_JOINT = r"(?:of|de|del|della|di|da|do|du|la|le|el|y|e|et|for|on|in|&|der|die|van|am|und)"
_FORWARD = re.compile(rf"(?:{_WORD})(?:[ -](?:(?:{_JOINT}) ){{0,2}}(?:{_WORD})){{0,4}}")
_BACKWARD = re.compile(rf"(?<![\w'.&/-])(?:(?:{_WORD})[ -](?:{_JOINT} ){{0,2}}){{0,4}}(?:{_WORD})$")


def unknown_names(plain: str, hits: Iterable[Hit]) -> Iterator[tuple[int, int]]:
    """Names that a cue gives away; they may overlap."""
    for begin, end, entry in hits:
        finder = _FINDERS.get(entry.kind)
        span = finder(plain, begin, end) if finder else None
        if span and not _is_no_outlet(plain[span[0] : span[1]], alone=entry.kind == "leads"):
            yield span


def _after_descriptor(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    return _name_from(plain, end)


def _after_loose_descriptor(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    before = plain[max(0, begin - REACH) : begin].split()
    if not before or before[-1].casefold() in words("not_press") or before[-1].casefold().startswith("anti-"):
        return None
    span = _name_from(plain, end)
    return None if span is None or plain[span[0] : span[1]].isupper() or _is_body(plain[span[0] : span[1]]) else span


def _before_follower(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    if plain[begin - 1 : begin] not in (" ", '"', "”", "'") or not begin:
        return None
    span = _name_until(plain, begin - 1)
    if span is None:
        return None
    parts = plain[span[0] : span[1]].split()
    if len(parts) == 1 and opens_sentence(plain, span[0]) and parts[0].casefold() in word_set("sentence_openers"):
        return None
    return span


def _after_lead(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    span = _name_from(plain, end)
    if span is None:
        return None
    parts = plain[span[0] : span[1]].split()
    titled = plain[span[0] : span[1]].startswith("The ") and 2 <= len(parts) <= 4
    likely = parts[-1] in words("soft_endings") and len(parts) > 1
    article = plain[span[0] - 4 : span[0]] == "the "
    short = article and parts[-1] in words("soft_endings") | words("endings")
    return span if titled or likely or short else None


def _after_relay(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    span = _name_from(plain, end)
    return None if span is None or _is_body(plain[span[0] : span[1]]) else span


def _with_ending(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    span = _name_until(plain, end)
    if span is None or span[0] >= begin:
        return None
    parts = plain[span[0] : span[1]].split()
    following = _FORWARD.match(plain, end + 1) if plain[end : end + 1] == " " else None
    if following and following[0].split()[0] not in words("continuations"):
        return None
    names = [word for word in parts[:-1] if word not in ("The",) and not _is_state_word(word)]
    return span if names else None


def _with_head(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    name = _FORWARD.match(plain[begin : begin + REACH])
    if name is None or begin + name.end() <= end + 1:
        return None
    return begin, begin + len(_trimmed(name[0]))


def _before_as_trail(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    """The name between "as" and "relays"."""
    span = _name_until(plain, begin - 1) if begin else None
    if span is None:
        return None
    before = plain[max(0, span[0] - 10) : span[0]].casefold().rstrip(OPEN_QUOTES + " ").removesuffix(" the")
    return span if before == "as" or before.endswith((" as", "\nas", "(as")) else None


def _with_stem(plain: str, begin: int, end: int) -> tuple[int, int] | None:
    span = _name_until(plain, end)
    return span if span and end - span[0] > 7 else None


_FINDERS: dict[str, Callable[[str, int, int], tuple[int, int] | None]] = {
    "descriptors": _after_descriptor,
    "loose_descriptors": _after_loose_descriptor,
    "followers": _before_follower,
    "leads": _after_lead,
    "endings": _with_ending,
    "heads": _with_head,
    "relays": _after_relay,
    "as_trails": _before_as_trail,
    "stems": _with_stem,
}


def _name_from(plain: str, at: int) -> tuple[int, int] | None:
    """The name that begins behind a cue, its marks of quotation left out."""
    if plain[at : at + 1] != " ":
        return None
    at += 1
    while at < len(plain) and plain[at] in OPEN_QUOTES:
        at += 1
    if plain.startswith("the ", at):
        at += 4
    name = _FORWARD.match(plain[at : at + REACH])
    if name is None:
        return None
    kept = _trimmed(name[0])
    return (at, at + len(kept)) if kept else None


def _name_until(plain: str, end: int) -> tuple[int, int] | None:
    """The name that ends at ``end``, without an opener of the sentence or a nationality before it."""
    while end and plain[end - 1] in "\"”»'*_":
        end -= 1
    start = max(0, end - REACH)
    name = _BACKWARD.search(plain[start:end])
    if name is None:
        return None
    begin = start + name.start()
    parts = plain[begin:end].split()
    while len(parts) > 1 and _is_lead_in(parts[0]):
        begin += len(parts[0]) + 1
        parts = parts[1:]
    return (begin, end) if parts and not _is_lead_in(parts[0]) and not _is_state_word(parts[-1]) else None


def _trimmed(name: str) -> str:
    """Without a possessive, and cut before a word that is no part of a name."""
    name = re.split(r"'s\b| (?:in|on|for) ", name, maxsplit=1)[0]
    parts = name.split(" ")
    while parts and parts[-1].casefold() in (*word_set("name_connectors"), "on", "in", "for", "monday", "tuesday"):
        parts.pop()
    return " ".join(parts).rstrip("-.&")


def _is_lead_in(word: str) -> bool:
    lower = word.casefold().removesuffix("'s")
    if word == "The":
        return False
    return lower in words("common_modifiers") or lower in word_set("sentence_openers") or _is_state_word(word)


def _is_body(name: str) -> bool:
    """True for the name of a ministry or service."""
    return any(word.casefold() in word_set("state_organs") for word in name.split())


def _is_state_word(word: str) -> bool:
    return word.removesuffix("'s") in _state_words()


@cache
def _state_words() -> frozenset[str]:
    return frozenset(
        form
        for state in states().values()
        for form in (
            state.name,
            *state.other_names,
            *state.adjectives,
            *state.people,
            *state.capitals,
            *state.government,
        )
    )


def _is_no_outlet(name: str, alone: bool) -> bool:
    """True for what only looks like a name; ``alone`` lets one word such as "Herald" pass, as after "told the"."""
    bare = name.removeprefix("The ")
    if len(bare) < 3 or bare in words("not_outlets") or _is_state_word(bare):
        return True
    parts = bare.split()
    if " ".join(parts[-2:]) in words("not_outlets"):
        return True
    if all(_is_lead_in(word) or word.isdigit() for word in parts):
        return True
    if len(parts) > 1:
        return False
    return bare.casefold() in word_set("titles") or (not alone and bare in words("endings") | words("heads"))
