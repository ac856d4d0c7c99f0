"""From scores to confidence: the weights of a few clues, and the thresholds at which a score becomes a claim.

    python -m training.calibrate            fit on dev and articles, write calibration.json beside the weights

The network has never seen those reports, so that the confidence a user sees is the share of such claims that labellers
also found. A dozen weights are fitted on them; ``docs/accuracy.md`` gives the figures with each fold's weights fitted
on the other four.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from nongrata.evaluation.matching import pair
from nongrata.evaluation.scoring import Score, score
from nongrata.extraction.confidence import CLUES, Calibration, Weights, clues
from nongrata.extraction.onnx_model import OnnxModel, load_tokenizer, weights_folder
from nongrata.extraction.reader import TrainedReader
from nongrata.extraction.scoring import Scored
from nongrata.extraction.units import units
from training.data import Labelled, evaluation_set

_SHRINKAGE = 3.0
_SEEN = 0.1
_USED = {
    "short": ("found", "valid", "strong", "stem", "sentence", "rival"),
    "long": ("found", "valid", "strong", "stem", "sentence", "actor_unsaid", "target_unsaid", "rival"),
}
_FLOOR = {"short": 0.28, "long": 0.0}
"""Of 245 right triggers in the short reports that this is fitted on six have less; a sixth of all need not be read."""
_MANY = 100
_CLEAN = 0.85
"""Fewer reports without a claim than this must not be left alone."""
_THRESHOLDS = (0.3, 0.34, 0.38, 0.42, 0.46, 0.5, 0.54, 0.58, 0.62, 0.66, 0.7)


def fit(
    reader: TrainedReader,
    labelled: Sequence[Labelled],
    scores: Sequence[Sequence[Scored]],
    seen: tuple[np.ndarray, np.ndarray] | None = None,
) -> Calibration:
    """Weights by maximum likelihood with some shrinkage, thresholds by :func:`worth`.

    ``seen`` are examples from reports that the network was trained on: many, and too easy, so they weigh little.
    """
    short = [len(units(one.report, load_tokenizer())) < 2 for one in labelled]
    found = Calibration()
    for field, kind in (("short", True), ("long", False)):
        some = [i for i, is_short in enumerate(short) if is_short is kind]
        mine, my_scores = [labelled[i] for i in some], [scores[i] for i in some]
        inputs, right = examples(mine, my_scores)
        weights = replace(logistic(inputs, right, _USED[field], seen if kind else None), floor=_FLOOR[field])
        found = replace(found, **{field: weights})
        best = max(
            _THRESHOLDS,
            key=lambda t: worth(
                measured(reader, mine, my_scores, replace(found, **{field: replace(weights, threshold=t)}))
            ),
        )
        found = replace(found, **{field: replace(weights, threshold=best)})
        found = replace(found, **{field: levelled(reader, mine, my_scores, found, getattr(found, field))})
    return found


def levelled(
    reader: TrainedReader,
    labelled: Sequence[Labelled],
    scores: Sequence[Sequence[Scored]],
    calibration: Calibration,
    weights: Weights,
) -> Weights:
    """The same model with its odds stretched and moved so that they say how often a *claim* is right (Platt 1999).

    A trigger is right when it stands at a labelled one; a claim when the report is labelled with one of its type that
    no other claim stands for, which is more often. No claim comes or goes by this.
    """
    sure, right = [], []
    for one, scored in zip(labelled, scores, strict=True):
        claims = reader.claims(one.report, scored, calibration)
        gold = [{k: v for k, v in c.items() if k != "place"} for c in one.claims]
        hits = {j for _, j in pair(gold, [c.to_dict() for c in claims])}
        sure += [log_odds(claim.confidence) for claim in claims]
        right += [at in hits for at in range(len(claims))]
    x, y = np.array(sure), np.array(right, float)

    def loss(w: np.ndarray) -> float:
        z = w[0] * x + w[1]
        return float((np.logaddexp(0, z) - y * z).sum() + (w[0] - 1) ** 2)

    stretch, move = minimize(loss, np.array([1.0, 0.0])).x
    return Weights(
        {clue: round(float(stretch * w), 4) for clue, w in weights.weights.items()},
        round(float(stretch * weights.bias + move), 4),
        round(float(1 / (1 + np.exp(-(stretch * log_odds(weights.threshold) + move)))), 4),
        weights.floor,
    )


def log_odds(p: float) -> float:
    """The log-odds of a probability short of 0 and 1."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return float(np.log(p / (1 - p)))


