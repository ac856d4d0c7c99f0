"""Are two names those of one voice? Surnames, initials, and spellings that went through another alphabet."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from nongrata.resolution.parties import state_in, state_of
from nongrata.resolution.settings import lineage_words

ALIKE = 87
"""Likeness of two spellings of a name (rapidfuzz, 0 to 100) from which they count as one."""
SOUND = 86
"""The same for two words of a name as they sound, which are shorter."""
SHORT = 4
"""Names and words of names with fewer letters must be equal."""
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def same_name(a: str, b: str) -> bool:
    """True for two folded names of one voice: equal, one the surname of the other, or spelled alike.

    "Kulhanek" and "Kulganek", "De Croo" and "De Kroo" are spelled alike: names are compared as they sound after a way
    through other alphabets.
    """
    if a == b:
        return True
    if min(len(a), len(b)) < SHORT or _of_two_states(a, b):
        return False
    x, y = bare_words(a), bare_words(b)
    if not x or not y:
        return False
    return x <= y or y <= x or ratio(a, b) >= ALIKE or _sound_alike(x, y)


def _of_two_states(a: str, b: str) -> bool:
    """True for names that name two states: "Austrian police" and "Australian police" are spelled alike."""
    here, there = (state_of(name) or state_in(name) for name in (a, b))
    return bool(here and there and here != there)


def bare_words(said: str) -> frozenset[str]:
    """The words of a folded name without those that only count, hide or rank ("four unnamed officials")."""
    hollow = lineage_words()["hollow"]
    return frozenset(word for word in said.split() if word not in hollow)


def _sound_alike(x: frozenset[str], y: frozenset[str]) -> bool:
    """True when each long word of the shorter name sounds like one of the longer name."""
    few, many = sorted((x, y), key=lambda words: (len(words), sorted(words)))
    marked = [word for word in few if len(word) >= SHORT]
    return bool(marked) and all(_heard(word, many) for word in few)


def _heard(word: str, among: frozenset[str]) -> bool:
    if word in among:
        return True
    heard = sound(word)
    if len(word) < SHORT or len(heard) < SHORT - 1:
        return False
    return any(len(one) >= SHORT and ratio(heard, sound(one)) >= SOUND for one in among)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A folded word as it is left after a way through other alphabets: one letter for each sound, none twice."""
    for spelled, heard in lineage_words()["sounds"]:
        word = word.replace(spelled, heard)
    return _TWICE.sub(r"\1", word)
