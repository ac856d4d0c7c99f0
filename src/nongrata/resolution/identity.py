"""Stable ids: an incident keeps its id as claims come and go; merges and splits leave a forwarding record."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from nongrata.model import Forward
from nongrata.resolution.evidence import Evidence


def content_id(evidence: Iterable[Evidence], salt: str = "") -> str:
    """An id by content: from the claim told first (then by report and key), so that later tellings do not change it."""
    anchor = min(evidence, key=lambda e: (e.claim.published or date.max, e.claim.report_id, e.key))
    return "inc-" + hashlib.sha256(f"{anchor.key}{salt}".encode()).hexdigest()[:12]


def assign(
    groups: Sequence[Sequence[Evidence]], owners: Mapping[str, str], taken: Iterable[str] = ()
) -> tuple[list[str], list[Forward]]:
    """Ids for groups of claims, given the incident that each claim belonged to before (``owners``).

    An old id goes to the group that holds most of its claims; a group that may take several keeps the one with most of
    its claims, and the others are forwarded to it. Ids in ``taken`` belong to incidents outside the groups.
    """
    held = [Counter(owners[e.key] for e in group if e.key in owners) for group in groups]
    content = [content_id(group) for group in groups]
    heirs = {old: _heir(old, held, content) for old in sorted({old for counter in held for old in counter})}
    ids: list[str | None] = [None] * len(groups)
    for i, counter in enumerate(held):
        won = [old for old in counter if heirs[old] == i]
        if won:
            ids[i] = min(won, key=lambda old: (-counter[old], old))
    used = {*taken, *(i for i in ids if i)}
    final = [known or _fresh(group, used) for known, group in zip(ids, groups, strict=True)]
    return final, _forwards(held, heirs, final)


def _heir(old: str, held: Sequence[Counter[str]], content: Sequence[str]) -> int:
    holders = [i for i, counter in enumerate(held) if old in counter]
    return min(holders, key=lambda i: (-held[i][old], content[i]))


def _fresh(group: Sequence[Evidence], used: set[str]) -> str:
    salt, turn = "", 0
    while (found := content_id(group, salt)) in used:
        turn += 1
        salt = f"/{turn}"
    used.add(found)
    return found


def _forwards(held: Sequence[Counter[str]], heirs: Mapping[str, int], final: Sequence[str]) -> list[Forward]:
    out = []
    for i, counter in enumerate(held):
        for old in sorted(counter):
            if old == final[i]:
                continue
            # The id lives on elsewhere: part of it was split off. Else it was merged into the heir.
            if final[heirs[old]] == old:
                out.append(Forward(old, final[i], "split"))
            elif heirs[old] == i:
                out.append(Forward(old, final[i], "merge"))
    return out
