"""Independent origins: union-find over the claims of an incident, with the reason kept on each link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nongrata.model import Factuality, Origin
from nongrata.resolution.copies import independent_tellings, link_texts
from nongrata.resolution.evidence import Evidence
from nongrata.resolution.lineage import Head, Knows, has
from nongrata.resolution.links import Links
from nongrata.resolution.names import same_name
from nongrata.resolution.parties import fold
from nongrata.resolution.settings import settings
from nongrata.resolution.telling import Telling

UNTRACED = "lineage unknown: counted as no further origin"
"""Why tellings of which nobody knows whence they come are one origin."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """The origins of an incident, the claims whose lineage is unknown, and how many independent tellings carry it.

    ``voiced`` is False where nobody who can know is named.
    """

    origins: tuple[Origin, ...]
    unknown: tuple[str, ...]
    tellings: int
    voiced: bool


def trace(evidence: Sequence[Evidence], tellings: Mapping[str, Telling]) -> Lineage:
    """Trace the claims of one incident to their independent origins; denials are traced apart."""
    ordered = sorted(evidence, key=lambda e: e.order)
    heads = {e.key: e.head for e in ordered}
    asserting = [e for e in ordered if not e.claim.denied]
    denying = [e for e in ordered if e.claim.denied]
    relays = _relays(ordered)
    origins, unknown = _count(asserting, heads, relays, tellings, denies=False)
    against, unheard = _count(denying, heads, relays, tellings, denies=True)
    voiced = any(_knows(e, heads[e.key], relays) for e in asserting)
    return Lineage((*origins, *against), (*unknown, *unheard), independent_tellings(asserting, tellings), voiced)


def _count(
    evidence: Sequence[Evidence],
    heads: Mapping[str, Head],
    relays: Mapping[str, frozenset[str]],
    tellings: Mapping[str, Telling],
    *,
    denies: bool,
) -> tuple[list[Origin], list[str]]:
    links = Links(e.key for e in evidence)
    _link_voices(evidence, heads, links)
    _link_relays(evidence, heads, links)
    link_texts(evidence, heads, tellings, links)
    knowing = {e.key for e in evidence if _knows(e, heads[e.key], relays)}
    sides = [key for key in knowing if heads[key].knows is Knows.FIRSTHAND and not heads[key].finding]
    if sides and evidence[0].claim.type in settings()["kinds"]["measures"]:
        # Who takes a measure, or suffers it, announces it; an outlet that tells of it has it from there, but for one
        # that counted or looked for itself.
        knowing.intersection_update({*sides, *(key for key in knowing if heads[key].finding)})
    named = [key for key in knowing if not heads[key].generic]
    if named:
        # "Researchers" may be those whom another report names: no origin of their own beside them.
        knowing.intersection_update(named)
    groups = links.groups()
    if not any(knowing.intersection(keys) for keys, _ in groups):
        return _single(evidence, heads, groups, denies)
    origins, unknown = [], []
    by_key = {e.key: e for e in evidence}
    for keys, reasons in groups:
        known = [key for key in keys if key in knowing]
        if not known:
            unknown += keys
            continue
        first = min(known, key=lambda key: by_key[key].order)
        origins.append(Origin(heads[first].label, tuple(keys), reasons, denies))
    return sorted(origins, key=lambda o: by_key[o.claims[0]].order), unknown


def _single(
    evidence: Sequence[Evidence],
    heads: Mapping[str, Head],
    groups: list[tuple[list[str], tuple[str, ...]]],
    denies: bool,
) -> tuple[list[Origin], list[str]]:
    """Nobody is known to know: all tellings together count as one origin, whose lineage is not known."""
    if not evidence:
        return [], []
    reasons = dict.fromkeys(reason for _, why in groups for reason in why)
    if len(groups) > 1:
        reasons[UNTRACED] = None
    label = heads[evidence[0].key].label or "unknown"
    return [Origin(label, tuple(sorted(e.key for e in evidence)), tuple(reasons), denies)], []


def _knows(e: Evidence, head: Head, relays: Mapping[str, frozenset[str]]) -> bool:
    """True when a claim's head can make an origin of its own."""
    if e.claim.factuality is Factuality.UNKNOWN:
        return False
    if head.finding:
        return True
    if head.knows is Knows.OUTLET or (head.knows is Knows.FIRSTHAND and head.branch is None):
        # An outlet that passes on a named voice in the same matter tells that voice's news in its bare tellings too.
        return head.name not in relays and head.name not in e.passes
    return head.knows is Knows.FIRSTHAND


