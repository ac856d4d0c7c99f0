"""How sure a claim is: the network's two scores weighed with the words of the vocabulary, as one probability.

A logistic model of a few clues, fitted by :mod:`training.calibrate`. Word lists and the network err in different
places: a trigger that both speak for is a claim more often than either knows alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from nongrata.extraction.scoring import Scored, log_odds, sigmoid
from nongrata.extraction.structure import head_of
from nongrata.extraction.units import Unit
from nongrata.language.gate import Hit, gate
from nongrata.model import Span
from nongrata.vocabulary.events import event_types

CLUES = (
    "found",  # the tagger's log-odds
    "valid",  # the reader's log-odds
    "strong",  # a stem that tells of the type alone stands in the trigger
    "stem",  # any stem of the type stands in the trigger
    "sentence",  # a stem that tells of the type alone stands in the sentence
    "actor_unsaid",  # log-probability that the text names no actor
    "target_unsaid",
    "rival",  # the tagger's log-odds of another type of the same sort at these words
)
"""The clues by name, in the order of the weights."""

MEASURES = frozenset({"expulsion", "sanction", "protest", "legal_action", "stand"})
"""What a state does in answer; the other types are what it answers."""

SISTERS: Mapping[str, str] = {"expulsion": "protest", "protest": "expulsion"}
"""Types that tell of one scene; see :mod:`nongrata.extraction.sisters`."""

_NO_RIVAL = -3.0
_HALF = 0.5


_MOST = 14.0
_RANGES: Mapping[str, tuple[float, float]] = {
    "valid": (-_MOST, _MOST),
    "strong": (0.0, 1.0),
    "stem": (0.0, 1.0),
    "sentence": (0.0, 1.0),
    "actor_unsaid": (-8.0, 0.0),
    "target_unsaid": (-8.0, 0.0),
    "rival": (-_MOST, _MOST),
}
"""The least and the most that each clue but the first can be."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of the clues, and the least probability of a claim.

    A trigger that the tagger finds less likely than ``floor`` is none, whatever else speaks for it; it is not read.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: {"found": 1.0})
    bias: float = 0.0
    threshold: float = 0.5
    floor: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """How clues become a probability: in a report that is read at once, and in a longer one.

    In long reports the network is less sure of itself, and the words of the vocabulary weigh more.
    """

    short: Weights = Weights()
    long: Weights = Weights()

    def to_dict(self) -> dict[str, Any]:
        """The calibration as it is kept beside the weights."""
        return asdict(self)

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Calibration:
        """Read what :meth:`to_dict` wrote."""
        return cls(Weights(**row["short"]), Weights(**row["long"]))

    def confidences(self, scored: Sequence[Scored]) -> list[float]:
        """How likely each trigger of a report is a claim."""
        worth = [one for one in scored if one.structural or one.found >= self._model(one).floor]
        return [self._confidence(one, clues(one, worth)) for one in scored]

    def _confidence(self, one: Scored, found: np.ndarray) -> float:
        if one.structural:
            return one.found
        model = self._model(one)
        if one.found < model.floor:
            return 0.0
        weights = np.array([model.weights.get(clue, 0.0) for clue in CLUES])
        return float(sigmoid(np.float32(found @ weights + model.bias)))

    def least(self, scored: Scored) -> float:
        """The threshold that a trigger must reach."""
        if scored.structural:
            return _HALF
        return self._model(scored).threshold

    def may_be_claim(self, unit: Unit, kind: str, found: float) -> bool:
        """False when a trigger can reach no threshold, whatever else speaks for it: then it need not be read.

        The sisters among the types are always read: they may be made one, surer than either.
        """
        if kind in SISTERS:
            return True
        model = self.short if unit.alone else self.long
        if found < model.floor:
            return False
        best = model.bias + log_odds(found) * model.weights.get("found", 0.0)
        for clue, (low, high) in _RANGES.items():
            weight = model.weights.get(clue, 0.0)
            best += max(weight * low, weight * high)
        return best >= log_odds(model.threshold)

    def _model(self, scored: Scored) -> Weights:
        return self.short if scored.unit.alone else self.long


def clues(scored: Scored, others: Sequence[Scored]) -> np.ndarray:
    """The clues of one trigger among all of its report, as numbers in the order of ``CLUES``."""
    unit, kind = scored.unit, scored.type
    text = unit.report.text
    trigger = scored.trigger
    sentence = unit.sentence_of(trigger)
    hits = [(hit, hit.span.shifted(sentence.begin)) for hit in gate().hits(sentence.of(text))]
    strong, stems = _told([hit for hit, span in hits if trigger.covers(span)])
    in_sentence, _ = _told([hit for hit, _ in hits])
    found, valid = scored.odds
    words = set(scored.tokens)
    rivals = [
        other.odds[0]
        for other in others
        if other is not scored
        and not other.structural
        and other.unit is unit
        and words & set(other.tokens)
        and (other.type in MEASURES) == (kind in MEASURES)
    ]
    return np.array(
        [
            found,
            valid,
            kind in strong,
            kind in stems,
            kind in in_sentence,
            max(float(scored.actor[0]), -8.0),
            max(float(scored.target[0]), -8.0),
            max(rivals, default=_NO_RIVAL),
        ],
        float,
    )


def _told(hits: Sequence[Hit]) -> tuple[set[str], set[str]]:
    """The types that some stems tell of alone, and those that any of them may tell of."""
    types = event_types()
    return {t for hit in hits for t in hit.types if hit.stem in types[t].stems}, {t for hit in hits for t in hit.types}


def undisputed(scored: Sequence[Scored], confidences: Sequence[float]) -> list[tuple[Scored, float]]:
    """Triggers with their confidence, without those whose words a surer one reads as another act.

    One word may tell of a measure and of the act it answers ("jailed for spying"), not of two measures or of two acts.
    Types of a user's own dispute each other and no shipped type.
    """
    kept: list[tuple[Scored, float, Span]] = []
    for one, confidence in sorted(zip(scored, confidences, strict=True), key=lambda pair: -pair[1]):
        head = head_of(one.unit, one.type, one.tokens)
        if not any(
            other.unit is one.unit
            and other.structural == one.structural
            and head.overlaps(span)
            and (other.type in MEASURES) == (one.type in MEASURES)
            for other, _, span in kept
        ):
            kept.append((one, confidence, head))
    return [(one, confidence) for one, confidence, _ in kept]
