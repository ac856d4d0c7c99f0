"""Who stands at the head of a claim's chain: a voice that knows, an outlet, a commentator, or nobody."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from nongrata.model import Claim
from nongrata.resolution.evidence import settings
from nongrata.resolution.parties import fold, party, state_in, state_of


class Knows(StrEnum):
    """What the head of a chain is for the counting of origins; only the first two can make one."""

    FIRSTHAND = "knows at first hand"
    OUTLET = "an outlet's own report"
    BARE = "no voice named"
    NOBODY = "nobody in particular"
    COMMENT = "comments and does not know"
    THIRD = "neither side of the measure"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a claim's chain: ``name`` folded, ``state`` it speaks for, ``branch`` of that state, what it knows."""

    name: str
    label: str
    state: str | None
    branch: str | None
    knows: Knows


@cache
def _lists() -> Mapping[str, Any]:
    return tomllib.loads(files("nongrata.resolution").joinpath("lineage.toml").read_text(encoding="utf-8"))


def _has(words: str, listed: Iterable[str]) -> bool:
    padded = f" {words} "
    return any(f" {entry} " in padded for entry in listed)


def head_of(claim: Claim) -> Head:
    """The head of a claim's chain; for a chain of one link, and for an empty one, the publisher alone."""
    chain = claim.chain
    origin = chain.origin
    if origin is None or (len(chain) == 1 and not _speaks_for_itself(origin.name, origin.role)):
        name = origin.name if origin else claim.publisher or ""
        return Head(fold(name), name, None, None, Knows.BARE)
    head = _head(origin.name, origin.role or "", origin.state)
    if head.knows is Knows.FIRSTHAND and _is_third(claim, head.state):
        return Head(head.name, head.label, head.state, head.branch, Knows.THIRD)
    return head


def _speaks_for_itself(name: str, role: str | None) -> bool:
    """True when the publisher is no outlet but a body that tells of its own work (a ministry's or a centre's page)."""
    folded = fold(role or "")
    return bool(folded) and not _has(folded, _lists()["outlet"]) and not _has(folded, _lists()["comment"])


@lru_cache(maxsize=65536)
def _head(name: str, role: str, state: str | None) -> Head:
    lists = _lists()
    called, said = fold(role), fold(name)
    both = f"{called} {said}"
    place = state or state_of(name) or party(name).state or state_in(name)
    if _has(called, lists["finding"]):
        return Head(said, name, place, None, Knows.FIRSTHAND)
    if _has(called, lists["outlet"]):
        anonymous = said in lists["anonymous"]
        return Head(said, name, place, None, Knows.NOBODY if anonymous else Knows.OUTLET)
    if said in lists["anonymous"] or _has(said, ("sources", "survey")):
        return Head(said, name, place, None, Knows.NOBODY)
    if _has(called, lists["comment"]):
        return Head(said, name, place, None, Knows.COMMENT)
    branch = next((b for b, words in lists["branch"].items() if _has(both, words)), None)
    if branch is None and (called or state_of(name) or party(name).kind in ("state", "body")):
        branch = "government"
    return Head(said, name, place, branch, Knows.FIRSTHAND)


def _is_third(claim: Claim, state: str | None) -> bool:
    """True for a voice of a state that neither takes a measure nor suffers it: it can only pass on what others decided."""
    if state is None or claim.type not in settings()["kinds"]["measures"]:
        return False
    sides = [party(claim.actor, claim.actor_state), party(claim.target, claim.target_state)]
    sides += [party(actor) for actor in claim.actors or ()]
    known = {side.side for side in sides if side.side}
    # An unsaid actor is "several states": any of them may be the one that speaks.
    return bool(known) and state not in known and sides[0].side is not None
