"""Lines that say when, where and by whom a text was published.

A masthead is a line of its own ("The Post | 5 March 2024"); a dateline opens a story ("OSLO, March 5 (Reuters) -").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from nongrata.reading.days import FoundDay, find_days
from nongrata.reading.labels import furniture_labels

_CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?|\b(?:GMT|UTC|CES?T|EES?T|MSK|ES?T|EDT|BST|IST|PS?T|PDT|Z)\b(?:\s?[+-]\d{1,4})?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\x00+|[|·•,;/()\[\]–—:]|\s-\s|\s{2,}")
_NAME_JOINTS = frozenset(
    [
        "and",
        "of",
        "the",
        "for",
        "in",
        "with",
        "&",
        "de",
        "del",
        "della",
        "di",
        "da",
        "von",
        "van",
        "der",
        "la",
        "le",
        "al",
        "el",
        "to",
    ]
)
_CODE = re.compile(r"[A-Z0-9-]{2,8}")  # agencies' message numbers: "ZCZC", "TS0417"
_LONGEST = 200
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?\s*,?\s*"
    r"(?P<name>[^.|,\n\d]{2,60}?)\s*(?:[.|,\n]|all rights|(?:19|20)\d\d|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a line of furniture says of the publication: its day, a later day of change, the outlet.

    All are None in a byline. ``said`` is True when a word such as "published" stands there, and the day is not bare.
    """

    day: date | None = None
    updated: date | None = None
    publisher: str | None = None
    said: bool = False


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening of an agency story. ``end`` is where the story begins; ``day`` needs a year in the text."""

    end: int
    place: str | None
    agency: str | None
    day: date | None


def read_masthead(text: str) -> Masthead | None:
    """What the line says of the publication; None when it is a sentence, a headline or anything else."""
    if len(text) > _LONGEST:
        return None
    days = find_days(text)
    rest = _blanked(text, days)
    if "\x00" not in rest:
        return Masthead() if is_byline(text) else None
    publisher = None
    for segment in _segments(rest):
        if _is_header_word(segment) or is_byline(segment) or _is_place(segment, rest) or _is_glued_menu(segment, rest):
            continue
        if publisher or not (is_outlet_name(segment) or _is_glued_name(segment, text, days)):
            return None
        publisher = segment
    first, changed = _kinds(text, days)
    said = any(word in furniture_labels().published_words for word in re.findall(r"[^\W\d_]+", text.casefold()))
    return Masthead(first, changed, publisher, said)


def is_byline(text: str) -> bool:
    """True for "By Ana Novak and Jan Kos in Prague"."""
    words = text.split()
    if not 2 <= len(words) <= 14 or words[0].rstrip(":").casefold() not in furniture_labels().byline_words:
        return False
    names = [word.strip(".,|") for word in words[1:]]
    return (
        all(not name or name[0].isupper() or name in _NAME_JOINTS or not name[0].isalpha() for name in names)
        and names[0][:1].isupper()
    )


def is_outlet_name(text: str) -> bool:
    """True for a name that can be an outlet's rather than a person's: "European Pravda", "BBC", "delfi.lt"."""
    words = text.split()
    if not 1 <= len(words) <= 6 or not all(
        word[0].isupper() or word[0].isdigit() or word in _NAME_JOINTS for word in words
    ):
        return len(words) == 1 and "." in text.strip(".")
    lowered = {word.casefold().strip("'’.") for word in words}
    if words[0] == "The" or lowered & furniture_labels().outlet_words:
        return True
    if any(char.isdigit() for char in text):
        return False
    return len(words) == 1 or any(1 < len(word) < 6 and word.isupper() for word in words)


def copyright_holder(text: str) -> str | None:
    """The name in "© 2024 The Post. All rights reserved"; None when there is none."""
    match = _COPYRIGHT.search(text)
    name = match["name"].strip() if match else ""
    return name if name and is_outlet_name(name) else None


def read_dateline(text: str) -> Dateline | None:
    """The dateline that opens a paragraph: a place in capitals, or a place with a date or an agency, and a dash."""
    match = _dateline().match(text)
    agency = (match["bracketed"] or match["slashed"]) if match else None
    if not match or not (match["place"] or agency):
        return None
    place = (match["place"] or "").strip(" ,.") or None
    first = place.split(",")[0].split("/")[0] if place else ""
    if not (agency or match["day"]) and (not first.isupper() or first in furniture_labels().not_places):
        return None
    days = find_days(match[0])
    return Dateline(match.end(), place, agency, days[0].day if days else None)


def _blanked(text: str, days: list[FoundDay]) -> str:
    """The line with dates, weekdays and clock times replaced by a separator."""
    for found in reversed(days):
        text = text[: found.span.begin] + "\x00" + text[found.span.end :]
    return _CLOCK.sub("\x00", _weekday().sub("\x00", text))


def _segments(rest: str) -> list[str]:
    pieces = (piece.strip(" \t\xa0.-_>*#'\"") for piece in _SEPARATOR.split(rest))
    return [piece for piece in pieces if any(char.isalpha() for char in piece)]


def _is_header_word(segment: str) -> bool:
    labels = furniture_labels()
    lowered = " ".join(segment.casefold().split())
    if lowered in labels.header_words or lowered in labels.updated_words:
        return True
    return len(lowered.split()) <= 4 and all(
        word in labels.header_words or word in labels.updated_words or word.isdigit() for word in lowered.split()
    )


def _is_place(segment: str, rest: str) -> bool:
    """A place stands before a comma and the date: "Oslo, 5 March 2024"."""
    words = segment.split()
    if len(words) > 3 or not all(word[0].isupper() for word in words):
        return False
    return (
        re.search(re.escape(segment) + r"\s*,\s*\x00", rest) is not None
        and segment.casefold().split()[-1] not in furniture_labels().outlet_words
    )


def _is_glued_name(segment: str, text: str, days: list[FoundDay]) -> bool:
    """An outlet's name runs into the weekday or date, as scrapers leave it: "Northern HeraldMonday, 4 March 2024"."""
    end = text.find(segment) + len(segment)
    glued = _weekday().match(text, end) or any(found.span.begin == end for found in days)
    names = all(word[0].isupper() or word in _NAME_JOINTS for word in segment.split())
    return bool(glued) and names and len(segment.split()) <= 5


