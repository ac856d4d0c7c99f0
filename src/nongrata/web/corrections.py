"""The form in which a claim's values are typed, and what was changed in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nongrata.model import Claim, Factuality, InputError, Realis, Scope
from nongrata.vocabulary.events import event_types
from nongrata.web.query import party_code

_CHAIN = re.compile(r"\s*(?:→|->|\n)\s*")
_PARTIES = ("actor", "target", "actor_state", "target_state", "against", "origin_state")


@dataclass(frozen=True, slots=True)
class Field:
    """One input: the field's name, its words, its value as typed, the values to choose from (empty: free)."""

    name: str
    words: str
    value: str
    choices: tuple[str, ...] = ()
    hint: str = ""


def fields_of(claim: Claim | None) -> list[Field]:
    """The inputs of a claim's form; None gives an empty form."""
    values: dict[str, Any] = claim.to_dict() if claim else {"factuality": "CT+", "realis": "actual", "scope": "event"}
    return [
        Field("type", "what", values.get("type") or "", tuple(event_types())),
        Field("subtype", "kind", values.get("subtype") or "", hint="expelled, ddos, arson ..."),
        Field("actor", "who", values.get("actor") or "", hint="BE, NATO, a group"),
        Field("actor_state", "acts for", values.get("actor_state") or "", hint="state, if it is another name"),
        Field("target", "whom", values.get("target") or "", hint="RU, a body, a person"),
        Field("target_state", "of the state", values.get("target_state") or ""),
        Field("count", "how many", _bounds(values.get("count")), hint="21, 24-99, 17-"),
        Field("when", "when", _bounds(values.get("when"), "/"), hint="2024-03-05 or 2024-03-01/2024-03-31"),
        Field("factuality", "how sure", values["factuality"], tuple(str(value) for value in Factuality)),
        Field("realis", "told as", values["realis"], tuple(str(value) for value in Realis)),
        Field("scope", "scope", values["scope"], tuple(str(value) for value in Scope)),
        Field("background", "recalled", "yes" if values.get("background") else "no", ("no", "yes")),
        Field("source_chain", "chain", " → ".join(values.get("source_chain") or ()), hint="origin → ... → publisher"),
        Field("origin_role", "origin's role", values.get("origin_role") or "", hint="Prime Minister"),
        Field("origin_state", "speaks for", values.get("origin_state") or ""),
    ]


def changes(claim: Claim, typed: Mapping[str, str]) -> dict[str, Any]:
    """The fields whose typed text is another than the claim's, with their values in the claims format.

    Raises:
        InputError: a text is no value of its field.
    """
    found: dict[str, Any] = {}
    for field in fields_of(claim):
        if field.name in typed and _plain(typed[field.name]) != _plain(field.value):
            found[field.name] = value_of(field.name, typed[field.name])
    return found


def value_of(name: str, text: str) -> Any:  # noqa: ANN401  a value of the claims format
    """A typed text as a value of the claims format; nothing typed is None.

    Raises:
        InputError: it is no value of the field.
    """
    text = text.strip()
    if not text:
        return None
    if name == "count":
        return _count(text)
    if name == "when":
        return _days(text)
    if name == "type" and text not in event_types():
        raise InputError(f"there is no type {text}: choose among {', '.join(event_types())}")
    if name == "background":
        return text == "yes"
    if name == "source_chain":
        return [part for part in _CHAIN.split(text) if part]
    return party_code(text) if name in _PARTIES else text


def _plain(text: str) -> str:
    return " ".join(text.split())


def _count(text: str) -> list[int | None]:
    match = re.fullmatch(r"(\d{1,9})\s*(?:(-|–)\s*(\d{1,9})?)?", text)
    if match is None:
        raise InputError(f"{text} is no count: write 21, 24-99, or 17- for at least 17")
    lo = int(match[1])
    if match[2] is None:
        return [lo, lo]
    return [lo, int(match[3]) if match[3] else None]


def _days(text: str) -> list[str]:
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > 2 or not all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", part) for part in parts):
        raise InputError(f"{text} is no time: write 2024-03-05, or 2024-03-01/2024-03-31 for a stretch of days")
    return [parts[0], parts[-1]]


def _bounds(value: list[Any] | None, between: str = "-") -> str:
    if not value:
        return ""
    lo, hi = value
    if lo == hi:
        return str(lo)
    return f"{lo}{between}{'' if hi is None else hi}"