def _relays(evidence: Sequence[Evidence]) -> dict[str, frozenset[str]]:
    """Folded names of links that pass on another voice, each with the heads that it passes on."""
    passed: dict[str, set[str]] = {}
    for e in evidence:
        names = [fold(voice.name) for voice in e.claim.chain]
        for name in names[1:]:
            passed.setdefault(name, set()).add(names[0])
    return {name: frozenset(heads) for name, heads in passed.items()}


def _link_voices(evidence: Sequence[Evidence], heads: Mapping[str, Head], links: Links) -> None:
    """Link what one voice, or one institution, says: by name, by branch of a state."""
    firsts: list[tuple[Evidence, Head]] = []
    for e in sorted(evidence, key=lambda one: heads[one.key].vague):
        head = heads[e.key]
        if head.knows is Knows.BARE:
            continue
        for other, theirs in firsts:
            reason = _one_voice(head, theirs) or _one_finding(e, other, head, theirs)
            if reason:
                links.join(other.key, e.key, reason)
                break
        else:
            firsts.append((e, head))


def _one_finding(a: Evidence, b: Evidence, mine: Head, theirs: Head) -> str | None:
    """Two investigations that arrive at the same number of three or more are one, published twice."""
    if not (mine.finding and theirs.finding and a.count and b.count):
        return None
    return f"one finding: {a.count.lo}" if a.count.lo == b.count.lo >= 3 else None


def _one_voice(a: Head, b: Head) -> str | None:
    if a.state and b.state and a.state != b.state:
        # "The foreign ministry" of one state is not that of another.
        return None
    if same_name(a.name, b.name):
        return f"same voice: {b.label}"
    if a.role and a.role == b.role and a.state == b.state and any(has(name, (a.role,)) for name in (a.name, b.name)):
        # "Her husband" and his name: one of the two is called by the role that both have.
        return f"same {a.role}"
    if a.state and a.state == b.state and a.branch and b.branch:
        if a.branch == b.branch:
            return f"one institution: {a.branch} of {a.state}"
        if a.vague or b.vague:
            return f"authorities of {a.state}"
    return None


def _link_relays(evidence: Sequence[Evidence], heads: Mapping[str, Head], links: Links) -> None:
    """Link a chain that names another's head further down, and a publisher that others name as the head.

    "The service, through the premier" is the premier's word, for both speak for one state; what a private firm found
    out stays its own, whoever passes it on.
    """
    by_head: dict[str, tuple[str, Head]] = {}
    for e in evidence:
        head = heads[e.key]
        if head.knows is not Knows.BARE:
            by_head.setdefault(head.name, (e.key, head))
    for e in evidence:
        mine = heads[e.key]
        below = [fold(voice.name) for voice in e.claim.chain.voices[1:]]
        for name, (key, head) in by_head.items():
            if mine.knows is Knows.BARE and same_name(name, mine.name):
                links.join(key, e.key, f"same voice: {head.label}")
            elif (_speaks_alike(mine, head)) and any(same_name(name, passed) for passed in below):
                links.join(key, e.key, f"through {head.label}")


def _speaks_alike(mine: Head, head: Head) -> bool:
    if head.knows is Knows.OUTLET or (head.finding and head.role) or mine.knows is not Knows.FIRSTHAND:
        return True
    return mine.state is not None and mine.state == head.state
