"""No state is a likelier culprit than another: states change names, and the claims stay the same but for the names."""

from __future__ import annotations

from pathlib import Path

from nongrata.evaluation.swapping import agreement, mapping, swapped
from nongrata.extraction.reader import default_reader
from nongrata.reading.plain import parse_text
from nongrata.reading.sources import open_reports
from nongrata.reading.stats import ReadingStats

SAMPLES = Path(__file__).parents[2] / "src" / "nongrata" / "samples" / "reports.jsonl"
FLOOR = 0.98


def test_states_change_names() -> None:
    report = parse_text("Russia expels two Norwegian diplomats; Moscow gives no reason.", id="r")
    assert swapped(report, mapping()).text == "Norway expels two Russian diplomats; Oslo gives no reason."


def test_the_swap_is_its_own_inverse() -> None:
    report = parse_text("China and Canada accuse Iran; Beijing and Ottawa wait.", id="r")
    assert swapped(swapped(report, mapping()), mapping()).text == report.text


def test_claims_stay_the_same_under_the_swap() -> None:
    reports = list(open_reports(SAMPLES, stats=ReadingStats()))
    same, whole = agreement(default_reader(), reports)
    assert whole > 60
    assert same / whole >= FLOOR


def test_a_name_that_holds_a_state_changes_with_it() -> None:
    text = "Hackers attacked the website of the Turkish Petroleum Office on Monday, the company said."
    same, whole = agreement(default_reader(), [parse_text(text, id="r")])
    assert same == whole > 0
