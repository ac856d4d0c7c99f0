"""Independent origins: union-find over the claims of an incident, with the reason kept on each link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from rapidfuzz.fuzz import ratio

from nongrata.model import Factuality, Origin
from nongrata.resolution.evidence import Evidence
from nongrata.resolution.lineage import Head, Knows, bare_words, has
from nongrata.resolution.parties import ALIKE, fold
from nongrata.resolution.settings import settings
from nongrata.resolution.telling import Telling, overlap

COPIED = 0.5
"""Share of the shorter text's shingles from which one text counts as a rewrite of the other."""
QUOTED = 0.85
"""Share of the shorter quotation's words that stand in the other, from which the two count as one."""
QUOTED_PAIRS = 0.6
"""The same for its pairs of neighbouring words: what is moved as a whole keeps most of them."""
QUOTED_WORDS = 5
"""Shorter quotations prove nothing."""
TEXTS = 60
"""Texts and quotations are compared pairwise among at most so many claims of an incident."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """The origins of an incident, the claims whose lineage is unknown, and how many independent tellings carry it.

    ``voiced`` is False where nobody who can know is named.
    """

    origins: tuple[Origin, ...]
    unknown: tuple[str, ...]
    tellings: int
    voiced: bool


class Links:
    """Union-find over claim keys; every link keeps its reason."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in keys}
        self._reasons: list[tuple[str, str]] = []

    def find(self, key: str) -> str:
        """The representative of a key's group: its smallest key."""
        root = key
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def join(self, a: str, b: str, reason: str) -> None:
        """Put two keys in one group, for a reason; a link inside a group adds none."""
        left, right = sorted((self.find(a), self.find(b)))
        if left != right:
            self._parent[right] = left
            self._reasons.append((a, reason))

    def groups(self) -> list[tuple[list[str], tuple[str, ...]]]:
        """Each group's keys in order with the reasons that made it."""
        members: dict[str, list[str]] = {}
        for key in sorted(self._parent):
            members.setdefault(self.find(key), []).append(key)
        why: dict[str, dict[str, None]] = {}
        for key, reason in self._reasons:
            why.setdefault(self.find(key), {})[reason] = None
        return [(keys, tuple(why.get(root, {}))) for root, keys in members.items()]


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
    return Lineage((*origins, *against), (*unknown, *unheard), _tellings(asserting, tellings), voiced)


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
    _link_texts(evidence, heads, tellings, links)
    knowing = {e.key for e in evidence if _knows(e, heads[e.key], relays)}
    sides = [key for key in knowing if heads[key].knows is Knows.FIRSTHAND and not heads[key].finding]
    if sides and evidence[0].claim.type in settings()["kinds"]["measures"]:
        # Who takes a measure, or suffers it, announces it; an outlet that tells of it has it from there.
        knowing.intersection_update(sides)
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
        reasons["lineage unknown: counted as no further origin"] = None
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


@lru_cache(maxsize=65536)
def same_name(a: str, b: str) -> bool:
    """True for two folded names of one voice: equal, one the surname of the other, or spelled alike."""
    if a == b:
        return True
    if min(len(a), len(b)) < 4:
        return False
    x, y = bare_words(a), bare_words(b)
    if not x or not y:
        return False
    return x <= y or y <= x or ratio(a, b) >= ALIKE


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


def _link_texts(
    evidence: Sequence[Evidence], heads: Mapping[str, Head], tellings: Mapping[str, Telling], links: Links
) -> None:
    """Link tellings without a voice to those whose text, quotation or wire mark they carry.

    Two voices that are known are never linked through a telling that has neither.
    """
    known = sorted((e for e in evidence if e.claim.report_id in tellings), key=lambda e: _is_mute(heads[e.key]))[:TEXTS]
    voiced = {links.find(e.key) for e in known if not _is_mute(heads[e.key])}
    for a, b in combinations(known, 2):
        if not _is_mute(heads[b.key]) or a.claim.report_id == b.claim.report_id:
            continue
        left, right = links.find(a.key), links.find(b.key)
        if left == right or (left in voiced and right in voiced):
            continue
        reason = _one_text(tellings[a.claim.report_id], tellings[b.claim.report_id])
        if reason:
            links.join(a.key, b.key, reason)
            if left in voiced or right in voiced:
                voiced.add(links.find(a.key))


def _is_mute(head: Head) -> bool:
    """True where only an outlet speaks, so that its text may show from whom it has what it tells."""
    return head.knows is not Knows.FIRSTHAND or head.finding


def _one_text(a: Telling, b: Telling) -> str | None:
    share = overlap(a.shingles, b.shingles)
    if share >= COPIED:
        return f"text overlap {share:.2f}"
    if common := sorted(set(a.wire) & set(b.wire)):
        return f"wire mark {common[0]}"
    for mine in a.quotations:
        for theirs in b.quotations:
            if _one_quotation(mine, theirs):
                return f"same quotation: {min(mine, theirs, key=len)[:60]}"
    return None


def _one_quotation(a: str, b: str) -> bool:
    """True when the shorter quotation stands in the longer one: trimmed, slightly altered, or with its parts moved."""
    short, long = sorted((a.split(), b.split()), key=len)
    if len(short) < QUOTED_WORDS:
        return False
    words = sum((Counter(short) & Counter(long)).values()) / len(short)
    pairs = set(pairwise(short))
    return words >= QUOTED and len(pairs & set(pairwise(long))) >= QUOTED_PAIRS * len(pairs)


def _tellings(evidence: Sequence[Evidence], tellings: Mapping[str, Telling]) -> int:
    """How many independent tellings carry the incident: reports, less those that copy or repeat another in full."""
    by_report: dict[str, list[Evidence]] = {}
    for e in evidence:
        by_report.setdefault(e.claim.report_id, []).append(e)
    links = Links(by_report)
    told: dict[tuple[object, ...], str] = {}
    for report, group in sorted(by_report.items()):
        same = (frozenset(e.head.name for e in group), group[0].story)
        links.join(told.setdefault(same, report), report, "tells the same by the same voices")
    for a, b in combinations(sorted(by_report)[:TEXTS], 2):
        if a in tellings and b in tellings and overlap(tellings[a].shingles, tellings[b].shingles) >= COPIED:
            links.join(a, b, "copies")
    return len(links.groups())
