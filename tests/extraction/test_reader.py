"""The reader with its shipped model: what every claim must carry, and what must never become one."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from nongrata.evaluation.scoring import score
from nongrata.extraction.interface import Reader
from nongrata.extraction.reader import default_reader
from nongrata.model import READABLE_ROLES, BlockRole, Claim, Report
from nongrata.reading.plain import parse_text
from nongrata.reading.sources import open_reports
from nongrata.reading.stats import ReadingStats

SAMPLES = Path(__file__).parents[2] / "src" / "nongrata" / "samples"
SHARED = Path(__file__).parents[3] / "shared"
FLOORS = {"detect": 0.84, "who": 0.74, "clean": 0.85}
"""Figures on the bundled samples; they only go up."""


@pytest.fixture(scope="module")
def readings() -> list[tuple[Report, list[Claim]]]:
    return list(default_reader().read_many(open_reports(SAMPLES / "reports.jsonl", stats=ReadingStats())))


def test_it_is_a_reader() -> None:
    assert isinstance(default_reader(), Reader)


def test_every_value_has_the_characters_it_was_read_from(readings: list[tuple[Report, list[Claim]]]) -> None:
    for report, claims in readings:
        for claim in claims:
            for field, span in claim.spans.items():
                assert 0 <= span.begin < span.end <= len(report.text), (report.id, field)
            assert claim.spans["trigger"].of(report.text) == claim.trigger
            assert claim.spans["sentence"].of(report.text) == claim.sentence
            assert claim.spans["sentence"].covers(claim.spans["trigger"]) or claim.spans["trigger"].overlaps(
                claim.spans["sentence"]
            )
            assert (claim.count_text is None) == ("count" not in claim.spans)
            assert claim.count_text is None or claim.spans["count"].of(report.text) == claim.count_text
            assert claim.when_text is None or claim.spans["when"].of(report.text) == claim.when_text


def test_claims_stand_in_readable_blocks(readings: list[tuple[Report, list[Claim]]]) -> None:
    for report, claims in readings:
        for claim in claims:
            begin = claim.spans["trigger"].begin
            role = next(b.role for b in report.blocks if b.span.begin <= begin < b.span.end)
            assert role in READABLE_ROLES


def test_chains_end_with_the_outlet(readings: list[tuple[Report, list[Claim]]]) -> None:
    for report, claims in readings:
        last = report.sources[0].split(" via ")[-1] if report.sources else report.publisher
        assert all(claim.chain.names[-1] == last for claim in claims)


def test_confidence_is_a_probability(readings: list[tuple[Report, list[Claim]]]) -> None:
    assert all(0 <= claim.confidence <= 1 for _, claims in readings for claim in claims)


def test_reading_alone_or_in_company_is_the_same(readings: list[tuple[Report, list[Claim]]]) -> None:
    for report, claims in readings[:12]:
        alone = default_reader().read(report)
        assert [(c.type, c.actor, c.target, c.count) for c in alone] == [
            (c.type, c.actor, c.target, c.count) for c in claims
        ]


def test_empty_text_has_no_claims() -> None:
    assert default_reader().read(parse_text("", id="empty")) == []


def test_figures_on_the_samples(readings: list[tuple[Report, list[Claim]]]) -> None:
    gold: dict[str, list[dict[str, object]]] = {}
    for line in (SAMPLES / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold[row["id"]] = row["claims"]
    found = defaultdict(list, {report.id: [c.to_dict() for c in claims] for report, claims in readings})
    result = score(gold, {key: found[key] for key in gold})
    assert result.detect.f1 >= FLOORS["detect"]
    assert result.who.f1 >= FLOORS["who"]
    assert result.clean is not None
    assert result.clean >= FLOORS["clean"]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not there")
def test_the_report_that_started_it() -> None:
    text = (SHARED / "seed" / "european-pravda-2024-03-05.txt").read_text(encoding="utf-8")
    report = parse_text(text)
    claims = default_reader().read(report)
    expulsion = next(c for c in claims if c.type == "expulsion")
    assert (expulsion.actor, expulsion.target, expulsion.count and expulsion.count.to_list()) == ("BE", "RU", [24, 99])
    assert expulsion.when is not None
    assert expulsion.when.first == date(2023, 9, 5)
    assert expulsion.scope == "total"
    assert expulsion.chain.names == ["Alexander De Croo", "RTL", "The Brussels Times", "European Pravda"]
    quiet = report.blocks_of(BlockRole.CAPTION, BlockRole.PLEA, BlockRole.TAGS, BlockRole.SOURCE_LINE)
    assert not [c for c in claims for b in quiet if b.span.covers(c.spans["trigger"])]


def test_triggers_that_are_not_worth_reading_would_have_been_no_claims(
    readings: list[tuple[Report, list[Claim]]],
) -> None:
    reader = default_reader()
    reports = [report for report, _ in readings]
    for (report, claims), scored in zip(readings, reader.scores(reports), strict=True):
        assert reader.claims(report, scored) == claims
