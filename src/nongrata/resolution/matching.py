"""Does a claim tell the happening of a cluster? A small sum of weighed evidence, each piece with its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nongrata.model import Interval
from nongrata.resolution.evidence import Evidence, settings
from nongrata.resolution.parties import Agreement, Party, agree, fold

Piece = tuple[str, float]
"""A reason in words with its weight."""

_MEMBERS_READ = 16
"""At most so many members of a cluster are looked at for what their reports share."""
_RANK = {name: rank for rank, name in enumerate((Agreement.SAME, Agreement.KIN, Agreement.OPEN, Agreement.MEMBER))}


class Cluster:
    """Claims taken to tell one happening, with what a comparison needs kept up to date as they join."""

    __slots__ = (
        "actors", "attached", "counts", "families", "first", "heads", "keys", "last", "members", "narrow", "reports", "soft",
        "targets", "told_first", "told_last",
    )  # fmt: skip

    def __init__(self, founder: Evidence) -> None:
        self.members: list[Evidence] = []
        self.attached: dict[object, tuple[Evidence, ...]] = {}
        self.keys: set[str] = set()
        self.reports: set[str] = set()
        self.actors: set[Party] = set()
        self.targets: set[Party] = set()
        self.families: set[str | None] = set()
        self.counts: set[Interval] = set()
        self.heads: set[str] = set()
        self.first: int | None = None
        self.last: int | None = None
        self.narrow = founder.narrow
        self.soft = founder.soft
        self.told_first: int | None = None
        self.told_last: int | None = None
        self.add(founder)

    def add(self, e: Evidence) -> None:
        """Take a claim in; only claims as well placed as the founder move the cluster's days."""
        self.members.append(e)
        self.keys.add(e.key)
        self.reports.add(e.claim.report_id)
        self.actors.add(e.actor)
        self.targets.add(e.target)
        if e.family:
            self.families.add(e.family)
        if e.count:
            self.counts.add(e.count)
        if head := head_name(e):
            self.heads.add(head)
        if e.first is not None and e.last is not None and self._moves(e):
            self.first = e.first if self.first is None else min(self.first, e.first)
            self.last = e.last if self.last is None else max(self.last, e.last)
        if e.told_first is not None and e.told_last is not None:
            self.told_first = e.told_first if self.told_first is None else min(self.told_first, e.told_first)
            self.told_last = e.told_last if self.told_last is None else max(self.told_last, e.told_last)

    def _moves(self, e: Evidence) -> bool:
        return len(self.members) == 1 or (e.narrow == self.narrow and e.soft == self.soft)

    def everyone(self) -> list[Evidence]:
        """The members and the claims that attached to them."""
        return [*self.members, *(e for group in self.attached.values() for e in group)]


def head_name(e: Evidence) -> str | None:
    """The folded name of the voice behind a claim, None where only the publisher speaks."""
    chain = e.claim.chain
    return fold(chain.voices[0].name) if len(chain) > 1 else None


def score(e: Evidence, cluster: Cluster) -> float:
    """The summed evidence that a claim tells the cluster's happening."""
    return sum(weight for _, weight in pieces(e, cluster))


def pieces(e: Evidence, cluster: Cluster) -> list[Piece]:
    """The evidence for and against, piece by piece; a piece of weight 0 is left out."""
    weigh = settings()
    found = [
        _time(e, cluster, weigh["time"]),
        _count(e, cluster, weigh["count"]),
        _side("actor", e.actor, cluster.actors, weigh["party"]),
        _side("target", e.target, cluster.targets, weigh["party"]),
        _family(e, cluster, weigh["family"]),
        *_context(e, cluster, weigh["context"]),
    ]
    return [piece for piece in found if piece[1]]


def _time(e: Evidence, c: Cluster, w: Mapping[str, Any]) -> Piece:
    if e.first is not None and e.last is not None and c.first is not None and c.last is not None:
        return _two_times(e, c, w, max(e.first, c.first) - min(e.last, c.last))
    if c.first is not None and c.last is not None:
        return _recall(e.told_first, e.told_last, c.first, c.last, w)
    if e.first is not None and e.last is not None:
        return _recall(c.told_first, c.told_last, e.first, e.last, w)
    if e.told_first is None or e.told_last is None or c.told_first is None or c.told_last is None:
        return ("no time", w["unknown"])
    apart = max(e.told_first, c.told_first) - min(e.told_last, c.told_last)
    if apart <= w["together_days"]:
        return ("told in the same days", w["told_together"])
    return (f"told {apart} days apart", w["told_apart"] if apart > w["apart_days"] else 0.0)


