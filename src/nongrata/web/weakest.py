"""The links of a chain, each with how well it can be checked, and the weakest of them.

A link leads from a voice to the one that carries it. What makes it weak is what stands between us and the origin: an
outlet that quotes another whose own report the ledger does not hold, a voice without a name, a source rated unreliable.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from nongrata.model import Chain, Voice
from nongrata.publishing.parties import PartyKind, kind_of

_UNRELIABLE = "DE"


@dataclass(frozen=True, slots=True)
class Link:
    """From one voice to the next; ``weakness`` 0 (can be checked here) to 4, with its reason."""

    giver: Voice
    taker: Voice
    weakness: int
    reason: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A chain's links, origin first, and which is the weakest (None: one voice, or every link can be checked)."""

    links: tuple[Link, ...]
    weakest: int | None


def linked(chain: Chain, kept: Collection[str], grades: Mapping[str, str] | None = None) -> Linked:
    """Judge the links of a chain.

    Args:
        chain: the voices.
        kept: outlets whose own report of the happening is in the ledger.
        grades: reliability of sources by name, A to F.
    """
    voices = list(chain)
    links = tuple(_link(giver, taker, kept, grades or {}) for giver, taker in itertools.pairwise(voices))
    weak = [at for at, link in enumerate(links) if link.weakness]
    return Linked(links, max(weak, key=lambda at: (links[at].weakness, -at)) if weak else None)


def _link(giver: Voice, taker: Voice, kept: Collection[str], grades: Mapping[str, str]) -> Link:
    grade = grades.get(giver.name) or grades.get(taker.name)
    if grade and grade in _UNRELIABLE:
        name = giver.name if grades.get(giver.name) == grade else taker.name
        return Link(giver, taker, 4, f"{name} is rated {grade}")
    if giver.name in kept:
        return Link(giver, taker, 0, f"the report of {giver.name} is in the ledger")
    kind = kind_of(giver.name)
    if kind is PartyKind.OUTLET:
        return Link(giver, taker, 3, f"{taker.name} retells {giver.name}, whose report is not in the ledger")
    if _is_nameless(giver):
        return Link(giver, taker, 2, f"{taker.name} quotes a voice without a name")
    return Link(giver, taker, 1, f"{taker.name} quotes {giver.name}; no other record of the words is in the ledger")


def _is_nameless(voice: Voice) -> bool:
    """True for "officials", "experts": words in lower case name nobody."""
    return voice.name == voice.name.lower() and not voice.role
