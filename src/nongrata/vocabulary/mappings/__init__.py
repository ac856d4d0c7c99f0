"""How our types, subtypes and parties are called in other schemes, and where states lie.

Names and codes as data: ``plover.tsv`` (PLOVER and CAMEO), ``disarm.tsv``, ``stix.toml``, ``ftm.toml``
(FollowTheMoney), ``places.tsv``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from nongrata.vocabulary.events import own_names
from nongrata.vocabulary.tables import read_text, rows


@dataclass(frozen=True, slots=True)
class EventCode:
    """A type's place in PLOVER (event, mode, context) and in CAMEO (code, name); "" where a scheme has none."""

    event: str
    mode: str
    context: str
    cameo: str
    cameo_name: str


@dataclass(frozen=True, slots=True)
class Technique:
    """A technique of the DISARM framework."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A point inside a state, in degrees (WGS 84), to half a degree or so."""

    latitude: float
    longitude: float


_NO_CODE = EventCode("", "", "", "", "")


@cache
def _event_codes() -> Mapping[tuple[str, str], EventCode]:
    return {
        (row["type"], row["subtype"]): EventCode(
            row["event"], row["mode"], row["context"], row["cameo"], row["cameo_name"]
        )
        for row in rows("mappings/plover.tsv")
    }


def event_code(type: str, subtype: str | None) -> EventCode:
    """The code of a subtype, else of its type; an empty one for types that PLOVER and CAMEO do not know."""
    codes = _event_codes()
    return codes.get((type, subtype or "")) or codes.get((type, ""), _NO_CODE)


@cache
def _techniques() -> Mapping[str, Technique]:
    return {row["subtype"]: Technique(row["id"], row["name"]) for row in rows("mappings/disarm.tsv")}


def technique(type: str, subtype: str | None) -> Technique | None:
    """The DISARM technique of a subtype of disinformation; None for everything else."""
    return _techniques().get(subtype or "") if type == "disinformation" else None


@cache
def stix_terms() -> Mapping[str, Any]:
    """What the STIX export needs beside its code; see the comments in ``mappings/stix.toml``."""
    return tomllib.loads(read_text("mappings/stix.toml"))


@cache
def ftm_terms() -> Mapping[str, Any]:
    """What the FollowTheMoney export needs beside its code; see the comments in ``mappings/ftm.toml``."""
    return tomllib.loads(read_text("mappings/ftm.toml"))


@cache
def places() -> Mapping[str, Place]:
    """A point for each state, by its code."""
    return {row["code"]: Place(float(row["latitude"]), float(row["longitude"])) for row in rows("mappings/places.tsv")}


@cache
def sides() -> Mapping[str, str]:
    """For each type, on whose ground it takes effect: "actor" (a measure of the host) or "target"."""
    own = dict.fromkeys(own_names("measure"), "actor")
    return own | {row["type"]: row["side"] for row in rows("mappings/sides.tsv")}


@cache
def hostile_types() -> frozenset[str]:
    """The types whose actor is said to be hostile."""
    return frozenset((*stix_terms()["hostile"], *own_names("act")))
