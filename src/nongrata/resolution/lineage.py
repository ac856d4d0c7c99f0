"""Who stands at the head of a claim's chain: a voice that knows, an outlet, a commentator, or nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

from nongrata.model import Claim
from nongrata.resolution.parties import fold, in_gazetteer, party, state_in, state_of
from nongrata.resolution.settings import lineage_words, settings
from nongrata.vocabulary.leaders import leaders
from nongrata.vocabulary.outlets import outlet


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

    ``finding`` is True for an investigation that found something out, ``vague`` for "authorities" of no named branch,
    ``generic`` for a kind of people with no name, number or state ("researchers"), who may be any of those named
    elsewhere; ``role`` is folded.
    """

    name: str
    label: str
    state: str | None
    branch: str | None
    knows: Knows
    finding: bool = False
    vague: bool = False
    generic: bool = False
    role: str = ""


def has(words: str, listed: Iterable[str]) -> bool:
    """True when one of the listed words or phrases stands in a folded text."""
    padded = f" {words} "
    return any(f" {entry} " in padded for entry in listed)


def head_of(claim: Claim, *, own_finding: bool = False) -> Head:
    """The head of a claim's chain; for a chain of one link, and for an empty one, the publisher alone.

    ``own_finding`` tells that the publisher says in the text that it found this out itself.
    """
    chain = claim.chain
    origin = chain.origin
    if own_finding and len(chain) > 1 and chain.publisher is not None:
        origin = chain.publisher
    if origin is None or (own_finding and len(chain) > 1) or (len(chain) == 1 and not _speaks_for_itself(origin.role)):
        name = origin.name if origin else claim.publisher or ""
        return Head(fold(name), name, None, None, Knows.FIRSTHAND if own_finding else Knows.BARE, finding=own_finding)
    head = _head(origin.name, origin.role or "", origin.state)
    if head.knows is not Knows.FIRSTHAND or claim.type not in settings()["kinds"]["measures"]:
        return head
    if _is_third(claim, head.state):
        return replace(head, knows=Knows.THIRD)
    if head.branch and head.state == party(claim.actor, claim.actor_state).state:
        # A state that announces its own measure is one institution, whichever of its branches speaks.
        return replace(head, branch="government")
    return head


def _speaks_for_itself(role: str | None) -> bool:
    """True when the publisher is no outlet but a body that tells of its own work (a ministry's or a centre's page)."""
    folded = fold(role or "")
    return bool(folded) and not has(folded, lineage_words()["outlet"]) and not has(folded, lineage_words()["comment"])


@lru_cache(maxsize=65536)
def _head(name: str, role: str, state: str | None) -> Head:
    lists = lineage_words()
    called, said = fold(role), fold(name)
    place = state or state_of(name) or party(name).state or state_in(name) or _leads(said)
    if has(called, lists["finding"]):
        return Head(said, name, place, None, Knows.FIRSTHAND, finding=True, role=called)
    if _is_nobody(said) and not (has(called, lists["outlet"]) and place):
        return Head(said, name, place, None, Knows.NOBODY)
    if has(called, lists["outlet"]) or (not called and (has(said, lists["outlet_name"]) or _is_press(name))):
        return Head(said, name, place, None, Knows.OUTLET)
    if has(called, lists["comment"]):
        return Head(said, name, place, None, Knows.COMMENT)
    if place is None and called in ("", said) and _is_generic(name, said):
        return Head(said, name, None, None, Knows.FIRSTHAND, generic=True)
    branch = _branch(called, said, name, state)
    vague = branch == "government" and has(f"{called} {said}", lists["authorities"])
    return Head(said, name, place, branch, Knows.FIRSTHAND, vague=vague, role=called)


def _branch(called: str, said: str, name: str, state: str | None) -> str | None:
    """The branch of a state that a voice is, or None: who has a role, speaks for a state or is named for one."""
    both = f"{called} {said}"
    branch = next((b for b, words in lineage_words()["branch"].items() if has(both, words)), None)
    if (party(name).kind == "group" and in_gazetteer(name)) or has(called, lineage_words()["private"]):
        return None
    known = party(name).kind in ("state", "body", "agency") or state_of(name) or _leads(said)
    return branch or ("government" if called or state or known or has(said, lineage_words()["government"]) else None)


def _is_generic(name: str, said: str) -> bool:
    """True for common nouns that say what some people are and nothing more; a number or a name makes them somebody.

    "Researchers" may be anybody's, and "the premier" or "officials" of no said state speak for some government.
    """
    lists = lineage_words()
    words = said.split()
    if name != name.lower() or any(char.isdigit() for char in name) or has(said, lists["numerals"]):
        return False
    offices = {*lists["government"], *lists["authorities"], *lists["hollow"], *lists["office"]}
    return any(word in lists["generic"] for word in words) or all(word in offices for word in words)


def _is_press(name: str) -> bool:
    """True for an outlet of the vocabulary that reports; a platform carries others, a think tank knows by itself."""
    found = outlet(name)
    return found is not None and name not in found.weak and found.kind not in ("platform", "thinktank", "government")


def _is_nobody(said: str) -> bool:
    lists = lineage_words()
    words = [word for word in said.split() if word not in lists["hollow"] and not state_in(word)]
    return has(said, lists["anonymous_anywhere"]) or all(word in lists["anonymous"] for word in words)


@cache
def _leaders() -> dict[str, str]:
    return {fold(form): leader.code for leader in leaders() for form in (leader.name, *leader.forms)}


def _leads(said: str) -> str | None:
    """The state or body that a person of this folded name leads or led, or None."""
    return _leaders().get(said)


def _is_third(claim: Claim, state: str | None) -> bool:
    """True for a voice of a state that neither takes a measure nor suffers it: it passes on what others decided."""
    if state is None:
        return False
    sides = [party(claim.actor, claim.actor_state), party(claim.target, claim.target_state)]
    sides += [party(actor) for actor in claim.actors or ()]
    known = {side.side for side in sides if side.side}
    # An unsaid actor is "several states": any of them may be the one that speaks.
    return bool(known) and state not in known and sides[0].side is not None
