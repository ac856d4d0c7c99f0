from __future__ import annotations

import importlib.util
import itertools
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.evaluation import Ratio, score
from nongrata.evaluation.matching import assign, bounds_overlap, fold, pair, same_chain, same_name

SHARED = Path(__file__).parents[3] / "shared" / "eval"


def claim(kind="expulsion", actor="BE", target="RU", **more):
    return {"type": kind, "actor": actor, "target": target} | more


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("BE", "BE", True),
        ("BE", "RU", False),
        ("GRU", "GRU unit", False),
        (None, None, True),
        (None, "BE", False),
        ("Mara Lind", "mara lind", True),
        ("Lind", "Mara Lind", True),
        ("the Foreign Ministry", "Foreign Ministry", True),
        ("Zoë Lindqvist", "Zoe Lindquist", True),
        ("Radio Norra", "Lantern", False),
    ],
)
def test_same_name(a, b, same):
    assert same_name(a, b) is same
    assert same_name(b, a) is same


def test_fold():
    assert fold("The Škoda-Tribune’s") == "skoda tribune s"
    assert fold(None) == ""


@pytest.mark.parametrize(
    ("a", "b", "overlap"),
    [
        ([1, 3], [3, 5], True),
        ([1, 3], [4, 5], False),
        ([24, None], [30, 40], True),
        ([24, None], [2, None], True),
        (None, None, True),
        (None, [1, 1], False),
        (["2024-03-01", "2024-03-05"], ["2024-03-05", "2024-03-09"], True),
    ],
)
def test_overlap(a, b, overlap):
    assert bounds_overlap(a, b) is overlap


def test_same_chain():
    assert same_chain(["Mara Lind", "Lantern"], ["Lind", "The Lantern"])
    assert not same_chain(["Mara Lind", "Lantern"], ["Mara Lind"])
    assert same_chain(None, [])


@given(st.integers(1, 4), st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_assignment_is_the_best_of_all(rows, columns, chance):
    weights = [[chance.randrange(10) / 2 for _ in range(columns)] for _ in range(rows)]
    found = assign(weights)
    assert len(found) == min(rows, columns) == len({i for i, _ in found}) == len({j for _, j in found})
    wide = weights if rows <= columns else [list(row) for row in zip(*weights, strict=True)]
    best = max(
        sum(wide[i][j] for i, j in enumerate(order))
        for order in itertools.permutations(range(max(rows, columns)), min(rows, columns))
    )
    assert sum(weights[i][j] for i, j in found) == pytest.approx(best)


def test_pairs_are_of_one_type_and_agree_most():
    gold = [claim(count=[3, 3]), claim("protest"), claim(count=[9, 9])]
    found = [claim(count=[9, 9]), claim(count=[3, 3]), claim("threat")]
    assert sorted(pair(gold, found)) == [(0, 1), (2, 0)]


def test_figures_of_a_small_case():
    labels = {"a": [claim(count=[3, 3]), claim("protest")], "b": [], "c": []}
    found = {"a": [claim(count=[3, 4]), claim("protest", actor="FR")], "b": [], "c": [claim("threat")], "d": [claim()]}
    result = score(labels, found, misses=10)
    assert result.detect == Ratio(2, 2, 3)
    assert result.who == Ratio(1, 2, 3)
    assert result.clean == 0.5
    assert result.fields["count"] == 0.0
    assert result.fields["count~"] == 1.0
    assert [miss["why"] for miss in result.misses] == ["count", "who", "spurious"]


def test_nothing_at_all():
    result = score({}, {})
    assert result.clean is None
    assert result.detect.f1 == 0.0
    assert result.to_dict()["by_type"] == {}


@pytest.fixture(scope="module")
def scorer():
    path = SHARED / "score.py"
    if not path.exists():
        pytest.skip("../shared/eval/score.py is not there")
    spec = importlib.util.spec_from_file_location("shared_score", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GARBLED = ["actor", "target", "count", "when", "factuality", "realis", "source_chain", "background", "trigger"]


def garbled(claims, chance: random.Random):
    """Predictions made from labels by dropping, doubling and changing fields at random."""
    out = []
    for one in claims:
        if chance.random() < 0.2:
            continue
        for _ in range(1 + (chance.random() < 0.3)):
            new = dict(one)
            for name in (
                "actor",
                "target",
                "count",
                "when",
                "factuality",
                "realis",
                "source_chain",
                "background",
                "trigger",
            ):
                if chance.random() < 0.3:
                    new[name] = chance.choice(claims).get(name)
            if chance.random() < 0.1:
                new["type"] = chance.choice(claims)["type"]
            out.append(new)
    chance.shuffle(out)
    return out


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("name", ["dev", "articles"])
def test_the_same_figures_as_the_projects_scorer(scorer, name, seed):
    chance = random.Random(seed)  # noqa: S311
    lines = (SHARED / name / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    labels = {row["id"]: row["claims"] for row in map(json.loads, lines)}
    pool = [one for claims in labels.values() for one in claims]
    found = {
        report: garbled(claims, chance) if claims else [chance.choice(pool)] * (chance.random() < 0.2)
        for report, claims in labels.items()
    }
    theirs, ours = scorer.score(labels, found, misses=10_000), score(labels, found, misses=10_000)
    misses = theirs.pop("misses")
    assert ours.to_dict() == theirs
    assert sorted(map(str, ours.misses)) == sorted(map(str, misses))
