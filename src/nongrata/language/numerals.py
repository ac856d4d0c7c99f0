"""Numbers in figures and words: where they stand and what they are worth, before anyone asks what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from nongrata.model import Interval
from nongrata.vocabulary.quantities import quantity_words

NumeralForm = Literal["figure", "word", "vague", "fraction", "ordinal", "fixed"]
_MAX_FIGURES = 15
"""Longer rows of figures are serial numbers; they have no value."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at ``text[begin:end]``.

    ``value`` is None where the form has none that can be counted: an ordinal, a name such as "Five Eyes", a decimal.
    ``mantissa`` and ``scale`` are its parts ("3 million": 3 and 1,000,000), so that "2 to 3 million" can share the
    scale. ``share`` is set for fractions ("two thirds").
    """

    begin: int
    end: int
    form: NumeralForm
    value: Interval | None = None
    mantissa: float = 0.0
    scale: int = 1
    share: float | None = None


def either(words: Iterable[str]) -> str:
    """A pattern for any of the phrases, longest first; a blank in one stands for white space or a hyphen."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"(?:\s{1,3}|-)").replace("'", "['’]") for word in ordered)


def lowered(text: str) -> str:
    """``text`` in lower case with every character in its place (a capital dotted I alone would become two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.replace("İ", "I").lower()


def find_numerals(text: str) -> Iterator[Numeral]:
    """The numbers in ``text``, in order and without overlap."""
    for match in _pattern().finditer(lowered(text)):
        form = match.lastgroup
        if form == "figure":
            yield _figure(match)
        elif form == "words":
            yield from _words(match)
        elif form == "vague":
            value = quantity_words().vague[re.sub(r"[\s-]+", " ", match[0].lower())]
            yield Numeral(match.start(), match.end(), "vague", value)
        elif form == "fraction":
            yield Numeral(match.start(), match.end(), "fraction", share=_share(match[0]))
        elif form != "comparison":  # "how many", "as many as" hold no number of their own
            yield Numeral(match.start(), match.end(), "ordinal" if form == "ordinal" else "fixed")


@cache
def _pattern() -> re.Pattern[str]:
    words = quantity_words()
    scale = either(_multiples())
    digit_words = either([word for word, value in words.units.items() if 0 < value < 10])
    fractions = either(words.fractions)
    number_word = either([*words.units, *words.tens, *_multiples()])
    figure = (
        r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)|\d++)(?:\.\d++)?"
        rf"(?:(?:[\s-](?:{scale})\b){{1,2}}|(?:{either(words.suffixes)})\b)?"
    )
    joint = r"(?:\s{1,3}(?:and\s{1,3})?|\s?-\s?)"
    parts = {
        "fixed": rf"(?:{either(words.fixed)})\b",
        "fraction": rf"an?\s(?:{fractions})(?=\sof\b)|(?:{digit_words})[\s-](?:{fractions})s?\b(?!\s(?!of\b)[a-z])"
        r"|half(?=\s(?:of|the|its|their|his|her|all|our)\b)",
        "comparison": r"(?:how|so|too|as)\smany\b",
        "vague": rf"(?:{either(words.vague)})(?!\w)",
        "ordinal": rf"(?:(?:{either(words.tens)})[\s-])?(?:{either(words.lists['ordinals'])})\b",
        "words": rf"(?:an?[\s-](?=(?:{scale})\b))?(?:{number_word})\b(?:{joint}(?:{number_word})\b)*+",
    }
    # Word branches share one boundary test and a test of the first letters, so that most of a text is passed over fast.
    phrases = [*words.fixed, *words.vague, *words.units, *words.tens, *_multiples(), *words.lists["ordinals"]]
    openings = {phrase[:2] for phrase in phrases} | {"a ", "an", "ha", "ho", "so", "to", "as"}
    named = "|".join(f"(?P<{name}>{part})" for name, part in parts.items())
    return re.compile(rf"(?P<figure>{figure})|\b(?=(?:{'|'.join(sorted(openings))}))(?:{named})")


@cache
def _multiples() -> dict[str, int]:
    return {**quantity_words().scales, "dozen": 12}


_FIGURE = re.compile(r"([\d,\u00a0\u202f]+(?:\.\d+)?)(.*)", re.DOTALL)


def _figure(match: re.Match[str]) -> Numeral:
    begin, end = match.span()
    parts = _FIGURE.fullmatch(match[0])
    figures, tail = (parts[1], parts[2].lower()) if parts else (match[0], "")
    if len(figures) > _MAX_FIGURES:
        return Numeral(begin, end, "figure")
    mantissa = float(re.sub(r"[,\u00a0\u202f]", "", figures))
    scale = 1
    for word in re.findall(r"[a-z]+", tail):
        scale *= _multiples().get(word) or quantity_words().suffixes[word]
    product = mantissa * scale
    if scale == 1 and "." in figures:
        return Numeral(begin, end, "figure", None, mantissa)
    return Numeral(begin, end, "figure", Interval.exact(round(product)), mantissa, scale)


_TOKEN = re.compile(r"[a-z]+", re.IGNORECASE)


def _words(match: re.Match[str]) -> Iterator[Numeral]:
    """A run of number words can hold several numbers ("five and six"): each is read as far as it goes."""
    total = current = 0
    begin = end = -1
    joined = False
    for token in _TOKEN.finditer(match[0]):
        word = token[0].lower()
        if word in ("a", "an"):
            begin, end = token.start(), token.end()
            continue
        if word == "and":
            joined = True
            continue
        step = _next(total, current, word, joined)
        if step is None and (total or current):
            yield _number(match.start(), begin, end, total + current)
            total = current = 0
            begin, step = token.start(), _next(0, 0, word, False)
        if begin < 0:
            begin = token.start()
        total, current = step or (0, 0)
        end, joined = token.end(), False
    yield _number(match.start(), begin, end, total + current)


def _next(total: int, current: int, word: str, joined: bool) -> tuple[int, int] | None:
    """Total and current part after one more word; None when the word begins another number."""
    words = quantity_words()
    if word in words.scales or word == "dozen":
        scale = _multiples()[word]
        if scale == 100 and (joined or current >= 100):
            return None
        if scale == 100:
            return total, max(1, current) * 100
        if joined or (current == 0 and total > 0) or (scale == 12 and total > 0) or (0 < total < scale):
            return None
        return total + max(1, current) * scale, 0
    value = words.units.get(word, words.tens.get(word, 0))
    if current == 0:
        follows = total == 0 or (total >= 1000 and value > 0)
        return (total, value) if follows and not (joined and total == 0) else None
    if current % 100 == 0:
        return (total, current + value) if value else None
    is_ten = current % 10 == 0 and current % 100 >= 20
    return (total, current + value) if is_ten and 0 < value < 10 and not joined else None


def _number(offset: int, begin: int, end: int, value: int) -> Numeral:
    scale = next(
        (s for s in sorted(quantity_words().scales.values(), reverse=True) if value >= s and value % s == 0), 1
    )
    return Numeral(offset + begin, offset + end, "word", Interval.exact(value), value / scale, scale)


def _share(text: str) -> float:
    words = quantity_words()
    parts = re.split(r"[\s-]+", text.lower())
    denominator = words.fractions.get(parts[-1]) or words.fractions[parts[-1].removesuffix("s")]
    count = words.units.get(parts[0], 1) if len(parts) > 1 else 1
    return round(min(1.0, count / denominator), 4)