def _two_times(e: Evidence, c: Cluster, w: Mapping[str, Any], gap: int) -> Piece:
    if gap <= 0:
        if e.narrow and c.narrow:
            return ("fresh news of those days", w["soft"]) if e.soft or c.soft else ("same days", w["both_narrow"])
        return ("within the time said", w["wide"])
    if gap <= w["near_days"]:
        return (f"{gap} days off", w["near"])
    return (f"{gap} days apart", w["apart"])


def _recall(told_first: int | None, told_last: int | None, first: int, last: int, w: Mapping[str, Any]) -> Piece:
    if told_first is None or told_last is None:
        return ("no time", w["unknown"])
    if told_last < first:
        return ("told before it happened", w["after"])
    if told_first - last <= w["recall_days"]:
        return ("told after it, without a day", w["open_before"])
    return ("told long after it", w["long_before"])


def _count(e: Evidence, c: Cluster, w: Mapping[str, Any]) -> Piece:
    mine = e.count
    if mine is None or not c.counts:
        return ("no number", w["unsaid"])
    name, weight = max(((n, float(w[n])) for n in (_compare(mine, other) for other in c.counts)), key=lambda p: p[1])
    loose = e.claim.type in settings()["kinds"]["loose"]
    return (f"number {name.replace('_', ' ')}: {mine}", weight * (w["loose"] if loose else 1.0))


def _compare(a: Interval, b: Interval) -> str:
    if a == b:
        return ("exact" if a.lo >= 3 else "exact_small") if a.is_exact else "equal"
    if not a.contradicts(b):
        return "compatible"
    near = a.is_exact and b.is_exact and 3 * abs(a.lo - b.lo) <= max(a.lo, b.lo)
    return "contradicts_near" if near else "contradicts"


def _side(name: str, mine: Party, others: Iterable[Party], w: Mapping[str, Any]) -> Piece:
    verdicts = {agree(mine, other): other for other in others}
    for bad in (Agreement.CLASH, Agreement.RIVAL):
        if bad in verdicts and Agreement.SAME not in verdicts:
            return (f"{name} {bad}: {mine.name} and {verdicts[bad].name}", w[bad])
    best = min(verdicts, key=lambda v: _RANK.get(v, 9))
    if best is Agreement.SAME and mine.depth < 3:
        return (f"same {name}", 0.0)
    return (f"{name} {best}: {mine.name or 'unsaid'}", w[best])


def _family(e: Evidence, c: Cluster, w: Mapping[str, Any]) -> Piece:
    if not e.family or not c.families:
        return ("kind of act open", 0.0)
    return ("same kind of act", w["same"]) if e.family in c.families else ("another kind of act", w["different"])


def _context(e: Evidence, c: Cluster, w: Mapping[str, Any]) -> list[Piece]:
    """What the reports share beyond this claim: other things told, words of the address, a wire, the voice."""
    out: list[Piece] = []
    head = head_name(e)
    if head and head in c.heads:
        out.append((f"same voice: {head}", w["voice"]))
    shared, slug, words, wire = 0, 0, 0, False
    for member in c.members[:_MEMBERS_READ]:
        if member.claim.report_id == e.claim.report_id:
            if head_name(member) == head and not (e.claim.denied or member.claim.denied):
                out.append(("the same voice tells both in one report", w["same_report"]))
            continue
        shared = max(shared, len((e.story & member.story) - {e.signature, member.signature}))
        slug = max(slug, len(e.slug & member.slug))
        words = max(words, len(e.words & member.words))
        wire = wire or bool(set(e.wire) & set(member.wire))
    if shared:
        out.append((f"the reports share {shared} other claims", min(shared * w["shared"], w["shared_most"])))
    if slug > 1:
        out.append((f"the addresses share {slug} words", min(slug * w["slug"], w["slug_most"])))
    if words > 1:
        out.append((f"the sentences share {words} names", min(words * w["words"], w["words_most"])))
    if wire:
        out.append(("one wire", w["wire"]))
    return out
