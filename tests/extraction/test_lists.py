"""Lists of parties and who has a figure of their own."""

from __future__ import annotations

import pytest

from nongrata.extraction.lists import companions, own_figures, party_lists
from nongrata.extraction.onnx_model import load_tokenizer
from nongrata.extraction.units import Unit, units
from nongrata.reading.plain import parse_text


def _unit(text: str) -> Unit:
    return units(parse_text(text, id="x"), load_tokenizer())[0]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Norway recalls its diplomats in Chile, Peru, Egypt and Ghana.", ["CL", "PE", "EG", "GH"]),
        ("Norway expels the Chilean and Peruvian diplomats.", ["CL", "PE"]),
        ("Norway throws out 21 Chilean diplomats, 15 Peruvian diplomats and 4 Ghanaians.", ["CL", "PE", "GH"]),
        ("Norway bans all Chilean imports, Peruvian goods and Kenyan products.", ["CL", "PE", "KE"]),
    ],
)
def test_a_list_is_kept_whole(text: str, members: list[str]) -> None:
    unit = _unit(text)
    assert [[unit.parties[i].name for i in one.members] for one in party_lists(unit)] == [members]


def test_two_states_that_only_stand_near_are_no_list() -> None:
    assert party_lists(_unit("Norway said no, and Chile agreed with Peru's envoy to Kenya.")) == []


def test_a_comma_alone_makes_no_list() -> None:
    assert party_lists(_unit("Because of an invasion of Chile, Peruvian citizens leave.")) == []


def test_each_target_has_its_own_figure() -> None:
    unit = _unit("Norway throws out 21 Chilean diplomats, 15 Peruvian diplomats and 4 Ghanaian diplomats.")
    targets = [p for p in unit.parties if p.name != "NO"]
    figures = own_figures(unit, targets, unit.sentences[0], actors=False)
    assert [f.interval.lo for f in figures or [] if f.interval] == [21, 15, 4]


def test_one_figure_for_all_is_nobodys_own() -> None:
    unit = _unit("Norway throws out 85 diplomats from Chile, Peru and Ghana.")
    assert own_figures(unit, [p for p in unit.parties if p.name != "NO"], unit.sentences[0], actors=False) is None


def test_companions_leave_out_the_party_itself() -> None:
    unit = _unit("Chile, Peru and Ghana summon the ambassador of Kenya.")
    chile = next(i for i, p in enumerate(unit.parties) if p.name == "CL")
    assert {unit.parties[i].name for i in companions(unit, chile, unit.sentences[0])} == {"PE", "GH"}
