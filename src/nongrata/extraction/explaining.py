"""Why a report was read as it was: every trigger considered, with the evidence for each field and what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nongrata.extraction.choosing import choose, weighed
from nongrata.extraction.confidence import CLUES, Calibration, clues, undisputed
from nongrata.extraction.modality import governing
from nongrata.extraction.scoring import Floats, Scored
from nongrata.extraction.structure import shapes
from nongrata.model import Span

_SHOWN = 3
_LEAST = 0.05
_COUNTS = ("no number", "a plural without a number", "one")
_TIMES = ("no time", "the days before publication", "the day of publication")


@dataclass(frozen=True, slots=True)
class Considered:
    """An answer that was weighed for a field: its words, its probability, and the shapes that spoke for or against."""

    answer: str
    probability: float
    shapes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One trigger with what was decided of it.

    ``verdict`` is "claim", or why it is none. ``confidence`` is held against ``needed``; ``clues`` are what it was
    made of. ``fields`` lists the answers considered for actor, target, count and time, the likeliest first;
    ``governed_by`` is the operator at work ("may") with its words.
    """

    type: str
    trigger: Span
    verdict: str
    confidence: float
    needed: float
    clues: dict[str, float]
    fields: dict[str, tuple[Considered, ...]]
    chosen: tuple[str, str]
    governed_by: str | None


def explain(scored: Sequence[Scored], calibration: Calibration) -> list[Explanation]:
    """The explanations of a report's triggers, in the order of the text."""
    confidences = calibration.confidences(scored)
    undoubted = {id(one) for one, _ in undisputed(scored, confidences)}
    believed = [
        one
        for one, sure in zip(scored, confidences, strict=True)
        if id(one) in undoubted and sure >= calibration.least(one)
    ]
    chosen = {
        id(one): (", ".join(p.name for p in choice.actors), ", ".join(p.name for p in choice.targets))
        for one, choice in zip(believed, choose(believed), strict=True)
    }
    found = []
    for one, sure in zip(scored, confidences, strict=True):
        found.append(_explained(one, scored, sure, calibration, id(one) in undoubted, chosen.get(id(one), ("", ""))))
    return sorted(found, key=lambda e: (e.trigger, e.type))


def _explained(
    one: Scored,
    scored: Sequence[Scored],
    sure: float,
    calibration: Calibration,
    undoubted: bool,
    chosen: tuple[str, str],
) -> Explanation:
    unit, text = one.unit, one.unit.report.text
    trigger = one.trigger
    operator = governing(text, unit.sentence_of(trigger), trigger, one.type)
    verdict = "claim"
    if sure < calibration.least(one):
        verdict = "refused: not sure enough"
    elif not undoubted:
        verdict = "refused: a surer type at the same words"
    elif operator is not None and operator.operator.drop:
        verdict = "refused: not coded"
    sides = weighed(one)
    table = shapes(unit, one.type, one.tokens)
    names = [party.name for party in unit.parties]
    worn = [tuple(sorted(shape for shape, share in found.items() if share == 1.0)) for found in table]
    return Explanation(
        type=one.type,
        trigger=trigger,
        verdict=verdict,
        confidence=sure,
        needed=calibration.least(one),
        clues={clue: round(float(v), 2) for clue, v in zip(CLUES, clues(one, scored), strict=True)},
        fields={
            "actor": _best(sides.actor, ["unsaid", *names], [(), *worn]),
            "target": _best(sides.target, ["unsaid", *names], [(), *worn]),
            "count": _best(one.count, [*_COUNTS, *(q.span.of(text) for q in unit.quantities)]),
            "when": _best(one.time, [*_TIMES, *(t.span.of(text) for t in unit.times)]),
        },
        chosen=chosen,
        governed_by=f"{operator.operator.name}: “{operator.span.of(text)}”" if operator else None,
    )


def _best(
    scores: Floats, answers: Sequence[str], worn: Sequence[tuple[str, ...]] | None = None
) -> tuple[Considered, ...]:
    """The likeliest answers with their probabilities."""
    shares = np.exp(scores - np.logaddexp.reduce(scores))
    order = [int(i) for i in np.argsort(-shares)[:_SHOWN] if shares[i] >= _LEAST]
    return tuple(Considered(answers[i], float(shares[i]), worn[i] if worn else ()) for i in order)
