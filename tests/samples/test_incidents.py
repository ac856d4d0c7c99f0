"""What the ledger makes of the samples' hand-coded claims: the cases that the samples were written for."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from nongrata import Incident, Interval, Ledger
from nongrata.ledger import import_readings
from nongrata.ledger.claimfile import read_claims
from nongrata.reading.stats import ReadingStats


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    place: Path = tmp_path_factory.mktemp("samples") / "samples.db"
    with (
        as_file(files("nongrata").joinpath("samples", "expected.jsonl")) as path,
        Ledger.open(str(place), create=True) as made,
    ):
        run = made.start_run("import", str(path), "hand")
        import_readings(made, read_claims(path, ReadingStats(), "hand"), run)
        made.refresh()
        yield made


def told_by(ledger: Ledger, report: str, type: str) -> list[Incident]:
    """The incidents of a type that a report tells."""
    return [incident for incident in ledger.incidents() if report in incident.reports and incident.type == type]


def test_two_expulsions_by_one_host_eight_days_apart_are_two(ledger: Ledger) -> None:
    first, second = (
        next(incident for incident in told_by(ledger, report, "expulsion") if incident.actor == "IN")
        for report in ("delhi-1", "delhi-2")
    )
    assert first.id != second.id


def test_two_numbers_for_one_expulsion_stay_side_by_side(ledger: Ledger) -> None:
    (incident,) = told_by(ledger, "april-3", "expulsion")
    assert set(incident.reports) == {"april-3", "april-4"}
    assert incident.count == Interval(30, 35)
    assert [set(one.values) for one in incident.contradictions if one.field == "count"] == [{"30", "35"}]


def test_a_total_is_held_against_its_parts_and_is_no_incident(ledger: Ledger) -> None:
    (total,) = [total for total in ledger.totals() if "april-6" in total.reports]
    assert total.count == Interval(120, 120)
    assert len(total.incidents) == 4
    assert total.verdict == "covered"
    assert told_by(ledger, "april-6", "expulsion") == []


def test_one_interview_told_six_times_has_one_origin(ledger: Ledger) -> None:
    (total,) = [total for total in ledger.totals() if "decroo-1" in total.reports and total.type == "expulsion"]
    assert {f"decroo-{n}" for n in ("original", 1, 2, 4, 5)} <= set(total.reports)
    assert sum("Cro" in origin.label for origin in total.origins) == 1


def test_an_outlets_own_finding_is_an_origin_of_its_own(ledger: Ledger) -> None:
    own = [incident for incident in told_by(ledger, "decroo-5", "cyberattack") if incident.actor is None]
    assert [(incident.count, incident.reports) for incident in own] == [(Interval(4, 4), ("decroo-5",))]


def test_one_decision_announced_by_two_institutions_has_one_origin(ledger: Ledger) -> None:
    (sixty,) = [one for one in told_by(ledger, "salisbury-3", "expulsion") if one.count == Interval(60, 60)]
    assert set(sixty.reports) == {"salisbury-3", "salisbury-4"}
    assert sixty.independent_origins == 1


def test_a_denial_stands_beside_and_is_not_counted(ledger: Ledger) -> None:
    (drones,) = told_by(ledger, "kastrup", "sabotage")
    assert [origin.label for origin in drones.origins if origin.denies] == ["Kremlin"]
    assert drones.independent_origins >= 1


def test_an_answer_in_kind_points_to_what_it_answers(ledger: Ledger) -> None:
    (answer,) = [one for one in told_by(ledger, "delhi-1", "expulsion") if one.actor == "PK"]
    answered = [ledger.incident(id) for id in answer.in_response_to]
    assert [(one.actor, one.target) for one in answered if one] == [("IN", "PK")]
