"""Parties: what may be actor or target."""

from __future__ import annotations

import pytest

from nongrata.extraction.parties import Party, find_parties, without_titles
from nongrata.language.names import find_mentions
from nongrata.model import Span


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
