"""How well a type is read that no network knows: the shipped types taken for a user's own, by stems and parse alone.

.venv/bin/python bench/own_types.py [dev|train|articles]    (needs ../shared/eval)

The reports of a set are read once as a user's own types are (:mod:`nongrata.extraction.own_types`) with the stems
of the shipped ones, which were not written for it, and once by the shipped reader; both are scored alike.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from training.data import evaluation_set

from nongrata.evaluation.matching import pair
from nongrata.evaluation.scoring import Score, score
from nongrata.extraction.onnx_model import load_tokenizer
from nongrata.extraction.own_types import OwnTypes
from nongrata.extraction.reader import default_reader
from nongrata.extraction.units import units
from nongrata.model import Claim, Report
from nongrata.vocabulary.events import event_types


def told(name: str, result: Score) -> None:
    """Print one reader's figures."""
    detect, who = result.detect, result.who
    print(
        f"{name:12} detect P {detect.precision:.2f} R {detect.recall:.2f} F1 {detect.f1:.2f}"
        f"   who P {who.precision:.2f} R {who.recall:.2f} F1 {who.f1:.2f}   clean {result.clean:.2f}"
    )


def main() -> None:
    """Read, score, print; then how often claims of each confidence are right."""
    chosen = sys.argv[1] if len(sys.argv) > 1 else "dev"
    labelled = evaluation_set(chosen)
    own, reader, tokenizer = OwnTypes(event_types()), default_reader(), load_tokenizer()

    def read(report: Report) -> Sequence[Claim]:
        return reader.claims(report, own.scores(units(report, tokenizer)) if own.passes(report.text) else [])

    gold = {one.report.id: [{k: v for k, v in c.items() if k != "place"} for c in one.claims] for one in labelled}
    by_grammar = {one.report.id: [c.to_dict() for c in read(one.report)] for one in labelled}
    told("by grammar", score(gold, by_grammar))
    found = {report.id: [c.to_dict() for c in cs] for report, cs in reader.read_many(one.report for one in labelled)}
    told("by network", score(gold, found))
    right, whole = Counter[float](), Counter[float]()
    for key, claims in by_grammar.items():
        hits = {j for _, j in pair(gold[key], claims)}
        for at, claim in enumerate(claims):
            whole[round(float(claim["confidence"]), 2)] += 1
            right[round(float(claim["confidence"]), 2)] += at in hits
    for confidence in sorted(whole):
        print(f"confidence {confidence}: {whole[confidence]} claims, {right[confidence] / whole[confidence]:.2f} right")


if __name__ == "__main__":
    main()
