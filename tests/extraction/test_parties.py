"""Parties: what may be actor or target."""

from __future__ import annotations

import pytest

from nongrata.extraction.choosing import as_states
from nongrata.extraction.parties import Party, find_parties, is_defined, stands_for, without_titles
from nongrata.extraction.report_names import Names
from nongrata.language.names import find_mentions
from nongrata.model import Span
from nongrata.reading.plain import parse_text


def _parties(text: str) -> dict[str, Party]:
    return {p.name: p for p in find_parties(text, [Span(0, len(text))], find_mentions(text))}


def test_mentions_of_one_state_are_one_party() -> None:
    text = "Russia denied it. The Russian embassy said Moscow had no part in it."
    parties = _parties(text)
    assert [s.of(text) for s in parties["RU"].spans] == ["Russia", "Russian", "Moscow"]


def test_names_that_no_table_knows_are_parties() -> None:
    parties = _parties("Hackers stole the files of Brightwater Logistics and of Ada Lindqvist.")
    assert parties["Brightwater Logistics"].kind == "name"
    assert "Ada Lindqvist" in parties


def test_short_forms_join_the_longer_name() -> None:
    text = "Ada Lindqvist was poisoned. Lindqvist survived."
    assert [s.of(text) for s in _parties(text)["Ada Lindqvist"].spans] == ["Ada Lindqvist", "Lindqvist"]


def test_a_run_is_cut_at_and_where_one_side_is_known() -> None:
    parties = _parties("Talks between Ada Lindqvist and Sweden ended.")
    assert "Ada Lindqvist" in parties
    assert "SE" in parties


@pytest.mark.parametrize(
    ("run", "bare"),
    [
        ("Norwegian Foreign Minister Ada Lind", "Ada Lind"),
        ("Prime Minister Ada Lind", "Ada Lind"),
        ("Ada Lind", "Ada Lind"),
        ("Norwegian Refugee Council", "Norwegian Refugee Council"),
    ],
)
def test_offices_are_no_part_of_a_name(run: str, bare: str) -> None:
    span = without_titles(run, Span(0, len(run)), find_mentions(run))
    assert span is not None
    assert span.of(run) == bare


def test_an_office_alone_is_nobody() -> None:
    assert without_titles("Foreign Minister", Span(0, 16)) is None


@pytest.mark.parametrize(
    ("short", "name", "means"),
    [
        ("NGB", "Norra Grain Board", True),
        ("BOLE", "Bureau of Licences and Exports", False),
        ("BLE", "Bureau of Licences and Exports", True),
        ("BOLAE", "Bureau of Licences and Exports", True),
        ("N", "Norra", False),
        ("ngb", "Norra Grain Board", False),
    ],
)
def test_initials_stand_for_a_name(short: str, name: str, means: bool) -> None:
    assert stands_for(short, name) is means


def test_initials_that_the_text_explains_join_the_name() -> None:
    text = "Hackers broke into the Norra Grain Board (NGB). The NGB has closed its network."
    assert [s.of(text) for s in _parties(text)["Norra Grain Board"].spans] == ["Norra Grain Board", "NGB", "NGB"]
    assert is_defined(text, "NGB", "Norra Grain Board")
    assert not is_defined("The NGB and the Norra Grain Board", "NGB", "Norra Grain Board")


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("The Norra Grain Board is closed. The NGB was hacked.", "NGB", "Norra Grain Board"),
        ("The Norra Grain Board met the Northern Guild of Bakers. The NGB was hacked.", "NGB", "NGB"),
        ("The Norra Grain Conference met. The NGC was hacked.", "NGC", "NGC"),
        ("Ada Lindqvist spoke. Later Lindqvist was poisoned.", "Lindqvist", "Ada Lindqvist"),
        ("Ada Lindqvist met Bo Lindqvist. Later Lindqvist was poisoned.", "Lindqvist", "Lindqvist"),
        ("The Ministry of Grain and Ada Lindqvist were named.", "Lindqvist", "Lindqvist"),
    ],
)
def test_a_party_has_the_one_fuller_name_of_its_report(text: str, name: str, full: str) -> None:
    assert Names(parse_text(text, id="x")).of_party(name) == full


def test_an_agency_stands_for_its_state_where_the_codebook_wants_a_state() -> None:
    gru = _parties("The GRU was behind it.")["GRU"]
    assert [p.name for p in as_states("legal_action", "target", [gru])] == ["RU"]
    assert [p.name for p in as_states("cyberattack", "actor", [gru])] == ["GRU"]
