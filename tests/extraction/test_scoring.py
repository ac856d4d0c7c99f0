"""From the tagger's probabilities to triggers."""

from __future__ import annotations

import numpy as np
import pytest

from nongrata.extraction.onnx_model import load_tokenizer
from nongrata.extraction.scoring import acts, triggers
from nongrata.extraction.units import units
from nongrata.model import Span
from nongrata.reading.plain import parse_text


@pytest.mark.parametrize(
    ("sentences", "runs"),
    [
        ([0, 0, 0, 0, 0, 0, 0, 0], [(1, 2, 4)]),
        ([0, 0, 0, 1, 1, 1, 1, 1], [(1, 2), (4,)]),
    ],
)
def test_a_trigger_ends_with_its_sentence(sentences: list[int], runs: list[tuple[int, ...]]) -> None:
    probabilities = np.zeros((8, 2), np.float32)
    probabilities[[1, 2, 4], 1] = 0.6, 0.9, 0.8
    found = list(triggers(probabilities, sentences))
    assert [(kind, tokens) for kind, tokens, _ in found] == [(1, run) for run in runs]
    assert found[0][2] == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("trigger", "parts"),
    [
        ("expels two envoys after Ghana expelled three", ["expels two envoys", "Ghana expelled three"]),
        ("expels two envoys and Ghana expels three", ["expels two envoys", "Ghana expels three"]),
        ("expels two envoys after the summit in Ghana", ["expels two envoys after the summit in Ghana"]),
        ("expels Chilean and Ghanaian envoys expelled before", ["expels Chilean and Ghanaian envoys expelled before"]),
        ("expels two because of an expulsion", ["expels two because of an expulsion"]),
        ("expels and deports two envoys", ["expels and deports two envoys"]),
    ],
)
def test_a_trigger_is_cut_between_an_act_and_the_one_it_answers(trigger: str, parts: list[str]) -> None:
    text = f"Norway {trigger}."
    unit = units(parse_text(text, id="x"), load_tokenizer())[0]
    begin = text.index(trigger)
    found = acts(unit, "expulsion", tuple(unit.tokens(Span(begin, begin + len(trigger)))))
    assert [unit.span_of(tokens).of(text) for tokens in found] == parts
