from __future__ import annotations

import re
from collections import Counter
from dataclasses import FrozenInstanceError

import pytest

from nongrata.vocabulary.outlets import KINDS, outlet, outlets, surface_forms
from nongrata.vocabulary.states import states

TERRITORIES = frozenset(
    ("BM", "CK", "CW", "EH", "FO", "GI", "GL", "GP", "GU", "HK", "KY", "MO", "MP", "NC", "NU", "PF", "PR", "RE")
)


def test_there_are_enough_outlets_of_every_kind_and_region() -> None:
    kinds = Counter(row.kind for row in outlets().values())
    assert len(outlets()) >= 1500
    assert set(kinds) == set(KINDS)
    assert len({row.state for row in outlets().values()}) >= 150
    assert sum(row.wire for row in outlets().values()) >= 150


def test_no_form_belongs_to_two_outlets_or_stands_twice() -> None:
    forms = Counter(form for row in outlets().values() for form in row.forms)
    assert [form for form, times in forms.items() if times > 1] == []


def test_no_two_outlets_of_a_state_differ_only_by_article_or_capitals() -> None:
    names = Counter((row.name.casefold().removeprefix("the "), row.state) for row in outlets().values())
    assert [name for name, times in names.items() if times > 1] == []


def test_weak_forms_are_forms_of_the_row() -> None:
    assert all(row.weak <= set(row.forms) for row in outlets().values())


def test_the_columns_hold_what_they_should() -> None:
    for row in outlets().values():
        assert row.state in states() or row.state in TERRITORIES, row.name
        assert re.fullmatch(r"[a-z]{2}", row.language), row.name
        assert row.kind in KINDS, row.name
        assert all(form == " ".join(form.split()) and len(form) >= 1 for form in row.forms), row.name
        assert row.family != "", row.name


def test_forms_of_one_or_two_letters_and_common_words_are_weak() -> None:
    strong = {form for form, _, weak in surface_forms() if not weak}
    assert not strong & {
        "Time",
        "The Week",
        "Metro",
        "Independent",
        "Today",
        "Nature",
        "X",
        "People",
        "The Sun",
        "The Star",
    }
    assert {form for form in strong if len(form) <= 2} <= {"AP", "RT", "DW", "VG", "G1", "N1"}


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("AFP", "Agence France-Presse"),
        ("agence france presse", "Agence France-Presse"),
        ("The Times (London)", "The Times"),
        ("bbc.co.uk", "BBC"),
        ("https://www.bbc.co.uk/news/world-1", "BBC"),
        ("edition.cnn.com", "CNN"),
        ("Brussels Times", "The Brussels Times"),
        ("HURRIYET", "Hürriyet"),
        ("L’Équipe", "L'Équipe"),
        ("Deutsche Presse Agentur", None),
        ("nowhere.example", None),
        ("", None),
    ],
)
def test_an_outlet_is_found_by_any_of_its_names(asked: str, name: str | None) -> None:
    found = outlet(asked)
    assert (found.name if found else None) == name


def test_rows_and_table_cannot_be_changed() -> None:
    row = outlets()["Reuters"]
    with pytest.raises(FrozenInstanceError):
        row.kind = "daily"  # type: ignore[misc]
    with pytest.raises(TypeError):
        outlets()["Reuters"] = row  # type: ignore[index]
    assert outlets() is outlets()


def test_platforms_are_marked_and_families_shared() -> None:
    assert all(outlets()[name].kind == "platform" for name in ("Telegram", "X", "Facebook", "VKontakte"))
    assert outlets()["RIA Novosti"].family == outlets()["Sputnik"].family
    assert outlets()["Reuters"].wire
    assert not outlets()["The Brussels Times"].wire
