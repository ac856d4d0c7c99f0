"""Lists of parties in a text ("Norra, Sund and Vale"), and who of them has a figure of their own ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from nongrata.extraction.parties import Party
from nongrata.extraction.units import Unit
from nongrata.language.quantities import Quantity
from nongrata.model import Span
from nongrata.vocabulary.words import alternation

_BEFORE_PARTY = re.compile(r"\s+(?:[a-z-]+\s+){0,2}|\s*")
_AFTER_PARTY = re.compile(r"(?:\s+(?:has|have|had))?(?:\s+[a-z]+)?\s+|\s*[:(]\s*")


_AND = re.compile(r"\b(?:and|or|as\s+well\s+as|along\s+with)\b|&")
_NUMBER = (
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|several|"
    r"dozens\s+of)"
)


@cache
def _joint() -> re.Pattern[str]:
    """What stands between two members: nouns or a figure, then a comma or "and", then articles or a figure."""
    nouns = alternation("listed_nouns", "officials")
    return re.compile(
        rf"(?:['’]s?)?(?:\s+(?:[a-z-]+\s+)?(?:{nouns})|(?:\s+(?:had\s+)?[a-z]+)?\s+{_NUMBER}(?:\s+(?:{nouns}))?)?"
        r"\s*(?:,|,?\s+(?:and|&|or|as\s+well\s+as)|,?\s+along\s+with)\s+"
        rf"(?:also\s+)?(?:the\s+|its\s+|from\s+(?:the\s+)?|in\s+|{_NUMBER}\s+(?:from\s+)?)?"
    )


@dataclass(frozen=True, slots=True)
class PartyList:
    """A list with its members as indices of parties, and the characters from the first to the last."""

    members: tuple[int, ...]
    span: Span


def party_lists(unit: Unit) -> list[PartyList]:
    """The lists of the unit, in the order of the text; each has two members or more and an "and" or its like."""
    text = unit.report.text
    places = sorted((span, index) for index, party in enumerate(unit.parties) if party.known for span in party.spans)
    runs: list[list[tuple[Span, int]]] = [[]]
    for span, index in places:
        if runs[-1] and not _joint().fullmatch(text, runs[-1][-1][0].end, span.begin):
            runs.append([])
        runs[-1].append((span, index))
    found = []
    for run in runs:
        members = tuple(dict.fromkeys(index for _, index in run))
        if len(members) > 1 and any(_AND.search(text, a.end, b.begin) for (a, _), (b, _) in pairwise(run)):
            found.append(PartyList(members, Span(run[0][0].begin, run[-1][0].end)))
    return found


def companions(unit: Unit, index: int, within: Span) -> tuple[int, ...]:
    """The other members of the longest list in a stretch of text that a party stands in."""
    lists = [one for one in party_lists(unit) if index in one.members and within.covers(one.span)]
    best = max((one.members for one in lists), key=len, default=())
    return tuple(member for member in best if member != index)


def own_figures(unit: Unit, parties: Sequence[Party], sentence: Span, actors: bool) -> list[Quantity] | None:
    """The figure that a sentence gives each party ("21 Norran, 15 Sundic diplomats"); None unless each has its own."""
    if len(parties) < 2:
        return None
    figures = [_figure(unit, party, sentence, actors) for party in parties]
    kept = [figure for figure in figures if figure is not None]
    if len(kept) < len(parties) or len({figure.span for figure in kept}) < len(parties):
        return None
    return kept


def _figure(unit: Unit, party: Party, sentence: Span, actor: bool) -> Quantity | None:
    text = unit.report.text
    for span in party.spans:
        if not sentence.begin <= span.begin < sentence.end:
            continue
        for quantity in unit.quantities:
            if quantity.interval is None or quantity.kind != "count":
                continue
            if quantity.span.end <= span.begin:
                if not actor and _BEFORE_PARTY.fullmatch(text, quantity.span.end, span.begin):
                    return quantity
            elif (
                actor
                and span.end <= quantity.span.begin
                and _AFTER_PARTY.fullmatch(text, span.end, quantity.span.begin)
            ):
                return quantity
    return None
