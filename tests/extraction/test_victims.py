"""Who is harmed is a person: by a leader's name, or as one person described by state and calling."""

from __future__ import annotations

import numpy as np
import pytest

from nongrata.extraction.layout import TOKEN_ROLES
from nongrata.extraction.onnx_model import load_tokenizer
from nongrata.extraction.parties import Party
from nongrata.extraction.scoring import Scored
from nongrata.extraction.units import units
from nongrata.extraction.victims import description, victim
from nongrata.model import Span
from nongrata.reading.plain import parse_text


@pytest.mark.parametrize(
    ("text", "demonym", "expected"),
    [
        ("A plot to kill a Kenyan opposition activist failed.", "Kenyan", "Kenyan opposition activist"),
        ("Gunmen seized another Peruvian diplomat.", "Peruvian", "Peruvian diplomat"),
        ("A Kenyan woman died of the poison.", "Kenyan", None),
        ("Kenyan diplomats were kidnapped.", "Kenyan", None),
        ("They abducted a Kenyan journalist Ada Lind.", "Kenyan", None),
        ("They abducted a Kenyan diplomat's daughter.", "Kenyan", None),
        ("He praised the Kenyan minister.", "Kenyan", None),
    ],
)
def test_one_person_may_be_described(text: str, demonym: str, expected: str | None) -> None:
    begin = text.index(demonym)
    found = description(text, Span(begin, begin + len(demonym)))
    assert (found.of(text) if found else None) == expected


def _target(text: str, kind: str, state: str, place: str) -> Party:
    """The target when the network is sure that it is at ``place``."""
    unit = units(parse_text(text, id="x"), load_tokenizer())[0]
    roles = np.zeros((len(unit.ids), len(TOKEN_ROLES)), np.float32)
    begin = text.index(place)
    roles[unit.tokens(Span(begin, begin + len(place))), TOKEN_ROLES.index("target")] = 5.0
    nothing = np.zeros(1, np.float32)
    scored = Scored(unit, kind, (0,), 1.0, 1.0, nothing, nothing, nothing, nothing, roles, nothing)
    party = next(p for p in unit.parties if p.name == state)
    return victim(scored, party)


def test_the_harmed_are_persons_and_the_rest_are_states() -> None:
    told = "Peru says that men of its own tried to kill a Kenyan diplomat in Lima."
    harmed = _target(told, "assault", "KE", "Kenyan")
    assert (harmed.name, harmed.state) == ("Kenyan diplomat", "KE")
    assert [s.of(told) for s in harmed.spans] == ["Kenyan diplomat"]
    assert _target(told, "espionage", "KE", "Kenyan").name == "KE"
    assert _target(told, "assault", "PE", "Peru").name == "PE"
