"""A short run of the fuzzer (longer: NONGRATA_FUZZ_SECONDS), and the inputs that broke something once."""

import os
import time

from tests.reading.fuzzing import campaign


def test_nothing_breaks() -> None:
    seconds = float(os.environ.get("NONGRATA_FUZZ_SECONDS", "4"))
    *broken, (_, inputs, _) = campaign(seconds, seed=int(time.time()))
    assert broken == []
    assert inputs > 0
