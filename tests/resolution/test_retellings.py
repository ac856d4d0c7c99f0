"""From text to origins: one interview and five retellings, read by the shipped reader and not coded by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nongrata.extraction.reader import default_reader
from nongrata.model import Claim, Incident, Interval, Report, Total
from nongrata.reading.sources import open_reports
from nongrata.resolution import Telling, resolve

SEED = Path(__file__).parents[3] / "shared" / "seed"
INTERVIEW = Path(__file__).parent / "data" / "interview.jsonl"
RETOLD = {"seed", "daily", "wire", "dropped", "back"}


@pytest.fixture(scope="module")
def told() -> dict[str, tuple[Report, list[Claim]]]:
    """The interview, a daily, a wire, one without the speaker, one translated back, one that counted for itself."""
    return {report.id: (report, claims) for report, claims in default_reader().read_many(open_reports(INTERVIEW))}


def figure(told: dict[str, tuple[Report, list[Claim]]]) -> tuple[Total, dict[str, str]]:
    """The figure of the dozens, and the report of each of its claims."""
    claims = [claim for _, found in told.values() for claim in found]
    found = resolve(claims, {name: Telling.of_report(report) for name, (report, _) in told.items()})
    (total,) = [t for t in found.totals if (t.type, t.actor, t.target) == ("expulsion", "BE", "RU")]
    return total, {claim.key: claim.report_id for claim in claims}


def spying(told: dict[str, tuple[Report, list[Claim]]]) -> Incident:
    """The spying of the dozens, which the interview speaks of; one envoy of whom others speak is no part of it."""
    claims = [claim for _, found in told.values() for claim in found]
    found = resolve(claims, {name: Telling.of_report(report) for name, (report, _) in told.items()})
    by = [i for i in found.incidents if (i.type, i.actor, i.target) == ("espionage", "RU", "BE")]
    (one,) = [i for i in by if i.count == Interval(24, 99)]
    return one


def test_the_interview_is_one_origin_however_often_it_is_told(told):
    retold = {name: one for name, one in told.items() if name in RETOLD}
    total, _ = figure(retold)
    assert set(total.reports) == RETOLD
    assert [origin.label for origin in total.origins] == ["Alexander De Croo"]
    assert spying(retold).independent_origins == 1


def test_who_counted_for_himself_is_a_second_origin(told):
    total, report_of = figure(told)
    assert {origin.label for origin in total.origins} == {"Alexander De Croo", "Lantern Weekly"}
    (own,) = [origin for origin in total.origins if origin.label == "Lantern Weekly"]
    assert {report_of[key] for key in own.claims} == {"own"}


def test_the_speaker_who_was_dropped_is_found_by_his_words(told):
    total, report_of = figure(told)
    (interview,) = [origin for origin in total.origins if origin.label == "Alexander De Croo"]
    assert "dropped" in {report_of[key] for key in interview.claims}
    assert any(reason.startswith("same quotation") for reason in interview.reasons)


@pytest.mark.shared
@pytest.mark.skipif(not SEED.is_dir(), reason="needs ../shared/seed")
def test_the_report_that_started_it_with_its_retellings(told):
    (text,) = SEED.glob("*.txt")
    (seed,) = open_reports(text)
    seed = replace(seed, id="seed")
    real = {**told, "seed": (seed, default_reader().read(seed))}
    total, _ = figure(real)
    assert {"seed", "daily", "wire", "dropped", "back", "own"} == set(total.reports)
    assert {origin.label for origin in total.origins} == {"Alexander De Croo", "Lantern Weekly"}
    assert spying({name: one for name, one in real.items() if name in RETOLD}).independent_origins == 1
