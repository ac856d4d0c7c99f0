"""A short run of the fuzzer (longer: NONGRATA_FUZZ_SECONDS), and the inputs that broke something once."""

import os
import time

import pytest

from nongrata.reading.html import html_report
from tests.reading.fuzzing import PAGE, TARGETS, broken_by, campaign


def test_nothing_breaks() -> None:
    seconds = float(os.environ.get("NONGRATA_FUZZ_SECONDS", "4"))
    *broken, (_, inputs, _) = campaign(seconds, seed=int(time.time()))
    assert broken == []
    assert inputs > 0


@pytest.mark.parametrize("seed", [5001844])
def test_inputs_that_broke_something(seed: int) -> None:
    _, read, sources = TARGETS[seed % len(TARGETS)]
    read(broken_by(seed, sources))


@pytest.mark.parametrize("charset", ["utf-8\x00", "utf-16\x00", "é", "hex", "no such", "utf-7", "unicode_escape", ""])
def test_names_of_encodings_that_are_none(charset: str) -> None:
    assert html_report(PAGE.encode(), charset=charset).title == "Envoys leave"
