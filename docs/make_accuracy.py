"""Measure the shipped reader and write ``docs/accuracy.md``: ``python docs/make_accuracy.py`` (needs ``../shared``)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import accuracy_voices

from nongrata.evaluation.pairs import load_pairs, wrong_pairs
from nongrata.evaluation.scoring import Score, score
from nongrata.evaluation.swapping import agreement
from nongrata.extraction.reader import TrainedReader, default_reader
from nongrata.model import Report
from nongrata.reading.plain import parse_text

HERE = Path(__file__).resolve().parent
PAIRS = HERE.parent / "tests" / "extraction" / "minimal_pairs.tsv"
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
    pairs = load_pairs(PAIRS)
    wrong = wrong_pairs(reader, pairs)
    page = page.replace("{pairs}", f"{len(pairs) - len(wrong)} of {len(pairs)} come out right")
    (HERE / "accuracy.md").write_text(accuracy_voices.written(page, accuracy_voices.section()), encoding="utf-8")


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
