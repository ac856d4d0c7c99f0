"""Which tellings carry another's text: rewrites, quotations, wire marks, sentences taken over word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from nongrata.resolution.evidence import Evidence
from nongrata.resolution.lineage import Head, Knows
from nongrata.resolution.links import Links
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


def link_texts(
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


def independent_tellings(evidence: Sequence[Evidence], tellings: Mapping[str, Telling]) -> int:
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
