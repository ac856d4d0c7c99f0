"""Measures as reports tell them: lists, figures for each and for all, tit for tat, two acts in one breath."""

from __future__ import annotations

from datetime import date

import pytest

from nongrata.extraction.reader import default_reader
from nongrata.model import Claim
from nongrata.reading.plain import parse_text


def _read(text: str, kind: str) -> list[Claim]:
    report = parse_text(text, id="x", publisher="The Harbour Gazette", published=date(2024, 3, 5))
    return [claim for claim in default_reader().read(report) if claim.type == kind]


def test_a_claim_for_each_target_with_a_figure_of_its_own() -> None:
    claims = _read("Norway expels 21 Chilean diplomats, 15 Peruvian diplomats and 4 Ghanaian diplomats.", "expulsion")
    assert {(c.actor, c.target, c.count.lo if c.count else None) for c in claims} == {
        ("NO", "CL", 21),
        ("NO", "PE", 15),
        ("NO", "GH", 4),
    }


def test_one_figure_for_several_targets_is_laid_on_none_of_them() -> None:
    claims = _read("Norway expels 85 diplomats from Chile, Peru and Ghana.", "expulsion")
    assert [(c.target, c.count.to_list() if c.count else None) for c in claims] == [(None, [85, 85])]


@pytest.mark.parametrize("text", ["Norway and Chile recall their ambassadors over the spying row."])
def test_what_two_states_do_to_each_other_is_two_claims(text: str) -> None:
    assert {(c.actor, c.target) for c in _read(text, "protest")} == {("NO", "CL"), ("CL", "NO")}


def test_a_closed_consulate_is_an_act_beside_the_expelled() -> None:
    claims = _read(
        "Norway closes the Chilean consulate in Bergen and expels 60 Chilean diplomats, the ministry says.", "expulsion"
    )
    assert len(claims) == 2
    assert {c.target for c in claims} == {"CL"}


@pytest.mark.parametrize(
    "text",
    [
        "Norway confirmed that the Norwegian deputy ambassador to Chile was expelled from the country.",
        "The Norwegian ambassador to Chile, Ada Lindqvist, was declared persona non grata on Monday.",
        "Chile's president declared ambassador Ada Lindqvist persona non grata because she had criticised a verdict. "
        "Norway recalled its ambassador to Chile for talks.",
    ],
)
def test_an_envoy_is_expelled_by_whom_she_is_posted_to_and_the_target_is_her_state(text: str) -> None:
    assert [(c.actor, c.target) for c in _read(text, "expulsion")] == [("CL", "NO")]


@pytest.mark.parametrize(
    "text",
    [
        "Norway orders all non-emergency diplomats and their families to leave Ghana amid worsening violence.",
        "The Norwegian foreign ministry authorised the voluntary departure of embassy staff from Ghana.",
    ],
)
def test_own_staff_called_home_for_safety_is_no_expulsion(text: str) -> None:
    assert _read(text, "expulsion") == []


def test_families_that_leave_with_the_expelled_change_nothing() -> None:
    claims = _read("Norway expels six Ghanaian diplomats and their families.", "expulsion")
    assert [(c.actor, c.target) for c in claims] == [("NO", "GH")]


def test_a_figure_of_another_act_is_not_the_one_envoys() -> None:
    claims = _read("Norway expels a Ghanaian diplomat after Ghana ordered three Norwegian envoys out.", "expulsion")
    assert {(c.actor, c.target, c.count.lo if c.count else None) for c in claims} == {("NO", "GH", 1), ("GH", "NO", 3)}


def test_people_named_together_are_counted() -> None:
    claims = _read(
        "Norway arrests economist Ada Lindqvist and retired colonel Bo Ekström on charges of spying for Ghana.",
        "legal_action",
    )
    assert [c.count.to_list() if c.count else None for c in claims] == [[2, 2]]


@pytest.mark.parametrize(
    "text",
    [
        "Norway expels two Ghanaian diplomats after Ghana ordered three Norwegian envoys out.",
        "Norway expels two Ghanaian diplomats in response to Ghana's expulsion of three Norwegian envoys.",
        "Norway expels two Ghanaian diplomats and Ghana throws out three Norwegian envoys.",
    ],
)
def test_an_expulsion_and_the_one_it_answers_are_two(text: str) -> None:
    found = {(c.actor, c.target, c.count.lo if c.count else None) for c in _read(text, "expulsion")}
    assert found == {("NO", "GH", 2), ("GH", "NO", 3)}


def test_what_is_mutual_in_one_clause_is_not_in_the_next() -> None:
    text = "Norway and Ghana accuse each other of espionage, while the latter expels four Norwegian envoys."
    assert {(c.actor, c.target) for c in _read(text, "espionage")} == {("NO", "GH"), ("GH", "NO")}
    assert [(c.actor, c.target) for c in _read(text, "expulsion")] == [("GH", "NO")]
    text = "Norway and Ghana break off talks; Accra orders Norwegian consular staff out within 48 hours."
    assert [(c.actor, c.target) for c in _read(text, "expulsion")] == [("GH", "NO")]


def test_two_states_that_are_spied_for_together_do_not_spy_on_each_other() -> None:
    claims = _read("A Chilean engineer suspected of spying for Norway and Ghana is arrested.", "espionage")
    assert [c.actors for c in claims] == [("NO", "GH")]


def test_the_service_that_catches_spies_is_not_their_victim() -> None:
    claims = _read("Ukraine's Security Service detains two men suspected of spying for Ghana.", "espionage")
    assert [(c.actor, c.target) for c in claims] == [("GH", "UA")]


def test_a_number_of_states_is_not_the_number_of_the_expelled() -> None:
    claims = _read("Sixteen European countries expelled Ghanaian diplomats on Monday, Norway said.", "expulsion")
    assert [c.count.to_list() if c.count else None for c in claims] == [[2, None]]
    claims = _read("Norway expels 59 diplomats from 23 countries.", "expulsion")
    assert [c.count.to_list() if c.count else None for c in claims] == [[59, 59]]
