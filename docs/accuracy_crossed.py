"""The reader's figures with everything that is fitted on the labelled reports fitted on others, as Markdown.

``python docs/accuracy_crossed.py`` prints the table that ``docs/make_accuracy.py`` puts into the page (needs
``../shared``; some minutes). For each of five folds of ``eval/dev`` and ``eval/articles`` the weights of the structural
evidence and of the confidence, and the thresholds, are fitted on the other four; the network has seen none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean
from unittest.mock import patch
from zlib import crc32

from training.data import Labelled, evaluation_set

from nongrata.evaluation.scoring import Ratio, Score
from nongrata.extraction.onnx_model import OnnxModel, load_tokenizer
from nongrata.extraction.reader import TrainedReader
from nongrata.extraction.scoring import Scored
from training import calibrate, evidence

FOLDS = 5
Read = tuple[Labelled, list[Scored]]


def section() -> str:
    """The table: each figure over the reports of all folds, and its mean and range over the folds."""
    reader = TrainedReader(OnnxModel.shipped(threads=2), load_tokenizer())
    reports = [*evaluation_set("dev"), *evaluation_set("articles")]
    read = list(zip(reports, reader.scores([one.report for one in reports]), strict=True))
    trained = evaluation_set("train")
    seen = list(zip(trained, reader.scores([one.report for one in trained]), strict=True))
    folds = [_fold(reader, read, seen, held) for held in range(FOLDS)]
    rows = []
    for name, kind in (("summaries", True), ("articles", False)):
        scores = [fold[kind] for fold in folds]
        for figure in ("detect", "who"):
            counts = [getattr(score, figure) for score in scores]
            whole = Ratio(*(sum(getattr(one, part) for one in counts) for part in ("tp", "gold", "pred")))
            rows.append(_row(name, figure, f"{whole.f1:.3f}", [one.f1 for one in counts]))
        rows.append(_row(name, "clean", "", [score.clean for score in scores if score.clean is not None]))
    return "\n".join(["| | | all | mean of folds | by fold |", "|---|---|---|---|---|", *rows])


def _row(name: str, figure: str, whole: str, folds: Sequence[float]) -> str:
    return f"| {name} | {figure} | {whole} | {mean(folds):.3f} | {min(folds):.2f}-{max(folds):.2f} |"


def _fold(reader: TrainedReader, read: Sequence[Read], seen: Sequence[Read], held: int) -> dict[bool, Score]:
    """The scores of one fold, summaries under True, with what is fitted on the others."""
    others = [one for one in read if _fold_of(one[0]) != held]
    mine = [one for one in read if _fold_of(one[0]) == held]
    weights = {
        side: evidence.fit(
            [
                example
                for some, weight in ((others, 1.0), (seen, evidence.SEEN))
                for example in evidence.examples(*_apart(some), side, weight)
            ],
            used,
        )
        for side, used in evidence.USED.items()
    }
    with patch("nongrata.extraction.choosing._evidence", lambda: weights):
        calibration = calibrate.fit(reader, *_apart(others), calibrate.examples(*_apart(seen)))
        return {
            kind: calibrate.measured(
                reader, *_apart([one for one in mine if one[0].report.id.startswith("wce") is kind]), calibration
            )
            for kind in (True, False)
        }


def _apart(read: Sequence[Read]) -> tuple[list[Labelled], list[list[Scored]]]:
    return [one for one, _ in read], [scored for _, scored in read]


def _fold_of(one: Labelled) -> int:
    return crc32(one.report.id.encode()) % FOLDS


if __name__ == "__main__":
    print(section())  # noqa: T201
