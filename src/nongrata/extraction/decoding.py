"""From scores to values: which parties, which number, which days, how sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from nongrata.extraction.choosing import BETWEEN_STATES, OTHER_CLAUSE, Choice, as_states, choose, is_mutual
from nongrata.extraction.confidence import Calibration, undisputed
from nongrata.extraction.layout import FACTUALITY, REALIS
from nongrata.extraction.lists import own_figures, party_lists
from nongrata.extraction.parties import Party
from nongrata.extraction.scoring import Scored
from nongrata.extraction.structure import head_of
from nongrata.extraction.values import SPECIAL, count_of, scope_of, share_of, when_of
from nongrata.language.gate import gate
from nongrata.language.quantities import Quantity
from nongrata.model import DateInterval, Factuality, Interval, Realis, Scope, Span
from nongrata.vocabulary.events import event_types

_DEALT = re.compile(r"\beach\b(?!\s+other)|\brespectively\b|\bapiece\b", re.IGNORECASE)
_COUNTED = frozenset({"expulsion", "legal_action"})


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim's values with the spans they were read from, before its voices are known."""

    scored: Scored
    confidence: float
    actors: tuple[Party, ...]
    target: Party | None
    count: Interval | None
    share: float | None
    count_span: Span | None
    when: DateInterval | None
    when_span: Span | None
    factuality: Factuality
    realis: Realis
    scope: Scope
    background: bool

    @property
    def type(self) -> str:
        """The event type; a share of a state's spies, or its means for spying, is a capability and no act."""
        if self.scored.type != "espionage":
            return self.scored.type
        means = self.share is not None or _is_means(self.trigger.of(self.scored.unit.report.text))
        return "capability" if means else "espionage"

    @property
    def trigger(self) -> Span:
        """The characters of the trigger."""
        return self.scored.trigger

    @property
    def sentence(self) -> Span:
        """The sentence that the trigger stands in."""
        unit = self.scored.unit
        return unit.sentences[unit.sentence_at(self.trigger.begin)]


def _is_means(trigger: str) -> bool:
    """True for words that tell of means for spying (antennas, stations) and of no act of it."""
    strong = {t for hit in gate().hits(trigger) for t in hit.types if hit.stem in event_types()[t].stems}
    return "capability" in strong and "espionage" not in strong


def decide(scored: Sequence[Scored], calibration: Calibration) -> list[Decided]:
    """The claims of a report's triggers: of those believed, one for each pair of parties."""
    kept = undisputed(scored, calibration.confidences(scored))
    believed = [(one, confidence) for one, confidence in kept if confidence >= calibration.least(one)]
    choices = choose([one for one, _ in believed])
    return [d for (one, sure), choice in zip(believed, choices, strict=True) for d in _decided(one, choice, sure)]


def _decided(scored: Scored, choice: Choice, confidence: float) -> list[Decided]:
    count, share, count_span = share_of(scored) or count_of(scored, choice.targets[0] if choice.targets else None)
    when, when_span, background = when_of(scored)
    one = Decided(
        scored=scored,
        confidence=confidence,
        actors=choice.actors,
        target=None,
        count=count,
        share=share,
        count_span=count_span,
        when=when,
        when_span=when_span,
        factuality=Factuality(FACTUALITY[int(scored.probabilities("factuality").argmax())]),
        realis=Realis(REALIS[int(scored.probabilities("realis").argmax())]),
        scope=scope_of(scored, count),
        background=background,
    )
    return [
        replace(
            one,
            actors=as_states(scored.type, "actor", some),
            target=next(iter(as_states(scored.type, "target", [target] if target else [])), None),
            **_figure(quantity),
        )
        for some, target, quantity in pairings(scored, choice.actors, choice.targets)
    ]


def _figure(quantity: Quantity | None) -> dict[str, Any]:
    if quantity is None:
        return {}
    return {"count": quantity.interval, "share": None, "count_span": quantity.span}


def pairings(
    scored: Scored, actors: tuple[Party, ...], targets: tuple[Party, ...]
) -> list[tuple[tuple[Party, ...], Party | None, Quantity | None]]:
    """Who did it to whom, one pair a claim, with the figure of the pair where the sentence gives it one.

    Each target is a claim of its own, but for one figure of several ("85 diplomats from Norra, Sund and Vale"), which
    is a claim on nobody alone. Several actors are one claim with one figure, unless the sentence deals it out ("Norra
    and Sund each expel two", "Norra expelled 40, Sund 35") or the measure is mutual ("expel each other's diplomats",
    "Norra and Sund recall their ambassadors").
    """
    unit = scored.unit
    whole = unit.sentence_of(scored.trigger)
    sentence = whole.of(unit.report.text)
    states = tuple(dict.fromkeys(p for p in (*actors, *targets) if p.known))
    if len(states) == 2 and (_between(scored, states, whole) or is_mutual(scored)):
        return [((states[0],), states[1], None), ((states[1],), states[0], None)]
    figures = own_figures(unit, targets, whole, actors=False)
    if figures:
        return [(actors, target, figure) for target, figure in zip(targets, figures, strict=True)]
    if (
        len(targets) > 1
        and scored.type in _COUNTED
        and scored.count.argmax() >= SPECIAL
        and not _DEALT.search(sentence)
    ):
        return [(actors, None, None)]
    shares: Sequence[Quantity | None] = own_figures(unit, actors, whole, actors=True) or [None for _ in actors]
    dealt: list[tuple[tuple[Party, ...], Quantity | None]] = [(actors, None)]
    if len(actors) > 1 and (shares[0] or _DEALT.search(sentence)):
        dealt = [((actor,), figure) for actor, figure in zip(actors, shares, strict=True)]
    return [(some, target, figure) for some, figure in dealt for target in targets or (None,)]


def _between(scored: Scored, states: Sequence[Party], sentence: Span) -> bool:
    """True when two states are named in one breath as those who measure each other ("Norra and Sund recall envoys")."""
    if scored.type not in BETWEEN_STATES:
        return False
    unit = scored.unit
    pair = {unit.parties.index(state) for state in states}
    # The trigger itself may hold them ("Norra and Sund recall"): they stand before the act's own word.
    act = head_of(unit, scored.type, scored.tokens).begin
    before = Span(sentence.begin, max(act, sentence.begin + 1))
    lists = [one for one in party_lists(unit) if before.covers(one.span) and pair <= set(one.members)]
    longest = max(lists, key=lambda one: len(one.members), default=None)
    if longest is None or set(longest.members) != pair:
        return False
    return not OTHER_CLAUSE.search(unit.report.text, longest.span.end, before.end)
