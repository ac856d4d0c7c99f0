"""What an incident shows: hulls, best-supported values, dissent, the Admiralty credibility with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from nongrata.model import (
    Contradiction,
    DateInterval,
    Factuality,
    Incident,
    Interval,
    Origin,
    Placement,
    Realis,
    date_hull,
    hull_of,
)
from nongrata.resolution.evidence import Evidence
from nongrata.resolution.origins import Lineage
from nongrata.resolution.parties import NOBODY, Agreement, Party, agree

Value = TypeVar("Value", Interval, DateInterval)

NAMED = 0.3
"""A named agency, group or person is shown where so many of the claims name it; below, the state that they all mean."""
_NAME_DEPTH = 3

_FIRM = (Factuality.CERTAIN, Factuality.PROBABLE, Factuality.POSSIBLE, Factuality.UNKNOWN, Factuality.DENIED)
_SURE = {"CT+": "certain", "PR+": "probable", "PS+": "possible", "CT-": "denied", "Uu": "open"}
_REAL = (Realis.ACTUAL, Realis.PLANNED, Realis.HABITUAL, Realis.HYPOTHETICAL)


def build(
    incident_id: str, evidence: Sequence[Evidence], lineage: Lineage, placements: Sequence[Placement] = ()
) -> Incident:
    """The incident that some claims tell, with every value traced to them."""
    ordered = sorted(evidence, key=lambda e: e.order)
    asserting = [e for e in ordered if not e.claim.denied] or ordered
    actor, target = shown([e.actor for e in asserting]), shown([e.target for e in asserting])
    credibility, reason = judge(asserting, lineage)
    groups = {e.claim.actors for e in asserting if e.claim.actors}
    counts = {e.key: e.claim.count for e in asserting if e.claim.count}
    whens = {e.key: e.claim.when for e in asserting if e.claim.when}
    return Incident(
        id=incident_id,
        type=ordered[0].claim.type,
        actor=actor.name,
        target=target.name,
        count=hull_of(sharpest(counts.values(), lambda loose, sharp: loose.hull(sharp) == loose)),
        when=date_hull(
            sharpest(whens.values(), lambda loose, sharp: loose.first <= sharp.first and sharp.last <= loose.last)
        ),
        origins=lineage.origins,
        reports=tuple(sorted({e.claim.report_id for e in ordered})),
        claims=tuple(sorted(e.key for e in ordered)),
        actors=tuple(sorted({a for group in groups for a in group})) or None,
        best_count=best(counts, lineage.origins, sharpness),
        best_when=best(whens, lineage.origins, lambda w: -w.days),
        credibility=credibility,
        credibility_reason=reason,
        contradictions=tuple(contradictions(asserting)),
        subtype=_commonest([e.claim.subtype for e in asserting if e.claim.subtype]),
        actor_state=actor.state,
        target_state=target.state,
        realis=min((e.claim.realis for e in asserting), key=_REAL.index),
        factuality=min((e.claim.factuality for e in asserting), key=_FIRM.index),
        placements=tuple(placements),
        tellings=lineage.tellings,
        unknown_lineage=tuple(sorted(lineage.unknown)),
    )


def shown(parties: Sequence[Party]) -> Party:
    """The party to show.

    Names that agree are one; the one named by at least ``NAMED`` of the claims that name any party is shown with its
    fullest name. Else the state, body or description most often said.
    """
    said = [p for p in parties if p.kind != "none"]
    if not said:
        return NOBODY
    votes = Counter(said)
    ranked = sorted(votes, key=lambda p: (-p.depth, -votes[p], p.name or "", p.state or ""))
    groups: list[list[Party]] = []
    for one in (p for p in ranked if p.depth >= _NAME_DEPTH):
        home = next((g for g in groups if agree(g[0], one) is Agreement.SAME), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    best = max(groups, key=lambda g: sum(votes[p] for p in g), default=None)
    plain = [p for p in ranked if p.depth < _NAME_DEPTH]
    if best and (not plain or sum(votes[p] for p in best) >= NAMED * len(said)):
        return best[0]
    return min(plain, key=lambda p: (-p.depth, -votes[p], p.name or "", p.state or ""))


def _commonest(words: Sequence[str]) -> str | None:
    votes = Counter(words)
    return min(votes, key=lambda w: (-votes[w], w)) if votes else None


def sharpest(values: Iterable[Value], holds: Callable[[Value, Value], bool]) -> list[Value]:
    """The values that hold no other one: "diplomats" and "in March" say nothing against 23 on the 17th."""
    distinct = list(dict.fromkeys(values))
    return [one for one in distinct if not any(other != one and holds(one, other) for other in distinct)]


def best(values: Mapping[str, Value], origins: Sequence[Origin], sharp: Callable[[Value], int]) -> Value | None:
    """The value with most independent origins behind it, then most claims, then the sharpest."""
    if not values:
        return None
    claims = Counter(values.values())
    support = Counter(v for o in origins if not o.denies for v in {values[k] for k in o.claims if k in values})
    return min(claims, key=lambda v: (-support[v], -claims[v], -sharp(v), str(v)))


def sharpness(count: Interval) -> int:
    """How sharp a number is: 0 for an exact one, less the wider it is, least when open."""
    return -(10**9) if count.hi is None else count.lo - count.hi


def contradictions(evidence: Sequence[Evidence]) -> list[Contradiction]:
    """Fields on which two asserting claims cannot both be right; every value that takes part is kept."""
    found = []
    by_count = _by_value({e.key: e.claim.count for e in evidence if e.claim.count})
    if clash := _clashing(by_count, lambda a, b: a.contradicts(b)):
        found.append(_contradiction("count", clash))
    by_when = _by_value({e.key: e.claim.when for e in evidence if e.claim.when})
    if apart := _clashing(by_when, lambda a, b: not a.overlaps(b)):
        found.append(_contradiction("when", apart))
    for side in ("actor", "target"):
        named = {e.key: getattr(e, side) for e in evidence}
        states = _by_value({k: p.side for k, p in named.items() if p.side})
        if len(states) > 1:
            found.append(_contradiction(side, states))
    return found


def _by_value(values: Mapping[str, object]) -> dict[object, list[str]]:
    out: dict[object, list[str]] = {}
    for key in sorted(values):
        out.setdefault(values[key], []).append(key)
    return out


def _clashing(groups: Mapping[object, list[str]], clash: Callable[..., bool]) -> dict[object, list[str]]:
    bad = {value for a, b in combinations(groups, 2) if clash(a, b) for value in (a, b)}
    return {value: keys for value, keys in groups.items() if value in bad}


def _contradiction(name: str, groups: Mapping[object, list[str]]) -> Contradiction:
    ranked = sorted(groups.items(), key=lambda item: (-len(item[1]), str(item[0])))
    return Contradiction(name, tuple(str(v) for v, _ in ranked), tuple(k for _, keys in ranked for k in keys))


def judge(asserting: Sequence[Evidence], lineage: Lineage) -> tuple[int, str]:
    """Item credibility on the Admiralty scale, 1 (confirmed) to 6 (cannot be judged), with its reason."""
    held = [o for o in lineage.origins if not o.denies]
    denied = [o.label for o in lineage.origins if o.denies]
    told = f"; denied by {', '.join(denied)}" if denied else ""
    firm = min((e.claim.factuality for e in asserting), key=_FIRM.index)
    real = min((e.claim.realis for e in asserting), key=_REAL.index)
    if not held:
        return 5, f"only denials: {', '.join(denied)}"
    if firm is Factuality.UNKNOWN or real is Realis.HYPOTHETICAL:
        return 6, "nobody asserts it: asked, conditional or supposed" + told
    if min(len(held), lineage.tellings) >= 2:
        return 1, f"{len(held)} independent origins: {', '.join(o.label for o in held)}{told}"
    if denied:
        return (4 if firm is Factuality.CERTAIN else 5), f"one origin, {held[0].label}{told}"
    if firm is Factuality.CERTAIN and lineage.voiced:
        return 2, f"one origin, {held[0].label}, not contradicted"
    return 3, f"one origin, {held[0].label}, told as {_SURE[firm]}, not contradicted"
