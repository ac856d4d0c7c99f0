"""Who suffers may be a person where the words name the state: by its leader's name, or as "a Sundish diplomat".

The network chooses among parties, and a leader's name or a demonym is a place of the state. Where that place is what it
chose, the codebook asks for the person: one leads a state when one acts for it, and is a person when one is poisoned.
"""

from __future__ import annotations

import re

from nongrata.extraction.layout import TOKEN_ROLES
from nongrata.extraction.parties import Party
from nongrata.extraction.scoring import Scored
from nongrata.model import Span
from nongrata.vocabulary.words import alternation

_HARMED = frozenset({"assault"})
_ONE = re.compile(r"\b(?:an?|another|one)\s+$", re.IGNORECASE)
_MODIFIERS = 3


def victim(scored: Scored, target: Party) -> Party:
    """The person that a target stands for; the target itself where it stands for a state, a body or by its own name."""
    if scored.type not in _HARMED or target.kind == "name":
        return target
    place = _chosen_place(scored, target)
    if place is None:
        return target
    text = scored.unit.report.text
    if place in target.leaders:
        name = max((" ".join(span.of(text).split()) for span in target.leaders), key=len)
        return Party(name, "name", target.name, target.leaders)
    described = description(text, place)
    if described is None:
        return target
    return Party(" ".join(described.of(text).split()), "name", target.state or target.name, (described,))


def _chosen_place(scored: Scored, target: Party) -> Span | None:
    """The place of a target whose word pieces the network finds likeliest."""
    logits = scored.roles[:, TOKEN_ROLES.index("target")]
    places = {span: tokens for span in target.spans if (tokens := scored.unit.tokens(span))}
    return max(places, key=lambda span: float(logits[places[span]].mean()), default=None)


def description(text: str, demonym: Span) -> Span | None:
    """The description of one person by state and calling: "an Iranian activist" → "Iranian activist".

    None for a mere national ("a British woman"), for several people, and where a proper name follows.
    """
    if not _ONE.search(text, max(0, demonym.begin - 12), demonym.begin):
        return None
    calling = re.compile(rf"(?:\s+[a-z-]+){{0,{_MODIFIERS}}}?\s+(?:{alternation('callings')})\b(?!\s+[A-Z])(?!')")
    found = calling.match(text, demonym.end)
    return Span(demonym.begin, found.end()) if found else None
