"""What stands around a number and says what it is: a modifier, a unit, a month, a name it belongs to."""

from __future__ import annotations

import re
from functools import cache

from nongrata.language.numerals import Numeral, either
from nongrata.vocabulary.quantities import quantity_words

_REACH = 32
"""Characters looked at on either side: the longest modifier or unit fits, and work stays linear in the text."""
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?,?\s(?:of\s)?{_MONTHS}|\s?(?:and|-|–|to|or)\s?\d{{1,2}}\s{_MONTHS}")
_MONTH_BEFORE = re.compile(rf"\b{_MONTHS}\s(?:the\s)?(?:\d{{1,2}}(?:\s?[-–]\s?|\s(?:and|to|or)\s))?$")
_CURRENCY_BEFORE = re.compile(r"[$€£¥₽₴₹]\s?$|\b(?:USD|EUR|GBP|CHF|Rs\.?)\s$")
_CLOCK_AFTER = re.compile(r":\d\d|\s?(?:[ap]\.?m\b|o['’]clock|hrs\b|h\b|GMT|UTC|CET|EST)", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(r"\d:$")
_PERCENT = re.compile(r"[\s-]?(?:%|per\s?cent\b|percent\b|pct\b|percentage\spoints?\b)", re.IGNORECASE)
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_AGE_AFTER = re.compile(r"[\s-]years?[\s-]olds?\b", re.IGNORECASE)
_AGE_BEFORE = re.compile(r"\b(?:aged|ages?|age\sof)\s$|\bin\s(?:his|her|their)\s$", re.IGNORECASE)
_NAME_COMMA = re.compile(r"[A-ZÀ-Ž][\w’'-]+,\s$")
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|until|till|from|before|after|during|the|early|late|mid|year|between|and|to|through)[\s-]"
    rf"|{_MONTHS},?\s(?:\d\d?(?:st|nd|rd|th)?,?\s)?)$",
    re.IGNORECASE,
)
_COUNT_MODIFIER = re.compile(
    r"\b(?:more\sthan|(?<!since\s)at\sleast|as\smany\sas|fewer\sthan|up\sto|nearly|almost|some)\s$", re.IGNORECASE
)
_PLURAL_AFTER = re.compile(r"\s(?:[a-z]{3,}s|people|men|women|children|staff)\b")
_STRENGTH = re.compile(r"-(?:strong|odd|plus)\b", re.IGNORECASE)
_PER_OTHER = re.compile(r"/\d|\.\d")


@cache
def context() -> Context:
    """The patterns, compiled once."""
    return Context()


