"""The shapes that a party stands in beside a trigger."""

from __future__ import annotations

import pytest

from nongrata.extraction.onnx_model import load_tokenizer
from nongrata.extraction.structure import SHAPES, shapes
from nongrata.extraction.units import units
from nongrata.model import Span
from nongrata.reading.plain import parse_text


def _shapes(text: str, kind: str, trigger: str) -> dict[str, dict[str, float]]:
    unit = units(parse_text(text, id="x"), load_tokenizer())[0]
    begin = text.index(trigger)
    found = shapes(unit, kind, unit.tokens(Span(begin, begin + len(trigger))))
    return {party.name: shape for party, shape in zip(unit.parties, found, strict=True)}


@pytest.mark.parametrize(
    ("text", "kind", "trigger", "party", "shape"),
    [
        ("Chile expels three Kenyan diplomats.", "expulsion", "expels", "KE", "officials"),
        ("Chile expels three Kenyan diplomats.", "expulsion", "expels", "CL", "nearest_before"),
        ("A clerk was jailed in Peru for spying for Ghana.", "espionage", "spying", "GH", "for_whom"),
        ("Chile accuses Peru of hacking a bank.", "cyberattack", "hacking", "CL", "accuser"),
        ("The ambassador to Ghana was expelled.", "expulsion", "expelled", "GH", "posted_to"),
        ("Envoys were expelled by Peru.", "expulsion", "expelled", "PE", "passive_after"),
        ("Chile orders its envoys from Ghana.", "protest", "orders", "GH", "posted_to"),
        ("Chile's foreign ministry expels diplomats from Ghana.", "expulsion", "expels", "GH", "officials"),
        ("Chile's foreign ministry has expelled envoys.", "expulsion", "expelled", "CL", "subject"),
        ("The Chilean Foreign Minister Ada Lind later expelled envoys.", "expulsion", "expelled", "CL", "subject"),
        ("The expulsion of three Kenyan envoys angers many.", "expulsion", "expulsion", "KE", "object"),
    ],
)
def test_a_shape_is_seen(text: str, kind: str, trigger: str, party: str, shape: str) -> None:
    assert shape in SHAPES
    assert _shapes(text, kind, trigger)[party].get(shape) == 1.0


def test_a_party_of_another_sentence_is_away() -> None:
    found = _shapes("Ghana had warned. Rain fell. Peru expels an envoy.", "expulsion", "expels")
    assert found["GH"]["sentences_away"] == pytest.approx(2 / 3)
    assert "same_sentence" not in found["GH"]
    assert found["PE"]["sentences_away"] == 0


@pytest.mark.parametrize(
    "text",
    ["Chile says that Peru expelled an envoy.", "Chile was expelled by Peru.", "In Chile, Peru expelled envoys."],
)
def test_what_another_verb_or_the_passive_parts_from_the_act_is_no_subject(text: str) -> None:
    assert "subject" not in _shapes(text, "expulsion", "expelled")["CL"]
