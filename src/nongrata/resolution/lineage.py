"""Who stands at the head of a claim's chain: a voice that knows, an outlet, a commentator, or nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from nongrata.model import Claim
from nongrata.resolution.parties import fold, party, state_in, state_of
from nongrata.resolution.settings import lineage_words, settings


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
    """The head of a claim's chain: ``name`` folded, ``state`` it speaks for, ``branch`` of that state, what it knows.

    ``finding`` is True for an investigation that found something out, ``vague`` for "authorities" of no named branch.
    """

    name: str
    label: str
    state: str | None
    branch: str | None
    knows: Knows
    finding: bool = False
    vague: bool = False


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
    if head.knows is not Knows.FIRSTHAND or claim.type not in settings()["kinds"]["measures"]:
        return head
    if _is_third(claim, head.state):
        return replace(head, knows=Knows.THIRD)
    if head.branch and head.state == party(claim.actor, claim.actor_state).state:
        # A state that announces its own measure is one institution, whichever of its branches speaks.
        return replace(head, branch="government")
    return head


def _speaks_for_itself(name: str, role: str | None) -> bool:
    """True when the publisher is no outlet but a body that tells of its own work (a ministry's or a centre's page)."""
    folded = fold(role or "")
    return bool(folded) and not _has(folded, lineage_words()["outlet"]) and not _has(folded, lineage_words()["comment"])


@lru_cache(maxsize=65536)
def _head(name: str, role: str, state: str | None) -> Head:
    lists = lineage_words()
    called, said = fold(role), fold(name)
    both = f"{called} {said}"
    place = state or state_of(name) or party(name).state or state_in(name)
    if _has(called, lists["finding"]):
        return Head(said, name, place, None, Knows.FIRSTHAND, finding=True)
    if _has(called, lists["outlet"]):
        anonymous = said in lists["anonymous"]
        return Head(said, name, place, None, Knows.NOBODY if anonymous else Knows.OUTLET)
    if said in lists["anonymous"] or _has(said, ("sources", "survey")):
        return Head(said, name, place, None, Knows.NOBODY)
    if _has(called, lists["comment"]):
        return Head(said, name, place, None, Knows.COMMENT)
    branch = next((b for b, words in lists["branch"].items() if _has(both, words)), None)
    if branch is None and (called or state_of(name) or party(name).kind in ("state", "body", "agency")):
        branch = "government"
    vague = branch == "government" and _has(both, lists["authorities"])
    return Head(said, name, place, branch, Knows.FIRSTHAND, vague=vague)


def _is_third(claim: Claim, state: str | None) -> bool:
    """True for a voice of a state that neither takes a measure nor suffers it: it can only pass on what others decided."""
    if state is None:
        return False
    sides = [party(claim.actor, claim.actor_state), party(claim.target, claim.target_state)]
    sides += [party(actor) for actor in claim.actors or ()]
    known = {side.side for side in sides if side.side}
    # An unsaid actor is "several states": any of them may be the one that speaks.
    return bool(known) and state not in known and sides[0].side is not None