class Context:
    """The patterns around a number; see ``label`` and ``modifier``."""

    def __init__(self) -> None:
        words = quantity_words()
        lists = words.lists
        extra = r"(?:(?:more|consecutive|long|straight|full|calendar|working|business|whole|additional)\s)?"
        self._duration = re.compile(
            rf"[\s-](?:of\s)?{extra}(?:{either(lists['duration_units'])})\b(?!-)", re.IGNORECASE
        )
        self._measure = re.compile(rf"[\s-]?(?:of\s)?(?:{either(lists['measures'])})\b", re.IGNORECASE)
        self._money = re.compile(
            rf"[\s-](?:of\s)?(?:[A-Z][\w.]+\s)?(?:{either(lists['currencies'])})\b|\s?[$€£]", re.IGNORECASE
        )
        capital = {word.capitalize() for word in lists["capital_designators"]}
        designators = lists["designators"]
        self._designator = re.compile(
            rf"\b(?:{either(designators | {word.capitalize() for word in designators} | capital)})\.?\s?$|#\s?$"
        )
        self._modifiers = {kind: self._ends_with(phrases) for kind, phrases in words.modifiers.items()}
        self._any_modifier = self._ends_with([p for phrases in words.modifiers.values() for p in phrases])
        self._afterwards = {
            kind: re.compile(rf"(?:{either(phrases)})(?!\w)", re.IGNORECASE)
            for kind, phrases in words.afterwards.items()
        }

    @staticmethod
    def _ends_with(phrases: tuple[str, ...] | list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-])(?:{either(phrases)})(?:\s|(?<=~))$", re.IGNORECASE)

    def modifier(self, text: str, at: int, begin: int, end: int) -> tuple[str | None, int, int]:
        """The kind of modifier around a count (None: none), and the bounds of number and modifier together."""
        before = text[max(at, begin - _REACH) : begin]
        hit = self._any_modifier.search(before)
        if hit:
            kind = next(kind for kind, pattern in self._modifiers.items() if pattern.match(before, hit.start()))
            return kind, begin - len(before) + hit.start(), end
        for kind, pattern in self._afterwards.items():
            after = pattern.match(text, end)
            if after:
                return kind, begin, after.end()
        return None, begin, end

    def label(self, text: str, numeral: Numeral, begin: int, end: int) -> tuple[str, int, int]:
        """What the number is for, and the bounds of the number with its unit."""
        if numeral.form == "ordinal":
            return "ordinal", begin, end
        if numeral.form == "fraction":
            return "share", begin, end
        if numeral.form == "fixed":
            return "designation", begin, end
        before = text[max(0, begin - _REACH) : begin]
        if numeral.form == "figure":
            found = self._figure_label(text, numeral, before, begin, end)
            if found:
                return found
        return self._unit_label(text, numeral, before, begin, end)

    def _unit_label(self, text: str, numeral: Numeral, before: str, begin: int, end: int) -> tuple[str, int, int]:
        for label, pattern in (
            ("age", _AGE_AFTER),
            ("share", _PERCENT),
            ("duration", self._duration),
            ("money", self._money),
            ("measure", self._measure),
        ):
            hit = pattern.match(text, end)
            if hit and not (label == "share" and numeral.form == "vague"):
                return label, begin, hit.end()
        if _AGE_BEFORE.search(before):
            return "age", begin, end
        if self._designator.search(before):
            return "designation", begin, end
        if numeral.value is None:
            return "measure", begin, end
        if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha() and not _STRENGTH.match(text, end):
            return "designation", begin, end
        return "count", begin, end

    def _figure_label(
        self, text: str, numeral: Numeral, before: str, begin: int, end: int
    ) -> tuple[str, int, int] | None:
        """The labels that only figures can have; None when the words around must decide."""
        if _CURRENCY_BEFORE.search(before):
            return "money", begin, end
        clock = _CLOCK_AFTER.match(text, end)
        if clock or _CLOCK_BEFORE.search(before):
            return "time", begin, clock.end() if clock else end
        if is_year(text, begin, end):
            return "year", begin, end
        if _is_joined_before(text, begin):
            return "designation", begin, end
        if _ORDINAL_AFTER.match(text, end):
            is_day = _MONTH_AFTER.match(text, end) or _MONTH_BEFORE.search(before)
            return ("date" if is_day else "ordinal"), begin, end + 2
        if _PER_OTHER.match(text, end):
            return "designation", begin, end
        value = numeral.value.lo if numeral.value else -1
        if 1 <= value <= 31 and (_MONTH_AFTER.match(text, end) or _MONTH_BEFORE.search(before)):
            return "date", begin, end
        if 10 <= value <= 105 and _NAME_COMMA.search(before) and text[end : end + 1] in (",", "."):
            return "age", begin, end
        if text[end : end + 1].isalpha():
            attached = self._measure.match(text, end)
            return ("measure", begin, attached.end()) if attached else ("designation", begin, end)
        return None

    def percentage(self, text: str) -> float | None:
        """The share that "20" per cent is; None for what is no plain number or more than a whole."""
        try:
            value = float(text.replace(",", ""))
        except ValueError:
            words = quantity_words()
            value = float(words.units.get(text.lower(), words.tens.get(text.lower(), -1)))
        return round(value / 100, 6) if 0 <= value <= 100 else None


def _is_joined_before(text: str, begin: int) -> bool:
    """True for the figures of "APT29", "Covid-19", "9/11" and "192.168"."""
    if begin == 0:
        return False
    last, earlier = text[begin - 1], text[begin - 2 : begin - 1]
    if last.isalnum() or last == "_":
        return True
    return (last == "-" and earlier.isalpha()) or (last in "/.,-–" and earlier.isdigit())


def is_year(text: str, begin: int, end: int) -> bool:
    """True for the figures at ``text[begin:end]`` when they read as a year or decade: four, and unlike a count."""
    figures, after = text[begin:end], text[end : end + 1]
    before = text[max(0, begin - _REACH) : begin]
    if not figures.isdigit() or len(figures) != 4:
        return len(figures) == 2 and figures.isdigit() and after == "s" and before.endswith(("'", "’"))
    year = int(figures)
    if after == "s":
        return 1000 <= year < 2100
    if not 1500 <= year < 2100 or _COUNT_MODIFIER.search(before) or _CURRENCY_BEFORE.search(before):
        return False
    if before[-1:].isalnum() or (before[-1:] == "-" and before[-2:-1].isupper()):
        return False
    is_plural = bool(_PLURAL_AFTER.match(text, end))
    if year >= 1900 and not (year % 100 == 0 and is_plural):
        return True
    return bool(_YEAR_BEFORE.search(before)) and not is_plural