def _is_glued_menu(segment: str, rest: str) -> bool:
    """The links after the date, run into one another: "Log inSubscribeE-paper"."""
    return (
        rest.rfind("\x00") < rest.find(segment) and len(segment) < 80 and re.search(r"[a-z][A-Z]", segment) is not None
    )


def visible_days(text: str) -> tuple[date | None, date | None]:
    """The first day in a line that is one of publication, and the first that is one of change."""
    return _kinds(text, find_days(text))


def _kinds(text: str, days: list[FoundDay]) -> tuple[date | None, date | None]:
    """The first day that is not said to be one of change, and the first that is."""
    updated = furniture_labels().updated_words
    published: date | None = None
    changed: date | None = None
    begin = 0
    for found in days:
        before = re.findall(r"[^\W\d_]+", text[begin : found.span.begin].casefold())
        if any(" ".join(before[-i - n : len(before) - i]) in updated for n in (1, 2) for i in range(3)):
            changed = changed or found.day
        else:
            published = published or found.day
        begin = found.span.end
    return published, changed


@cache
def _weekday() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, furniture_labels().weekdays), key=len, reverse=True))
    return re.compile(rf"(?:(?<![^\W\d_])|(?<=[a-z])(?=[A-Z]))(?i:{names})\b\.?,?")


@cache
def _dateline() -> re.Pattern[str]:
    months = "|".join(
        sorted({re.escape(name) for names in furniture_labels().months for name in names}, key=len, reverse=True)
    )
    day = rf"(?:(?i:{months})\.?\s\d{{1,2}}|\d{{1,2}}\s(?i:{months})\.?)(?:,?\s\d{{4}})?"
    word = r"[A-ZÀ-ÞА-ЯŁŚŻČŠŽ][\w.'’]*"
    place = rf"{word}(?:[ -](?:de |la |el |of )?{word}){{0,3}}"
    # White space is bounded: where several runs of it meet, a long one would be cut in all ways there are.
    return re.compile(
        rf"(?P<place>{place}(?:[/,]\s?{place}){{0,3}})?[,.]?\s{{0,4}}(?P<day>{day})?[.,]?\s{{0,4}}"
        r"(?:\((?P<bracketed>[A-Z][\w .&'’/-]{0,40})\)\s{0,4}[-–—]{1,2}\s*|/(?P<slashed>[A-Z]{2,12})/\.?\s*(?:[-–—]\s)?"
        r"|\s{1,4}[-–—]{1,2}\s+|—)"
        r"(?=[\"“„«'‘(\[]?[A-ZÀ-ÞА-Я0-9])"
    )
