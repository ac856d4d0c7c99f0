"""How well the samples are read: floors that only go up. The samples are no test set: see docs/accuracy.md for that."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Any

import pytest

from nongrata.evaluation import Score, score
from tests.samples.test_samples import EXPECTED, rows

FLOORS = {"detect": 0.72, "who": 0.54, "clean": 0.85}
"""F1 of the same type; F1 of the same type, actor and target; share of the claimless reports left alone."""

FIELD_FLOORS = {
    "count": 0.88,
    "when": 0.74,
    "factuality": 0.86,
    "realis": 0.92,
    "origin": 0.70,
    "chain": 0.60,
    "background": 0.85,
}
"""Of the claims right on who: the share that agrees on the field."""


@pytest.fixture(scope="module")
def found() -> dict[str, list[dict[str, Any]]]:
    from nongrata.extraction.reader import default_reader
    from nongrata.reading.sources import open_reports

    with as_file(files("nongrata").joinpath("samples", "reports.jsonl")) as path:
        read = default_reader().read_many(open_reports(path))
        return {report.id: [claim.to_dict() for claim in claims] for report, claims in read}


@pytest.fixture(scope="module")
def result(found: dict[str, list[dict[str, Any]]]) -> Score:
    return score(EXPECTED, found)


def test_finding_claims(result: Score) -> None:
    assert result.detect.f1 >= FLOORS["detect"]
    assert result.who.f1 >= FLOORS["who"]
    assert result.clean is not None
    assert result.clean >= FLOORS["clean"]


@pytest.mark.parametrize("field", FIELD_FLOORS)
def test_fields(result: Score, field: str) -> None:
    assert result.fields[field] >= FIELD_FLOORS[field]


def test_every_value_stands_in_the_text(found: dict[str, list[dict[str, Any]]]) -> None:
    texts = {row["id"]: row["text"] for row in rows("reports.jsonl")}
    for id, claims in found.items():
        for claim in claims:
            begin, end = claim["spans"]["trigger"]
            assert texts[id][begin:end] == claim["trigger"]
            assert all(0 <= span[0] < span[1] <= len(texts[id]) for span in claim["spans"].values())
