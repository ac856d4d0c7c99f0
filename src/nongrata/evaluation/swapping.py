"""The swap test: states change names, and the claims must stay the same but for the names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from nongrata.extraction.interface import Reader
from nongrata.language.names import MentionKind, find_mentions
from nongrata.model import Block, Claim, Report, Span
from nongrata.vocabulary.states import State, states

_SWAPPED = frozenset({MentionKind.STATE, MentionKind.DEMONYM, MentionKind.CAPITAL, MentionKind.PEOPLE})
PAIRS = (("RU", "NO"), ("CN", "CA"), ("IR", "PT"), ("IL", "CL"), ("GB", "KE"), ("KP", "FI"), ("UA", "PE"), ("TR", "JP"))


def mapping() -> dict[str, str]:
    """Each state of ``PAIRS`` with the one it changes names with."""
    return {a: b for one, other in PAIRS for a, b in ((one, other), (other, one))}


def swapped(report: Report, names: Mapping[str, str]) -> Report:
    """The report with the states' names, adjectives, peoples and capitals exchanged; blocks are moved along.

    Leaders, ministries and agencies keep their names; see :func:`swappable`.
    """
    text, moves = _exchanged(report.text, report.published, names)

    def moved(position: int) -> int:
        return position + next((s for end, s in reversed(moves) if end <= position), 0)

    blocks = tuple(Block(b.role, Span(moved(b.span.begin), moved(b.span.end))) for b in report.blocks)
    return replace(report, text=text, blocks=blocks)


def _exchanged(text: str, published: date | None, names: Mapping[str, str]) -> tuple[str, list[tuple[int, int]]]:
    """A text with the states' names exchanged, and by how much it is longer from the end of each on."""
    pieces: list[str] = []
    moves: list[tuple[int, int]] = []
    at = shift = 0
    for mention in find_mentions(text, published):
        other = states().get(names.get(mention.code, ""))
        form = _form(other, mention.kind, mention.text) if other else None
        if form is None:
            continue
        pieces += [text[at : mention.span.begin], form]
        at = mention.span.end
        shift += len(form) - len(mention.span)
        moves.append((mention.span.end, shift))
    return "".join([*pieces, text[at:]]), moves


def swappable(report: Report, names: Mapping[str, str]) -> bool:
    """True when every mention of a state that changes names can: none by a leader, a ministry's address or an agency.

    "Norway ... the Kremlin" would be two states where there was one.
    """
    mentions = find_mentions(report.text, report.published)
    mine = [m for m in mentions if m.code in names or m.state in names]
    return all(m.kind in _SWAPPED for m in mine)


def _form(state: State, kind: str, text: str) -> str | None:
    if kind == MentionKind.STATE:
        return state.name
    forms = {
        MentionKind.DEMONYM: state.adjectives,
        MentionKind.CAPITAL: state.capitals,
        MentionKind.PEOPLE: tuple(p for p in state.people if p.endswith("s") == text.endswith("s")),
    }.get(MentionKind(kind), ())
    return forms[0] if forms else None


def agreement(reader: Reader, reports: Sequence[Report]) -> tuple[int, int]:
    """How many claims come out the same under the swap, and of how many (claims of either reading).

    Reports that are not :func:`swappable` are left out.
    """
    names = mapping()
    reports = [report for report in reports if swappable(report, names)]
    same = whole = 0
    before = reader.read_many(reports)
    after = reader.read_many(swapped(report, names) for report in reports)
    for (_, first), (_, second) in zip(before, after, strict=True):
        left = [_content(claim, names) for claim in first]
        right = [_content(claim, {}) for claim in second]
        for content in left:
            if content in right:
                right.remove(content)
                same += 1
        whole += len(left) + len(right)
    return same, whole


def _content(claim: Claim, names: Mapping[str, str]) -> tuple[object, ...]:
    """What a claim says once the states have changed names, also those that a party's own name holds ("Three UK")."""

    def name(party: str | None) -> str | None:
        if not party:
            return None
        return names[party] if party in names else _exchanged(party, claim.published, names)[0]

    return (
        claim.type,
        name(claim.actor),
        name(claim.target),
        tuple(sorted(str(name(a)) for a in claim.actors or ())),
        claim.count,
        claim.when,
        claim.factuality,
        claim.realis,
        claim.scope,
        claim.background,
        len(claim.chain),
    )
