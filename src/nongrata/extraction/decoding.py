"""From scores to values: which parties, which number, which days, how sure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np

from nongrata.extraction.layout import FACTUALITY, REALIS, TOKEN_ROLES
from nongrata.extraction.parties import Party
from nongrata.extraction.scoring import Floats, Scored, sigmoid
from nongrata.language.gate import gate
from nongrata.language.times import TimeKind
from nongrata.model import DateInterval, Factuality, Interval, Realis, Scope, Span
from nongrata.vocabulary.events import event_types

_LEDE_DAYS = 3
_RUNNING_DAYS = 60
_OF_ALL = re.compile(r"\s+of\s+(?:all\s+|the\s+|its\s+|their\s+|(?:[A-Z]\w+['’]?s?\s+)){0,4}")
_MUTUAL = re.compile(r"\b(?:each|one an)\s*other(?:['’]s)?\b|\bthe other['’]s\b", re.IGNORECASE)
_DEALT = re.compile(r"\beach\b(?!\s+other)|\brespectively\b|\bapiece\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How scores become decisions (docs/accuracy.md).

    ``claim`` is the least confidence of a claim in a summary (a report of one unit), ``claim_in_article`` in a longer
    report, where the tagger is less sure of itself.
    """

    claim: float = 0.5
    claim_in_article: float = 0.5
    second_actor: float = 0.5
    second_target: float = 0.5


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the two scores of a trigger become one probability, and the thresholds on it.

    The probability is the logistic function of ``found`` and ``valid`` times the tagger's and the reader's log-odds
    plus ``bias``; fitted on reports that training has not seen.
    """

    found: float = 0.5
    valid: float = 0.5
    bias: float = 0.0
    thresholds: Thresholds = Thresholds()

    def to_dict(self) -> dict[str, Any]:
        """The calibration as it is kept beside the weights."""
        return asdict(self)

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Calibration:
        """Read what :meth:`to_dict` wrote."""
        return cls(row["found"], row["valid"], row["bias"], Thresholds(**row["thresholds"]))

    def confidence(self, scored: Scored) -> float:
        """How likely the trigger is a claim."""
        tagger, reader = scored.odds
        return float(sigmoid(np.float32(self.found * tagger + self.valid * reader + self.bias)))


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
        offsets = self.scored.unit.offsets
        return Span(offsets[self.scored.tokens[0]][0], offsets[self.scored.tokens[-1]][1])

    @property
    def sentence(self) -> Span:
        """The sentence that the trigger stands in."""
        unit = self.scored.unit
        return unit.sentences[unit.sentence_at(self.trigger.begin)]


_MEASURES = frozenset({"expulsion", "sanction", "protest", "legal_action", "stand"})


def _is_means(trigger: str) -> bool:
    """True for words that tell of means for spying (antennas, stations) and of no act of it."""
    strong = {t for hit in gate().hits(trigger) for t in hit.types if hit.stem in event_types()[t].stems}
    return "capability" in strong and "espionage" not in strong


def undisputed(scored: Sequence[Scored], calibration: Calibration) -> list[Scored]:
    """The scores without those that read words as one act which a surer score reads as another.

    One word may tell of a measure and of the act it answers ("jailed for spying"), not of two measures or of two acts.
    """
    kept: list[Scored] = []
    for one in sorted(scored, key=calibration.confidence, reverse=True):
        words = set(one.tokens)
        if not any(
            other.unit is one.unit
            and words & set(other.tokens)
            and (other.type in _MEASURES) == (one.type in _MEASURES)
            for other in kept
        ):
            kept.append(one)
    return kept


def decide(scored: Scored, calibration: Calibration) -> list[Decided]:
    """The claims of one trigger, one for each target; none when it is not believed."""
    confidence = calibration.confidence(scored)
    thresholds = calibration.thresholds
    least = thresholds.claim if scored.unit.alone else thresholds.claim_in_article
    if confidence < least:
        return []
    actors, targets = _parties(scored, thresholds)
    count, share, count_span = _share(scored) or _count(scored)
    when, when_span = _when(scored)
    one = Decided(
        scored=scored,
        confidence=confidence,
        actors=actors,
        target=None,
        count=count,
        share=share,
        count_span=count_span,
        when=when,
        when_span=when_span,
        factuality=Factuality(FACTUALITY[int(scored.probabilities("factuality").argmax())]),
        realis=Realis(REALIS[int(scored.probabilities("realis").argmax())]),
        scope=_scope(scored, count),
        background=bool(scored.probabilities("background").argmax()),
    )
    return [
        replace(one, actors=some, target=_person(scored, target) if target else None)
        for some, target in pairings(scored, actors, targets)
    ]


def _person(scored: Scored, target: Party) -> Party:
    """Who is harmed is a person: a state that is the target of an assault by its leader's name is that leader."""
    if scored.type != "assault" or not target.leaders:
        return target
    logits = scored.roles[:, TOKEN_ROLES.index("target")]
    places = {span: scored.unit.tokens(span) for span in target.spans}
    best = max((s for s in places if places[s]), key=lambda s: float(logits[places[s]].mean()), default=None)
    if best not in target.leaders:
        return target
    text = scored.unit.report.text
    name = max((" ".join(span.of(text).split()) for span in target.leaders), key=len)
    return Party(name, "name", target.name, target.leaders)


