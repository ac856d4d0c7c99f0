"""The examples that a type's author gave, read and held against what shall be read in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from nongrata.extraction.interface import Reader
from nongrata.model import Claim, Report
from nongrata.reading.plain import parse_text
from nongrata.vocabulary.events import EventType, Example

_PUBLISHED = date(2024, 3, 6)
"""A Wednesday: the day on which examples are read."""


@dataclass(frozen=True, slots=True)
class Tried:
    """An example with the claims of its type that came out, and what is wrong with them; "" when nothing is."""

    example: Example
    claims: tuple[Claim, ...]
    wrong: str


def tried(event: EventType, reader: Reader) -> Iterator[Tried]:
    """Each example of a type, read as a report of 6 March 2024."""
    for example in event.examples:
        report: Report = parse_text(example.text, id="example", published=_PUBLISHED)
        claims = tuple(claim for claim in reader.read(report) if claim.type == event.name)
        yield Tried(example, claims, _wrong(example, claims))


def _wrong(example: Example, claims: tuple[Claim, ...]) -> str:
    if example.expected is None:
        return f"read as {_told(claims[0], ('actor', 'target'))}" if claims else ""
    if not claims:
        return "nothing read"
    wanted = example.expected
    if any(all(_value(claim, field) == value for field, value in wanted.items()) for claim in claims):
        return ""
    return "; ".join(f"read as {_told(claim, tuple(wanted))}" for claim in claims)


def _told(claim: Claim, fields: tuple[str, ...]) -> str:
    return ", ".join(f"{field} {_value(claim, field)}" for field in fields)


def _value(claim: Claim, field: str) -> object:
    """A value as an example writes it: a list without its open end, since TOML has no null."""
    value = claim.to_dict().get(field)
    return [end for end in value if end is not None] if isinstance(value, list) else value
