"""Filters in the address: what a page shows can be shared by its URL alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from functools import cache, lru_cache
from typing import Protocol
from urllib.parse import urlencode

from nongrata.ledger import ClaimFilter, IncidentFilter
from nongrata.model import Factuality, InputError
from nongrata.vocabulary.bodies import bodies
from nongrata.vocabulary.events import event_types
from nongrata.vocabulary.states import states

NAMES = {
    "type": "types",
    "who": "actors",
    "whom": "targets",
    "since": "since",
    "until": "until",
    "factuality": "factuality",
    "credibility": "credibility",
    "reviewed": "reviewed",
}
"""Names in the address and fields of the filters."""
CLAIM_NAMES = NAMES | {"publisher": "publishers", "q": "text"}
LONGEST, MOST = 200, 30
"""Characters of a value, and values of a name."""


class Params(Protocol):
    """The names and values of an address."""

    def getlist(self, key: str) -> list[str]:
        """The values of a name."""
        ...


def incident_filter(params: Params) -> IncidentFilter:
    """The filter of incidents that an address asks for.

    Raises:
        InputError: a value is none; the message names it.
    """
    return IncidentFilter(
        types=_types(params),
        actors=_parties(params, "who"),
        targets=_parties(params, "whom"),
        since=_day(params, "since"),
        until=_day(params, "until"),
        credibility=_grades(params),
        factuality=_factuality(params),
        reviewed=_reviewed(params),
    )


def claim_filter(params: Params) -> ClaimFilter:
    """The filter of claims that an address asks for.

    Raises:
        InputError: a value is none; the message names it.
    """
    same = incident_filter(params)
    return ClaimFilter(
        text=" ".join(_given(params, "q")),
        types=same.types,
        actors=same.actors,
        targets=same.targets,
        since=same.since,
        until=same.until,
        factuality=same.factuality,
        publishers=tuple(_given(params, "publisher")),
        credibility=same.credibility,
        reviewed=same.reviewed,
    )


@lru_cache(maxsize=64)
def pairs_of(only: IncidentFilter | ClaimFilter) -> tuple[tuple[str, str], ...]:
    """A filter as names and values of an address, in one order, so that equal filters have equal addresses."""
    found: list[tuple[str, str]] = []
    known = {field.name for field in fields(only)}
    for name, attribute in CLAIM_NAMES.items():
        if attribute in known:
            found += [(name, text) for text in _texts(getattr(only, attribute))]
    return tuple(found)


def address(path: str, only: IncidentFilter | ClaimFilter | None = None, **more: str | None) -> str:
    """A path with a filter and further names, which take the place of the filter's; None leaves a name out."""
    given = {name: value for name, value in more.items() if value}
    pairs = [(name, value) for name, value in pairs_of(only) if name not in given] if only else []
    pairs += given.items()
    return f"{path}?{urlencode(pairs)}" if pairs else path


def party_code(text: str) -> str:
    """A party as the ledger names it: codes for states ("Russia" and "ru" are RU), short names for bodies."""
    return _codes().get(text.casefold(), text)


def _texts(value: object) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    if isinstance(value, tuple):
        return [str(one) for one in value]
    return [value.isoformat() if isinstance(value, date) else str(value)]


def _given(params: Params, name: str) -> list[str]:
    values = [value.strip() for value in params.getlist(name) if value.strip()]
    if len(values) > MOST or any(len(value) > LONGEST for value in values):
        raise InputError(f"{name} has too many or too long values: give at most {MOST}, of {LONGEST} characters")
    if any(ord(character) < 32 or 0xD800 <= ord(character) < 0xE000 for value in values for character in value):
        raise InputError(f"{name} has characters that no name has: write it in plain letters")
    return values


def _types(params: Params) -> tuple[str, ...]:
    found = _given(params, "type")
    for name in found:
        if name not in event_types():
            raise InputError(f"there is no type {name}: choose among {', '.join(event_types())}")
    return tuple(sorted(set(found)))


def _parties(params: Params, name: str) -> tuple[str, ...]:
    parts = [part.strip() for value in _given(params, name) for part in value.split(",")]
    return tuple(sorted({party_code(part) for part in parts if part}))


def _day(params: Params, name: str) -> date | None:
    found = _given(params, name)
    if not found:
        return None
    try:
        return date.fromisoformat(found[-1])
    except ValueError as error:
        raise InputError(f"{found[-1]} is no day: write {name} as 2024-03-05") from error


def _grades(params: Params) -> tuple[int, ...]:
    return tuple(sorted({int(text) for text in _one_of(params, "credibility", [str(n) for n in range(1, 7)])}))


def _factuality(params: Params) -> tuple[str, ...]:
    return tuple(sorted(set(_one_of(params, "factuality", [str(value) for value in Factuality]))))


def _reviewed(params: Params) -> bool | None:
    found = _one_of(params, "reviewed", ["yes", "no"])
    return found[-1] == "yes" if found else None


def _one_of(params: Params, name: str, allowed: Sequence[str]) -> list[str]:
    found = [value.replace("CT ", "CT+").replace("PR ", "PR+").replace("PS ", "PS+") for value in _raw(params, name)]
    for value in found:
        if value not in allowed:
            raise InputError(f"{name} cannot be {value}: choose among {', '.join(allowed)}")
    return found


def _raw(params: Params, name: str) -> list[str]:
    """Values as given: a plus that an address turned into a blank ("CT+") must not be trimmed away."""
    return [value for value in params.getlist(name) if value.strip()]


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for body in bodies().values():
        _add(found, body.name, (body.name, *body.aliases))
    for state in states().values():
        _add(found, state.code, (state.code, state.name, *state.other_names))
    return found


def _add(found: dict[str, str], code: str, forms: Iterable[str]) -> None:
    found.update({form.casefold(): code for form in forms})