def pairings(
    scored: Scored, actors: tuple[Party, ...], targets: tuple[Party, ...]
) -> list[tuple[tuple[Party, ...], Party | None]]:
    """Who did it to whom, one pair a claim.

    Each target is a claim of its own. Several actors are one claim with one figure, unless the sentence deals it out
    ("Norra and Sund each expel two") or the measure is mutual ("expel each other's diplomats").
    """
    text = scored.unit.report.text
    sentence = scored.unit.sentences[scored.unit.sentence_at(scored.unit.offsets[scored.tokens[0]][0])].of(text)
    states = tuple(dict.fromkeys(p for p in (*actors, *targets) if p.known))
    if len(states) == 2 and _MUTUAL.search(sentence):
        return [((states[0],), states[1]), ((states[1],), states[0])]
    dealt = [(a,) for a in actors] if len(actors) > 1 and _DEALT.search(sentence) else [actors]
    return [(some, target) for some in dealt for target in targets or (None,)]


def _parties(scored: Scored, thresholds: Thresholds) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Actors and targets: the best pair that is not one party twice, then further ones that score nearly as well."""
    actor, target = scored.actor, scored.target
    joint = actor[:, None] + target[None, :]
    same = np.arange(1, len(actor))
    joint[same, same] = -np.inf
    a, t = np.unravel_index(int(joint.argmax()), joint.shape)
    parties = scored.unit.parties
    actors = _further(actor, int(a), thresholds.second_actor, {int(t)}, parties)
    targets = _further(target, int(t), thresholds.second_target, set(actors), parties)
    return tuple(parties[i - 1] for i in actors), tuple(parties[i - 1] for i in targets)


def _further(scores: Floats, best: int, share: float, barred: set[int], parties: Sequence[Party]) -> list[int]:
    """The best party and those that score nearly as well; a list names states or names people, not both."""
    if best == 0:
        return []
    floor = scores[best] + np.log(share)
    alike = [i for i in range(1, len(scores)) if parties[i - 1].known == parties[best - 1].known]
    others = [i for i in alike if i != best and i not in barred and scores[i] >= floor]
    return sorted([best, *others])


def _share(scored: Scored) -> tuple[None, float, Span] | None:
    """The share of which the trigger is the whole ("a fifth of all their spies"); None where none stands before it."""
    text, begin = scored.unit.report.text, scored.unit.offsets[scored.tokens[0]][0]
    end = scored.unit.offsets[scored.tokens[-1]][1]
    for quantity in scored.unit.quantities:
        if quantity.share is not None and quantity.span.begin < end:
            between = text[quantity.span.end : max(begin, quantity.span.end)]
            if _OF_ALL.fullmatch(between) or (quantity.span.begin >= begin and _OF_ALL.match(text, quantity.span.end)):
                return None, quantity.share, quantity.span
    return None


def _count(scored: Scored) -> tuple[Interval | None, float | None, Span | None]:
    best = int(scored.count.argmax())
    if best == 1:
        return Interval(2, None), None, None
    if best == 2:
        return Interval(1, 1), None, None
    if best < 3:
        return None, None, None
    quantity = scored.unit.quantities[best - 3]
    return quantity.interval, quantity.share, quantity.span


def _scope(scored: Scored, count: Interval | None) -> Scope:
    """A total when the model says so, or when a plural figure is summed over months that reach up to publication."""
    if scored.probabilities("scope").argmax():
        return Scope.TOTAL
    best = int(scored.time.argmax())
    if best < 3 or count is None or count.hi == 1:
        return Scope.EVENT
    expression, published = scored.unit.times[best - 3], scored.unit.report.published
    running = expression.kind is TimeKind.SINCE or (
        expression.when is not None and expression.when.last == published and expression.when.days > _RUNNING_DAYS
    )
    return Scope.TOTAL if running else Scope.EVENT


def _when(scored: Scored) -> tuple[DateInterval | None, Span | None]:
    published = scored.unit.report.published
    best = int(scored.time.argmax())
    if best >= 3:
        expression = scored.unit.times[best - 3]
        return expression.when, expression.span
    if best == 0 or published is None:
        return None, None
    return (
        DateInterval(published - timedelta(_LEDE_DAYS), published) if best == 1 else DateInterval.day(published)
    ), None


def unsure(log_probabilities: Floats | Sequence[float]) -> float:
    """1 minus the probability of the best answer: what the explanation shows as doubt about a field."""
    return float(1 - np.exp(np.max(log_probabilities)))
