"""From scores to confidence: a logistic model of two numbers, and the thresholds at which a score becomes a claim.

Fitted on summaries that training has not seen, with the weights that are shipped (int8), so that the confidence which a
user sees is the share of such claims that labellers also found.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from nongrata.evaluation.matching import pair
from nongrata.evaluation.scoring import score
from nongrata.extraction.decoding import Calibration, Thresholds
from nongrata.extraction.onnx_model import OnnxModel, load_tokenizer
from nongrata.extraction.reader import TrainedReader
from nongrata.extraction.scoring import Scored
from training.data import Labelled

_CLAIM = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_SECOND = (0.3, 0.5, 0.7)


def calibrate(labelled: Sequence[Labelled], folder: Path) -> Calibration:
    """Fit, write ``calibration.json`` beside the weights, and return it."""
    reader = TrainedReader(OnnxModel.shipped(threads=2), load_tokenizer())
    scores = reader.scores([one.report for one in labelled])
    weights = fit_logistic(reader, labelled, scores)
    best = max(
        (Thresholds(*t) for t in itertools.product(_CLAIM, _SECOND, _SECOND)),
        key=lambda t: _who(reader, labelled, scores, Calibration(*weights, t)),
    )
    found = Calibration(*weights, best)
    (folder / "calibration.json").write_text(json.dumps(found.to_dict(), indent=2) + "\n", encoding="utf-8")
    return found


def fit_logistic(
    reader: TrainedReader, labelled: Sequence[Labelled], scores: Sequence[Sequence[Scored]]
) -> tuple[float, float, float]:
    """Weights of the tagger's and the reader's log-odds and the bias, by maximum likelihood with a little shrinkage."""
    inputs, right = [], []
    loose = Calibration(0.5, 0.5, 0.0, Thresholds(claim=0.05))
    for one, scored in zip(labelled, scores, strict=True):
        claims = reader.claims(one.report, scored, loose)
        gold = [{k: v for k, v in c.items() if k not in ("place", "voices")} for c in one.claims]
        rows = [c.to_dict() for c in claims]
        hits = {j for _, j in pair(gold, rows)}
        for at, claim in enumerate(claims):
            inputs.append(claim_odds(claim.spans["trigger"].begin, claim.type, scored))
            right.append(at in hits)
    x, y = np.array(inputs), np.array(right, float)

    def loss(w: np.ndarray) -> float:
        z = x @ w[:2] + w[2]
        return float(np.logaddexp(0, z).sum() - y @ z + 0.5 * (w[:2] @ w[:2]))

    fitted = minimize(loss, np.array([0.5, 0.5, 0.0])).x
    return float(fitted[0]), float(fitted[1]), float(fitted[2])


def claim_odds(begin: int, kind: str, scored: Sequence[Scored]) -> tuple[float, float]:
    """The two log-odds behind a claim, by its type and the place of its trigger."""
    one = next(s for s in scored if s.type == kind and s.unit.offsets[s.tokens[0]][0] == begin)
    return one.odds


def _who(
    reader: TrainedReader, labelled: Sequence[Labelled], scores: Sequence[Sequence[Scored]], calibration: Calibration
) -> float:
    gold = {one.report.id: list(one.claims) for one in labelled}
    found = {
        one.report.id: [c.to_dict() for c in reader.claims(one.report, scored, calibration)]
        for one, scored in zip(labelled, scores, strict=True)
    }
    result = score(gold, found)
    return result.who.f1 + 0.5 * result.detect.f1
