"""The fields of questions: what an address asks for, and what the form shows of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nongrata.ledger import IncidentFilter
from nongrata.model import InputError
from nongrata.vocabulary.events import event_types
from nongrata.web.query import LONGEST, MOST, Params, incident_filter, party_code


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a question: ``kind`` is "types", "text", "day" or "choice" (of ``options``)."""

    name: str
    label: str
    kind: str
    value: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


def given(params: Params, name: str) -> tuple[str, ...]:
    """The values of a name, without blanks.

    Raises:
        InputError: there are too many, or one is too long.
    """
    values = tuple(value.strip() for value in params.getlist(name) if value.strip())
    if len(values) > MOST or any(len(value) > LONGEST for value in values):
        raise InputError(f"{name} has too many or too long values: give at most {MOST}, of {LONGEST} characters")
    return values


def types_of(params: Params, name: str, default: Sequence[str]) -> tuple[str, ...]:
    """The types that a name asks for, else the default.

    Raises:
        InputError: there is no such type.
    """
    found = given(params, name)
    for kind in found:
        if kind not in event_types():
            raise InputError(f"there is no type {kind}: choose among {', '.join(event_types())}")
    return found or tuple(default)


def choice(params: Params, name: str, options: Sequence[str]) -> str:
    """The one of some options that a name asks for, else the first.

    Raises:
        InputError: it is none of them.
    """
    found = given(params, name)
    if found and found[-1] not in options:
        raise InputError(f"{name} cannot be {found[-1]}: choose among {', '.join(options)}")
    return found[-1] if found else options[0]


def parties(params: Params, name: str) -> tuple[str, ...]:
    """The parties that a name asks for, several of them parted by commas, as the ledger names them."""
    parts = [part.strip() for value in given(params, name) for part in value.split(",")]
    return tuple(party_code(part) for part in parts if part)


def expulsions(params: Params) -> IncidentFilter:
    """The incidents that an address asks for: expulsions where it names no type."""
    return replace(incident_filter(params), types=types_of(params, "type", ("expulsion",)))


def type_field(params: Params) -> Field:
    """The field of types, for questions that are about expulsions where none is named."""
    return Field("type", "Type", "types", types_of(params, "type", ("expulsion",)))


def party_fields(params: Params) -> tuple[Field, ...]:
    """The fields of actors and targets."""
    return (
        Field("who", "Who", "text", (", ".join(parties(params, "who")),)),
        Field("whom", "Whom", "text", (", ".join(parties(params, "whom")),)),
    )


def day_fields(params: Params) -> tuple[Field, ...]:
    """The fields of the first and last day."""
    only = incident_filter(params)
    since, until = (str(day) if day else "" for day in (only.since, only.until))
    return (Field("since", "Since", "day", (since,)), Field("until", "Until", "day", (until,)))
