"""What each structural shape is worth beside the network's score: ``python -m training.evidence``.

A conditional logit over the candidates of every labelled claim whose trigger the network found: the weights start at
"the network alone" and are pulled back there. Reports that the network was trained on weigh little, since its scores
are too good there. Writes ``evidence.json`` beside the weights.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from nongrata.evaluation.matching import same_name
from nongrata.extraction.choosing import as_states, table_of
from nongrata.extraction.onnx_model import OnnxModel, load_tokenizer, weights_folder
from nongrata.extraction.parties import Party
from nongrata.extraction.reader import TrainedReader
from nongrata.extraction.scoring import Scored
from nongrata.extraction.structure import SHAPES, shapes
from training.data import Labelled, evaluation_set

NAMES = ("network", "unsaid", "unsaid_in_article", *SHAPES)
USED: Mapping[str, tuple[str, ...]] = {
    "actor": (
        "sentences_away", "same_sentence", "nearest_before", "nearest_after", "for_whom", "accuser", "officials",
        "posted_to", "first", "mentions", "name", "body", "passive_after", "active_after", "subject",
    ),
    "target": ("sentences_away", "clause", "object", "in_place"),
}  # fmt: skip
"""The shapes that help a side on reports that the weights were not fitted on; the others make no difference there."""

_LEAST = 0.25
SEEN = 0.15
"""What a report weighs that the network was trained on: its scores are too good there."""
_SHRINKAGE = 3.0


@dataclass(frozen=True)
class Example:
    """One side of one labelled claim: the candidates as rows ("unsaid" first), and which of them are right."""

    rows: np.ndarray
    right: list[int]
    weight: float


def examples(
    labelled: Iterable[Labelled], scores: Iterable[Sequence[Scored]], side: str, weight: float
) -> list[Example]:
    """The examples of some reports; claims whose party is no candidate teach nothing."""
    found = []
    for one, scored in zip(labelled, scores, strict=True):
        for claim in one.claims:
            trigger = _trigger(claim, scored)
            if trigger is None:
                continue
            names = [claim[side]] if claim.get(side) else (claim.get("actors") or [] if side == "actor" else [])
            parties = trigger.unit.parties
            right = [i + 1 for i, p in enumerate(parties) if _is_meant(p, claim["type"], side, names)]
            if right or not names:
                standing = shapes(trigger.unit, trigger.type, trigger.tokens)
                found.append(Example(table_of(trigger, side, standing), right or [0], weight))
    return found


def _is_meant(party: Party, kind: str, side: str, names: Sequence[str]) -> bool:
    (meant,) = as_states(kind, side, [party])
    return any(same_name(meant.name, name) for name in names)


def _trigger(claim: Mapping[str, object], scored: Sequence[Scored]) -> Scored | None:
    """The surest trigger of the claim's type at its words."""
    place = claim["place"]
    best = None
    for one in scored:
        begin, end = one.trigger.begin, one.trigger.end
        touches = place.begin < end and begin < place.end  # type: ignore[attr-defined]
        if one.type == claim["type"] and touches and one.found >= _LEAST and (best is None or one.found > best.found):
            best = one
    return best


def fit(found: Sequence[Example], used: Sequence[str]) -> dict[str, float]:
    """Weights by name; shapes that are not used are worth nothing."""
    columns = [NAMES.index(name) for name in ("network", "unsaid", "unsaid_in_article", *used)]
    start = np.zeros(len(columns))
    start[0] = 1.0

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = _SHRINKAGE * float((w - start) @ (w - start)), 2 * _SHRINKAGE * (w - start)
        for one in found:
            x = one.rows[:, columns]
            z = x @ w
            p = np.exp(z - z.max())
            p /= p.sum()
            share = p[one.right].sum() + 1e-9
            wanted = np.zeros_like(p)
            wanted[one.right] = p[one.right] / share
            value -= one.weight * float(np.log(share))
            slope = slope + one.weight * (x.T @ (p - wanted))
        return value, slope

    fitted = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return dict.fromkeys(NAMES, 0.0) | {NAMES[c]: round(float(w), 3) for c, w in zip(columns, fitted, strict=True)}


def main() -> None:
    """Fit on dev and articles, with train beside them; write the file."""
    reader = TrainedReader(OnnxModel.shipped(threads=2), load_tokenizer())
    new, seen = [*evaluation_set("dev"), *evaluation_set("articles")], evaluation_set("train")
    sets = [(one, reader.scores([each.report for each in one]), w) for one, w in ((new, 1.0), (seen, SEEN))]
    found = {
        side: fit([e for one, scores, weight in sets for e in examples(one, scores, side, weight)], used)
        for side, used in USED.items()
    }
    (weights_folder() / "evidence.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
