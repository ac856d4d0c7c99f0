"""Hedges and cue verbs with the factuality they give (``hedges.toml``, ``cues.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from nongrata.model import Factuality, VocabularyError
from nongrata.vocabulary.tables import read_text


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word or phrase in lower case and how sure it makes what it stands with.

    ``band`` are the bounds of the probability that ICD 203 (US Intelligence Community Directive, 2015) gives the word;
    None for words of allegation and bare modals, which have factuality and no probability.
    """

    phrase: str
    factuality: Factuality
    band: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb or noun that gives what a voice says: one inflected ``form`` of a ``lemma``, in lower case.

    ``group`` is "said", "charged", "held", "denied" or "asked"; ``factuality`` is what the cue gives its content for
    that voice. ``takes`` tells what may follow: "that", "of", "object", "quote".
    """

    form: str
    lemma: str
    group: str
    factuality: Factuality
    noun: bool
    takes: tuple[str, ...]


@cache
def hedges() -> Mapping[str, Hedge]:
    """All hedges by phrase.

    Raises:
        VocabularyError: a factuality or band is none.
    """
    found: dict[str, Hedge] = {}
    for entry in tomllib.loads(read_text("hedges.toml"))["hedge"]:
        factuality, band = _factuality(entry, "hedges.toml"), _band(entry)
        bandless = frozenset(entry.get("bandless", ()))
        for phrase in entry["words"]:
            found[phrase] = Hedge(phrase, factuality, None if phrase in bandless else band)
    return found


@cache
def cues() -> Mapping[str, Cue]:
    """All forms of all cues; where a form belongs to two groups, the first in the file keeps it.

    Raises:
        VocabularyError: a factuality is none.
    """
    raw = tomllib.loads(read_text("cues.toml"))
    irregular: Mapping[str, list[str]] = raw.pop("irregular")
    found: dict[str, Cue] = {}
    for group, table in raw.items():
        factuality, takes = _factuality(table, "cues.toml"), tuple(table["takes"])
        for lemma in table["verbs"]:
            for form in (lemma, *irregular.get(lemma, ()), *(() if " " in lemma else _inflected(lemma))):
                found.setdefault(form, Cue(form, lemma, group, factuality, False, takes))
        for lemma in table["nouns"]:
            for form in (lemma, _plural(lemma)):
                found.setdefault(form, Cue(form, lemma, group, factuality, True, takes))
    return found


def _factuality(entry: Mapping[str, Any], name: str) -> Factuality:
    try:
        return Factuality(entry["factuality"])
    except (KeyError, ValueError) as error:
        raise VocabularyError(
            f"an entry of {name} has no factuality of the scale: give it one of CT+ PR+ PS+ CT- Uu"
        ) from error


def _band(entry: Mapping[str, Any]) -> tuple[float, float] | None:
    band = entry.get("band")
    if band is None:
        return None
    if len(band) != 2 or not 0 <= band[0] <= band[1] <= 1:
        raise VocabularyError(f"the band {band} in hedges.toml is no pair of probabilities: correct it")
    return float(band[0]), float(band[1])


_VOWELS = frozenset("aeiou")
_DOUBLED = frozenset({"admit", "rebut", "swear", "brag", "refer", "commit"})


def _inflected(verb: str) -> Iterator[str]:
    """The regular third person, past and participle."""
    stem = verb + verb[-1] if verb in _DOUBLED else verb
    yield _plural(verb)
    if verb.endswith("e"):
        yield from (verb + "d", verb[:-1] + "ing")
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        yield from (verb[:-1] + "ied", verb + "ing")
    else:
        yield from (stem + "ed", stem + "ing")


def _plural(word: str) -> str:
    """The word with its s: of a noun the plural, of a verb the third person."""
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x")) else "s")
