from __future__ import annotations

from datetime import date

import pytest

from nongrata.model import VocabularyError
from nongrata.vocabulary import tables
from nongrata.vocabulary.bodies import bodies, members, memberships
from nongrata.vocabulary.leaders import leaders
from nongrata.vocabulary.states import states


def test_every_state_has_a_name_and_a_code_of_two_letters() -> None:
    assert len(states()) >= 200
    for code, state in states().items():
        assert len(code) == 2
        assert code.isupper()
        assert state.code == code
        assert state.name


def test_no_name_stands_for_two_states() -> None:
    owner: dict[str, str] = {}
    for state in states().values():
        for form in {
            state.name,
            *state.other_names,
            *state.adjectives,
            *state.people,
            *state.capitals,
            *state.government,
        }:
            assert owner.setdefault(form, state.code) == state.code, form


def test_the_plus_sign_makes_plurals() -> None:
    assert states()["RU"].people == ("Russians",)
    assert "Danes" in states()["DK"].people


def test_bodies_belong_to_known_states_or_bodies() -> None:
    for body in bodies().values():
        assert body.kind in {"body", "agency", "group"}
        assert body.state is None or body.state in states() or body.state in bodies()


def test_memberships_name_known_bodies_and_states() -> None:
    for row in memberships():
        assert row.body in bodies()
        assert row.state in states()
        assert row.until is None or row.since < row.until


def test_members_change_over_time() -> None:
    assert len(members("EU", date(2024, 3, 1))) == 27
    assert len(members("EU", date(2019, 3, 1))) == 28
    assert "GB" in members("EU", date(2020, 1, 31))
    assert "GB" not in members("EU", date(2020, 2, 1))
    assert len(members("NATO", date(2024, 4, 1))) == 32
    assert "SE" not in members("NATO", date(2024, 3, 6))
    assert members("Hanseatic League") == frozenset()


def test_leaders_serve_known_states_in_order() -> None:
    for leader in leaders():
        assert leader.code in states() or leader.code in bodies()
        assert leader.until is None or leader.since < leader.until
        assert not set(leader.forms) & set(leader.weak_forms)


def test_a_broken_row_is_told_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "read_text", lambda name: "# note\na\tb\n1\t2\n1\n")
    with pytest.raises(VocabularyError, match=r"line 4 of x\.tsv has 1 columns"):
        list(tables.rows("x.tsv"))
