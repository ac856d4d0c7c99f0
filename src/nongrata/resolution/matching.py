"""Does a claim tell the happening of a cluster? A small sum of weighed evidence, each piece with its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nongrata.model import Interval, Realis
from nongrata.resolution.cluster import Cluster, head_name, width
from nongrata.resolution.evidence import Evidence
from nongrata.resolution.parties import Agreement, Party, agree
from nongrata.resolution.settings import settings

Piece = tuple[str, float]
"""A reason in words with its weight."""

MEMBERS_READ = 24
"""At most so many members of a cluster are looked at for what their reports share."""
_NUMBER = {
    "exact": "the same number",
    "exact_small": "the same number",
    "equal": "the same number",
    "compatible": "a number that fits",
    "contradicts_close": "nearly the same number",
    "contradicts_near": "another number, but near",
    "contradicts": "another number",
}
CROWD = 10
"""So many persons are no slip of the pen for one."""
_RANK = {name: rank for rank, name in enumerate((Agreement.SAME, Agreement.KIN, Agreement.OPEN, Agreement.MEMBER))}


def score(e: Evidence, cluster: Cluster) -> float:
    """The summed evidence that a claim tells the cluster's happening."""
    # Rounded, so that the order of the sum cannot tip a claim over a threshold.
    return round(sum(weight for _, weight in pieces(e, cluster)), 6)


