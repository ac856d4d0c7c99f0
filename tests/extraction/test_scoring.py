"""From the tagger's probabilities to triggers."""

from __future__ import annotations

import numpy as np
import pytest

from nongrata.extraction.scoring import triggers


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