def logistic(
    inputs: np.ndarray, right: np.ndarray, used: Sequence[str], seen: tuple[np.ndarray, np.ndarray] | None
) -> Weights:
    """A logistic model of the clues named in ``used``."""
    columns = [CLUES.index(clue) for clue in used]
    x, y, share = inputs[:, columns], right, np.ones(len(right))
    if seen is not None:
        x, y = np.r_[x, seen[0][:, columns]], np.r_[y, seen[1]]
        share = np.r_[share, np.full(len(seen[1]), _SEEN)]
    mean, spread = x.mean(0), x.std(0) + 1e-6
    z = np.c_[(x - mean) / spread, np.ones(len(x))]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        odds = z @ w
        value = (share * (np.logaddexp(0, odds) - y * odds)).sum() + _SHRINKAGE * (w[:-1] @ w[:-1])
        return float(value), z.T @ (share * (1 / (1 + np.exp(-odds)) - y)) + np.r_[2 * _SHRINKAGE * w[:-1], 0.0]

    fitted = minimize(loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B").x
    weights = fitted[:-1] / spread
    return Weights(
        {clue: round(float(w), 4) for clue, w in zip(used, weights, strict=True)},
        round(float(fitted[-1] - weights @ mean), 4),
    )


def examples(labelled: Sequence[Labelled], scores: Sequence[Sequence[Scored]]) -> tuple[np.ndarray, np.ndarray]:
    """The clues of every trigger, and whether a labelled claim of its type stands at its words."""
    inputs, right = [], []
    for one, scored in zip(labelled, scores, strict=True):
        for trigger in scored:
            begin, end = trigger.trigger.begin, trigger.trigger.end
            inputs.append(clues(trigger, scored))
            right.append(
                any(c["type"] == trigger.type and c["place"].begin < end and begin < c["place"].end for c in one.claims)
            )
    return np.array(inputs), np.array(right, float)


def worth(result: Score) -> float:
    """What a threshold is chosen by: types and parties right, and silence where many reports hold nothing."""
    quiet = result.clean if result.clean is not None and result.reports > _MANY else 1.0
    return result.who.f1 + result.detect.f1 - 2 * max(0.0, _CLEAN - quiet)


def measured(
    reader: TrainedReader, labelled: Sequence[Labelled], scores: Sequence[Sequence[Scored]], calibration: Calibration
) -> Score:
    """The score of some reports under a calibration."""
    gold = {one.report.id: [{k: v for k, v in c.items() if k != "place"} for c in one.claims] for one in labelled}
    found = {
        one.report.id: [c.to_dict() for c in reader.claims(one.report, scored, calibration)]
        for one, scored in zip(labelled, scores, strict=True)
    }
    return score(gold, found)


def main() -> None:
    """Fit on dev and articles, write the file."""
    labelled = list(itertools.chain(evaluation_set("dev"), evaluation_set("articles")))
    reader = TrainedReader(OnnxModel.shipped(threads=2), load_tokenizer())
    trained = evaluation_set("train")
    seen = examples(trained, reader.scores([one.report for one in trained]))
    found = fit(reader, labelled, reader.scores([one.report for one in labelled]), seen)
    path = weights_folder() / "calibration.json"
    path.write_text(json.dumps(found.to_dict(), indent=1) + "\n", encoding="utf-8")
    print(found)


if __name__ == "__main__":
    main()
