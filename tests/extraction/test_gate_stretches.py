"""The gate over the stretches of a long text."""

from __future__ import annotations

from nongrata.extraction.onnx_model import load_tokenizer
from nongrata.extraction.units import units
from nongrata.language.gate import shipped_gate
from nongrata.reading.plain import parse_text

OTHER = "The harvest was good and the mill ran all night, said the miller, who had slept little. " * 7
ACT = "Norway expelled three Chilean diplomats on Monday, the foreign ministry said. " * 7
WEAK = "Norway said that the attack had been planned for months by people from Chile. " * 7


def test_a_stretch_without_a_stem_is_not_read() -> None:
    report = parse_text(f"{OTHER}\n\n{ACT}\n\n{OTHER}", id="long")
    every = units(report, load_tokenizer())
    kept = units(report, load_tokenizer(), wanted=shipped_gate().passing)
    assert len(kept) < len(every)
    assert kept == [unit for unit in every if "expelled" in unit.span.of(report.text)]
    assert not any(unit.alone for unit in kept)


def test_weak_words_open_only_where_others_do() -> None:
    gate = shipped_gate()
    assert not gate.passes(WEAK)
    assert gate.hits(WEAK)
    assert gate.passing([WEAK, *[OTHER] * 9]) == [False] * 10
    assert gate.passing([ACT, WEAK, OTHER]) == [True, True, False]
    assert gate.passing([ACT, WEAK, *[OTHER] * 9]) == [True, *[False] * 10]
    assert gate.passing([]) == []