def pieces(e: Evidence, cluster: Cluster) -> list[Piece]:
    """The evidence for and against, piece by piece; a piece of weight 0 is left out."""
    weigh = settings()
    found = [
        _time(e, cluster, weigh["time"]),
        *_count(e, cluster, weigh["count"]),
        *_joint(e, cluster, weigh["party"]),
        _realis(e, cluster, weigh["realis"]),
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
    soft = e.soft or c.soft
    if gap <= 0:
        if e.narrow and c.narrow:
            if soft:
                return ("fresh news of those days", w["soft"])
            days = (width(e.first, e.last) + width(c.first, c.last)) / 2
            return ("same days", w["both_narrow"] - w["per_day"] * min(days, w["days_most"]))
        same = (e.first, e.last) == (c.first, c.last)
        if same:
            return ("the same time said", w["wide_same"])
        longer = max(width(e.first, e.last), width(c.first, c.last))
        return ("within the time said", w["wide_month" if longer <= w["month_days"] else "wide"])
    if gap > w["near_days"]:
        lasting = e.claim.type in settings()["kinds"]["lasting"]
        if lasting:
            return (f"{gap} days apart", w["apart_lasting"])
        recalled = soft and gap <= w["soft_days"]
        return (f"news {gap} days off" if recalled else f"{gap} days apart", w["apart_soft" if recalled else "apart"])
    if soft:
        return (f"news {gap} days off", w["near_soft"])
    # What comes in series, day after day, is told apart by its day.
    series = "_series" if e.claim.type in settings()["kinds"]["series"] else ""
    if gap == 1:
        return ("the day before or after", w["next_day" + series])
    return (f"{gap} days off", w["near" + series])


def _recall(told_first: int | None, told_last: int | None, first: int, last: int, w: Mapping[str, Any]) -> Piece:
    if told_first is None or told_last is None:
        return ("no time", w["unknown"])
    if told_last < first:
        return ("told before it happened", w["after"])
    if told_first - last <= w["recall_days"]:
        return ("told after it, without a day", w["open_before"])
    return ("told long after it", w["long_before"])


def _count(e: Evidence, c: Cluster, w: Mapping[str, Any]) -> list[Piece]:
    out: list[Piece] = []
    mine = e.count
    if mine is not None and c.counts:
        verdicts = (_compare(mine, other) for other in c.counts)
        name, weight = max(((n, float(w[n])) for n in verdicts), key=lambda p: p[1])
        if name.startswith("contradicts_") and _is_open(e, c):
            # With a side unsaid the number is all there is to go by: 59 sent to many is not the 60 sent to one.
            name, weight = "contradicts", float(w["contradicts"])
        out.append((f"{_NUMBER[name]}: {mine}", weight * _looseness(e, c, weight, w)))
    if e.claim.share is not None and c.shares:
        same = any(abs(e.claim.share - other) < w["share_within"] for other in c.shares)
        out.append((f"share {e.claim.share:.2f}", w["share_same"] if same else w["share_other"]))
    return out


def _is_open(e: Evidence, c: Cluster) -> bool:
    """True where one of the two does not say who took a measure, or against whom."""
    if e.claim.type not in settings()["kinds"]["measures"]:
        return False
    theirs = (c.members[0].actor, c.members[0].target)
    return any(
        (mine.kind == "none") != (one.kind == "none") for mine, one in zip((e.actor, e.target), theirs, strict=True)
    )


def _looseness(e: Evidence, c: Cluster, weight: float, w: Mapping[str, Any]) -> float:
    """How much a number counts: little where sites or spies are, unless a side is open and "several" may be all."""
    if e.claim.type not in settings()["kinds"]["loose"]:
        return 1.0
    if weight > 0:
        return float(w["loose_agreement"])
    if e.target.kind == "none" or (e.claim.type in settings()["kinds"]["persons"] and _one_against_many(e, c)):
        return 1.0
    return float(w["loose"])


def _one_against_many(e: Evidence, c: Cluster) -> bool:
    """True where one speaks of a single person and the other of a crowd."""
    mine, theirs = (e.count,), c.counts
    one = any(n.hi == 1 for n in mine if n), all(n.hi == 1 for n in theirs)
    many = any(n.lo >= CROWD for n in mine if n), all(n.lo >= CROWD for n in theirs)
    return (one[0] and many[1]) or (many[0] and one[1])


def _realis(e: Evidence, c: Cluster, w: Mapping[str, Any]) -> Piece:
    if (e.claim.realis is Realis.HABITUAL) != c.habitual:
        return ("a habit is not a happening", w["habit"])
    if (e.claim.realis is Realis.HYPOTHETICAL) != c.supposed:
        return ("supposed", w["supposed"])
    return ("told as real alike", 0.0)


def _compare(a: Interval, b: Interval) -> str:
    if a == b and (a.hi is not None or a.lo >= 10):
        return ("exact" if a.lo >= 3 else "exact_small") if a.is_exact else "equal"
    if not a.contradicts(b):
        return "compatible"
    if not (a.is_exact and b.is_exact):
        return "contradicts"
    apart, most = abs(a.lo - b.lo), max(a.lo, b.lo)
    if 10 * apart <= most:
        return "contradicts_close"
    return "contradicts_near" if 3 * apart <= most else "contradicts"


def _side(name: str, mine: Party, others: Iterable[Party], w: Mapping[str, Any]) -> Piece:
    verdicts = {agree(mine, other): other for other in others}
    for bad in (Agreement.CLASH, Agreement.RIVAL):
        if bad in verdicts and Agreement.SAME not in verdicts:
            return (f"{name} {bad}: {mine.name} and {verdicts[bad].name}", w[bad])
    best = min(verdicts, key=lambda v: _RANK.get(v, 9))
    if best is Agreement.SAME and mine.depth in (2, 0):
        return (f"same {name}", 0.0)
    if best is Agreement.KIN and name == "target" and {mine.kind, verdicts[best].kind} == {"state", "group"}:
        # A firm or a person of a state, and the state: many are hit, and one of them is not the other.
        return (f"target kin: {mine.name} and {verdicts[best].name}", w["kin_target"])
    return (f"{name} {best}: {mine.name or 'unsaid'}", w[best])


def _joint(e: Evidence, c: Cluster, w: Mapping[str, Any]) -> list[Piece]:
    """Several states named for one figure: other states are another happening, most of them the same are the same."""
    if not e.claim.actors or not c.joint:
        return []
    mine = set(e.claim.actors)
    share = max(len(mine & theirs) / min(len(mine), len(theirs)) for theirs in c.joint)
    if not share:
        return [("told of other states", w["clash"])]
    return [
        ("told of the same states", w["same"])
        if share > w["joint_most"]
        else ("told of some other states", w["member"])
    ]


def _family(e: Evidence, c: Cluster, w: Mapping[str, Any]) -> Piece:
    if not e.family or not c.families:
        subtype = e.claim.subtype
        alike = subtype is not None and any(m.claim.subtype == subtype for m in c.members[:MEMBERS_READ])
        return (f"same subtype: {subtype}", w["subtype"]) if alike else ("kind of act open", 0.0)
    if e.family in c.families:
        return (f"same kind of act: {e.family}", w["common"] if e.family in w["commonest"] else w["same"])
    loose = e.claim.type in settings()["kinds"]["loose"]
    return ("another kind of act", w["different_loose"] if loose else w["different"])


def _context(e: Evidence, c: Cluster, w: Mapping[str, Any]) -> list[Piece]:
    """What the reports share beyond this claim: other things told, words of the address, a wire, the voice."""
    out: list[Piece] = []
    head = head_name(e)
    if head and head in c.heads:
        out.append((f"same voice: {head}", w["voice"]))
    elif e.institution and e.institution in c.institutions:
        out.append((f"same institution: {' of '.join(e.institution)}", w["institution"]))
    shared, slug, words, wire, twice = 0.0, 0, 0, False, False
    for member in c.members[:MEMBERS_READ]:
        if member.claim.report_id == e.claim.report_id:
            twice = twice or head_name(member) == head
            continue
        shared = max(shared, _common(e, member, w))
        slug = max(slug, len(e.slug & member.slug))
        words = max(words, len(e.words & member.words))
        wire = wire or not set(e.wire).isdisjoint(member.wire)
    if e.claim.report_id in c.reports:
        out.append(_same_report(e, c, twice, w))
    if shared:
        out.append(("the reports tell other things alike", min(shared, w["shared_most"])))
    if slug > 1:
        out.append((f"the addresses share {slug} words", min(slug * w["slug"], w["slug_most"])))
    if words > 1:
        out.append((f"the sentences share {words} names", min(words * w["words"], w["words_most"])))
    if wire:
        out.append(("one wire", w["wire"]))
    return out


def _common(e: Evidence, member: Evidence, w: Mapping[str, Any]) -> float:
    """What two reports both tell besides these two claims; a number told alike is worth more."""
    common = (e.story & member.story) - e.own - member.own
    return float(sum(w["shared_number"] if signature[3] is not None else w["shared"] for signature in common))


def _same_report(e: Evidence, c: Cluster, twice: bool, w: Mapping[str, Any]) -> Piece:
    """A report that denies what it tells speaks of one thing; one voice that tells two things speaks of two."""
    if e.claim.denied and any(not m.claim.denied for m in c.members if m.claim.report_id == e.claim.report_id):
        return ("denies what the report tells", w["denies_here"])
    return ("one voice tells both in one report", w["same_report"]) if twice else ("in one report", 0.0)
