"""Measure the shipped reader and write ``docs/accuracy.md``: ``python docs/make_accuracy.py`` (needs ``../shared``)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import accuracy_crossed
import accuracy_voices

from nongrata.evaluation.matching import pair
from nongrata.evaluation.pairs import load_pairs, wrong_pairs
from nongrata.evaluation.scoring import Score, score
from nongrata.evaluation.swapping import agreement
from nongrata.extraction.reader import TrainedReader, default_reader
from nongrata.model import Report
from nongrata.reading.plain import parse_text

HERE = Path(__file__).resolve().parent
PAIRS = sorted((HERE.parent / "tests" / "extraction").glob("minimal_pairs*.tsv"))
SHARED = HERE.parent.parent / "shared" / "eval"


def load(name: str) -> tuple[list[Report], dict[str, list[dict[str, object]]]]:
    """The reports and labels of a set of ``../shared/eval``."""
    reports = []
    for line in (SHARED / name / "reports.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        day = row.get("published")
        reports.append(
            parse_text(
                row["text"],
                id=row["id"],
                title=row.get("title"),
                publisher=row.get("publisher"),
                published=date.fromisoformat(day[:10]) if day else None,
                sources=tuple(row.get("sources") or ()),
            )
        )
    labels = {}
    for line in (SHARED / name / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        labels[row["id"]] = row["claims"]
    return reports, labels


def measured(reader: TrainedReader, reports: list[Report], labels: dict[str, list[dict[str, object]]]) -> Score:
    """The score of the reader on some reports."""
    found = {report.id: [claim.to_dict() for claim in claims] for report, claims in reader.read_many(reports)}
    return score({report.id: labels[report.id] for report in reports}, found)


def main() -> None:
    """Write the page."""
    reader = default_reader()
    dev, dev_labels = load("dev")
    articles, article_labels = load("articles")
    summaries = [r for r in dev if r.id.startswith("wce")]
    longer = [r for r in dev if not r.id.startswith("wce")] + articles
    results = {
        f"summaries ({len(summaries)}, `eval/dev`)": measured(reader, summaries, dev_labels),
        f"articles ({len(longer)}, `eval/articles` and the rest of `eval/dev`)": measured(
            reader, longer, {**dev_labels, **article_labels}
        ),
    }
    same, whole = agreement(reader, summaries)
    page = (HERE / "accuracy.template.md").read_text(encoding="utf-8")
    page = page.replace("{tables}", "\n\n".join(table(name, result) for name, result in results.items()))
    page = page.replace("{swap}", f"{same} of {whole} claims ({same / whole:.1%})")
    for path, mark in zip(PAIRS, ("{pairs}", "{pairs_2}"), strict=True):
        pairs = load_pairs(path)
        wrong = wrong_pairs(reader, pairs)
        page = page.replace(mark, f"{len(pairs) - len(wrong)} of {len(pairs)}")
    error, rows = reliability(reader, [(summaries, dev_labels), (longer, {**dev_labels, **article_labels})])
    page = page.replace("{ece}", f"{error:.3f}").replace("{reliability}", rows)
    page = page.replace("{crossed}", accuracy_crossed.section())
    (HERE / "accuracy.md").write_text(accuracy_voices.written(page, accuracy_voices.section()), encoding="utf-8")


def reliability(
    reader: TrainedReader, sets: list[tuple[list[Report], dict[str, list[dict[str, object]]]]]
) -> tuple[float, str]:
    """The expected calibration error over ten bins of confidence, and the bins as table rows."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for reports, labels in sets:
        for report, claims in reader.read_many(reports):
            hits = {j for _, j in pair(labels[report.id], [claim.to_dict() for claim in claims])}
            for at, claim in enumerate(claims):
                bins[min(9, int(claim.confidence * 10))].append((claim.confidence, at in hits))
    whole = sum(map(len, bins))
    error, rows = 0.0, []
    for at, some in enumerate(bins):
        if some:
            said, right = (sum(values) / len(some) for values in zip(*some, strict=True))
            error += abs(said - right) * len(some) / whole
            rows.append(f"| {at / 10:.1f}-{(at + 1) / 10:.1f} | {len(some)} | {said:.2f} | {right:.2f} |")
    return error, "\n".join(rows)


def table(name: str, result: Score) -> str:
    """One set's figures in Markdown."""
    fields = " · ".join(f"{field} {value:.2f}" for field, value in result.fields.items())
    rows = "\n".join(
        f"| {kind} | {one.detect.f1:.2f} | {one.who.f1:.2f} | {one.who.gold} | {one.who.pred} |"
        for kind, one in result.by_type.items()
    )
    return (
        f"### {name}\n\n"
        f"detect P {result.detect.precision:.3f} R {result.detect.recall:.3f} **F1 {result.detect.f1:.3f}** · "
        f"who P {result.who.precision:.3f} R {result.who.recall:.3f} **F1 {result.who.f1:.3f}** · "
        f"clean **{result.clean:.3f}**\n\n"
        f"Of the claims right on who: {fields}\n\n"
        f"| type | detect F1 | who F1 | labelled | found |\n|---|---|---|---|---|\n{rows}"
    )


if __name__ == "__main__":
    main()
