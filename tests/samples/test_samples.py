"""The samples are well formed, hold what the demo promises, and are written by us alone."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from nongrata.model import Claim

TYPES = {
    "assault",
    "capability",
    "cyberattack",
    "disinformation",
    "espionage",
    "expulsion",
    "legal_action",
    "protest",
    "sabotage",
    "sanction",
    "stand",
    "threat",
}


def rows(name: str) -> list[dict[str, Any]]:
    text = files("nongrata").joinpath("samples", name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


REPORTS = {row["id"]: row for row in rows("reports.jsonl")}
EXPECTED = {row["id"]: row["claims"] for row in rows("expected.jsonl")}
CLAIMS = [(id, claim) for id, claims in EXPECTED.items() for claim in claims]


def outlets(report: dict[str, Any]) -> list[str]:
    """The names that close every chain of a report."""
    return report["sources"][0].split(" via ") if "sources" in report else [report["publisher"]]


def test_each_report_has_its_claims_in_the_same_order() -> None:
    assert list(REPORTS) == list(EXPECTED)
    assert len(REPORTS) == len(rows("reports.jsonl"))


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_a_report_keeps_the_input_contract(report: dict[str, Any]) -> None:
    assert set(report) <= {"id", "text", "title", "publisher", "published", "url", "sources", "topics"}
    assert report["text"].strip()
    assert date.fromisoformat(report["published"])
    assert ("publisher" in report) != ("sources" in report)
    assert report["url"].split("/")[2].endswith(".example")


@pytest.mark.parametrize(("id", "row"), CLAIMS, ids=[f"{id}-{row['type']}" for id, row in CLAIMS])
def test_a_claim_keeps_the_claims_format(id: str, row: dict[str, Any]) -> None:
    report = REPORTS[id]
    claim = Claim.from_dict(row, id)
    assert claim.type in TYPES
    assert claim.trigger in report["text"]
    assert claim.chain.names[-len(outlets(report)) :] == outlets(report)
    assert claim.actor is None or claim.actors is None
    written = claim.to_dict()
    assert all(written[field] == value for field, value in row.items())


def test_all_types_and_some_silence() -> None:
    assert {row["type"] for _, row in CLAIMS} == TYPES
    assert sum(not claims for claims in EXPECTED.values()) >= 8


def test_all_degrees_and_kinds() -> None:
    for field, values in {
        "factuality": {"CT+", "PR+", "PS+", "CT-", "Uu"},
        "realis": {"actual", "planned", "habitual", "hypothetical"},
        "scope": {"event", "total"},
        "background": {True, False},
    }.items():
        assert {row[field] for _, row in CLAIMS} == values


def test_lengths_run_from_a_sentence_to_a_feature() -> None:
    paragraphs = [report["text"].count("\n\n") + 1 for report in REPORTS.values()]
    assert min(paragraphs) == 1
    assert max(paragraphs) >= 12


def test_the_interview_is_one_chain_in_five_of_six_tellings() -> None:
    tellings = [id for id in EXPECTED if id.startswith("decroo-")]
    through_rtl = {id for id in tellings if any("RTL" in row["source_chain"] for row in EXPECTED[id])}
    assert len(tellings) == 6
    assert set(tellings) - through_rtl == {"decroo-3"}
