"""The words that outlets put around their text, loaded from ``vocabulary/labels.toml`` and compiled once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from nongrata.model import BlockRole, VocabularyError

_MARKUP = r"[#*_>\s]*"


class Reach(StrEnum):
    """How far a section label rules."""

    PARAGRAPH = "paragraph"
    SECTION = "section"
    LIST = "list"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class SectionLabel:
    """What a label says of the text after it; ``keep`` leaves its own words in the readable text."""

    role: BlockRole
    reach: Reach
    keep: bool = False


@dataclass(frozen=True, slots=True)
class FoundLabel:
    """A label at the opening of a paragraph: its meaning, where the text after it begins, and the name it holds.

    ``name`` is the [begin, end) of the speaker in "Quote from NAME:", or None; offsets count from the start of the
    paragraph.
    """

    label: SectionLabel
    end: int
    name: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """Phrases that mark a whole paragraph as something other than the article."""

    role: BlockRole
    max_words: int
    whole: re.Pattern[str]
    within: re.Pattern[str] | None

    def says(self, text: str) -> bool:
        """True when a paragraph opens with such a phrase, holds one, or is one."""
        return bool(self.whole.fullmatch(text) or (self.within and self.within.search(text)))


@dataclass(frozen=True, slots=True)
class FurnitureLabels:
    """Everything of ``labels.toml``, compiled."""

    sections: dict[str, SectionLabel]
    opening: re.Pattern[str]
    named: re.Pattern[str]
    alone: re.Pattern[str]
    inline: re.Pattern[str]
    furniture: tuple[Furniture, ...]
    header_words: frozenset[str]
    published_words: frozenset[str]
    updated_words: frozenset[str]
    outlet_words: frozenset[str]
    byline_words: tuple[str, ...]
    not_places: frozenset[str]
    credit: re.Pattern[str]
    caption_start: re.Pattern[str]
    recall: re.Pattern[str]
    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[str, ...]

    def at_opening(self, text: str) -> FoundLabel | None:
        """The label that opens ``text`` with a colon."""
        match = self.named.match(text)
        if match:
            return FoundLabel(self._section(match["label"] + " {name}"), match.end(), match.span("name"))
        match = self.opening.match(text)
        return FoundLabel(self._section(match["label"]), match.end()) if match else None

    def standing_alone(self, text: str) -> SectionLabel | None:
        """The label that ``text`` wholly is."""
        match = self.alone.fullmatch(text)
        return self._section(match["label"]) if match else None

    def _section(self, label: str) -> SectionLabel:
        return self.sections[" ".join(label.casefold().replace("’", "'").split())]


@cache
def furniture_labels() -> FurnitureLabels:
    """The shipped labels; loaded on first use.

    Raises:
        VocabularyError: the file breaks its format.
    """
    source = files("nongrata.vocabulary").joinpath("labels.toml").read_text(encoding="utf-8")
    try:
        return _compile(tomllib.loads(source))
    except (KeyError, ValueError, TypeError) as error:
        raise VocabularyError(
            f"vocabulary/labels.toml is malformed ({error}); compare it with the comments in it"
        ) from error


def _compile(table: dict[str, Any]) -> FurnitureLabels:
    sections, inline = _sections(table["section"])
    named = [label.removesuffix(" {name}") for label in sections if label.endswith(" {name}")]
    plain = [label for label in sections if not label.endswith("}")]
    header = table["header"]
    return FurnitureLabels(
        sections=sections,
        opening=re.compile(rf"{_MARKUP}(?P<label>{_any(plain)})[*_]*\s*[:：|][*_]*(?!//)\s*", re.IGNORECASE),
        named=re.compile(
            rf"{_MARKUP}(?P<label>{_any(named)})\s+(?P<name>[^:\n]{{2,120}}?)[*_]*\s*[:：][*_]*\s*", re.IGNORECASE
        ),
        alone=re.compile(rf"{_MARKUP}(?P<label>{_any(plain)})[*_]*\s*[:：.…]{{0,3}}[*_]*\s*", re.IGNORECASE),
        inline=re.compile(rf"(?:(?<=[.!?\"”»)…])\s*|\s)(?={_caseful(inline)}\s*:\s)"),
        furniture=tuple(_furniture(entry) for entry in table["furniture"]),
        header_words=frozenset(header["words"]),
        published_words=frozenset(header["published"]),
        updated_words=frozenset(header["updated"]),
        outlet_words=frozenset(header["outlet_words"]),
        byline_words=tuple(header["byline"]),
        not_places=frozenset(header["not_places"]),
        credit=_credit(table["credit"]),
        caption_start=re.compile(rf"\W{{0,3}}(?:{_any(table['credit']['starts'])})", re.IGNORECASE),
        recall=re.compile(_any(table["background"]["openings"]) + r"(?!\w)", re.IGNORECASE),
        months=tuple(tuple(names) for names in table["calendar"]["months"]),
        weekdays=tuple(table["calendar"]["weekdays"]),
    )


def _sections(entries: Iterable[dict[str, Any]]) -> tuple[dict[str, SectionLabel], list[str]]:
    sections: dict[str, SectionLabel] = {}
    inline: list[str] = []
    for entry in entries:
        meaning = SectionLabel(BlockRole(entry["role"]), Reach(entry["reach"]), entry.get("keep", False))
        for label in entry["labels"]:
            sections.setdefault(label, meaning)
            if entry.get("inline") and not label.endswith("}"):
                inline.append(label)
    return sections, inline


def _furniture(entry: dict[str, Any]) -> Furniture:
    shapes = [rf"{_any([phrase])}.*" for phrase in entry.get("starts", ())]
    shapes += [rf"{_any([phrase])}\W*" for phrase in entry.get("whole", ())]
    shapes += entry.get("patterns", ())
    # A shape of no phrase at all ("(?!)") where only phrases within the text are listed.
    whole = re.compile(rf"[^\w©(\"“]*(?:{'|'.join(shapes) or '(?!)'})", re.IGNORECASE | re.DOTALL)
    phrases = entry.get("contains", ())
    within = re.compile(rf"(?<!\w){_any(phrases)}(?!\w)", re.IGNORECASE) if phrases else None
    return Furniture(BlockRole(entry["role"]), entry["max_words"], whole, within)


def _credit(entry: dict[str, Any]) -> re.Pattern[str]:
    agency = f"(?:{'|'.join(re.escape(name) for name in sorted(entry['agencies'], key=len, reverse=True))})"
    by_name = r"[\w.'’@-]+(?:[ ,/|&]+[\w.'’@-]+){0,11}"
    return re.compile(
        rf"(?<!\w)(?i:{_any(entry['leads'])})(?:[\s:]*{by_name})?[)\].\s]*$"  # Photo by Name/Agency
        rf"|(?:/|\bvia\s|©\s?|\bcourtesy\s)\s?{agency}(?:[ /,]{{1,3}}{by_name})?[)\].\s]*$"  # Name/Agency, via Agency
        rf"|[(\[](?i:photo|image|picture|credit)s?\W[^()\[\]]{{2,120}}[)\]][.\s]*$"  # (Photo: ...)
        rf"|[(\[](?:AP|AFP|EPA|Reuters) (?:Photo|Images?|Graphic)[^()\[\]]{{0,80}}[)\]][.\s]*$"
        r"|\bGetty Images[)\].\s]*$"
    )


def _any(phrases: Iterable[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace("'", "['’]").replace(r"\ ", r"\s+") for phrase in ordered) + ")"


def _caseful(labels: Iterable[str]) -> str:
    """Labels within running text open with a capital: "Source:", "SOURCE:"."""
    forms = {form for label in labels for form in (label.capitalize(), label.upper())}
    return _any(forms)
