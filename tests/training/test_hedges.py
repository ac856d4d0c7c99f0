"""A telling's own hedge is kept: forty pairs of tellings that differ in how sure they are of one act."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from training.reports.hedges import PAIRS, pairs

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "accuracy_voices.py"
FLOOR = 36


def test_forty_pairs_of_one_story_that_differ():
    found = pairs()
    assert len(found) == PAIRS == 40
    for pair in found:
        assert pair.earlier.story == pair.later.story
        assert pair.earlier.id != pair.later.id
        assert pair.told["factuality"] != pair.retold["factuality"]
        assert (pair.told["type"], pair.told["target"]) == (pair.retold["type"], pair.retold["target"])


def test_more_keep_their_own_hedge_than_take_the_earlier_one():
    spec = importlib.util.spec_from_file_location("accuracy_voices", SCRIPT)
    measure = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(measure)
    kept = measure.hedges()
    assert kept.own >= FLOOR
    assert kept.own > kept.earlier
