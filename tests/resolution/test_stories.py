"""Floors on the hand-coded stories, where the evaluation sets lie beside the repository; they only go up."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EVAL = ROOT.parent / "shared" / "eval"
FLOORS = {False: (0.95, 0.85, 0.98), True: (0.94, 0.82, 0.97)}


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("resolution_stories", ROOT / "bench" / "resolution_stories.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = before


@pytest.mark.shared
@pytest.mark.skipif(not EVAL.exists(), reason="the evaluation sets are not here")
@pytest.mark.parametrize("distractors", [False, True])
def test_stories_stay_above_their_floors(bench, distractors):
    judge = bench.Judge(distractors)
    result = judge.score(judge.stories, judge.built())
    f1, origins, placed = FLOORS[distractors]
    assert result["b3"]["f1"] >= f1
    assert result["origins"]["exact"] >= origins
    assert result["placed"] >= placed
