"""Who said what: source, cue and content of each attribution of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nongrata.extraction.decoding import Calibration
from nongrata.extraction.layout import ATTRIBUTION
from nongrata.extraction.scoring import Floats, Scored
from nongrata.extraction.units import Unit
from nongrata.model import Span

_THRESHOLD = 0.4
_EVEN = Calibration()
_PIECE = 0.5
_SAME_CONTENT = 0.7


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's saying so. Each part is one or more stretches of the report's text; the source may be unsaid."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float

    def to_dict(self) -> dict[str, list[list[int]]]:
        """The attribution as ``nongrata voices`` prints it."""
        return {
            "source": [s.to_list() for s in self.source],
            "cue": [s.to_list() for s in self.cue],
            "content": [s.to_list() for s in self.content],
        }


def attributions(scored: Sequence[Scored], threshold: float = _THRESHOLD) -> list[Attribution]:
    """The attributions among some scores, in the order of their cues.

    Two cues that claim the same content close by are one; the likelier stays.
    """
    found: list[tuple[Attribution, set[int]]] = []
    for one in sorted((s for s in scored if s.type == ATTRIBUTION), key=_EVEN.confidence, reverse=True):
        if _EVEN.confidence(one) < threshold:
            break
        content = one.pieces("content")
        content[list(one.tokens)] = 0
        spans = _spans(one.unit, content, bridge=2)
        held = {i for s in spans for i in range(s.begin, s.end)}
        if not spans or any(_repeats(held, others) for _, others in found):
            continue
        source = one.pieces("source")
        source[content > _PIECE] = 0
        cue = Span(one.unit.offsets[one.tokens[0]][0], one.unit.offsets[one.tokens[-1]][1])
        found.append((Attribution(_spans(one.unit, source, bridge=1), (cue,), spans, _EVEN.confidence(one)), held))
    return sorted((a for a, _ in found), key=lambda a: a.cue)


def _repeats(held: set[int], others: set[int]) -> bool:
    return len(held & others) > _SAME_CONTENT * max(len(held), len(others))


def _spans(unit: Unit, probabilities: Floats, bridge: int) -> tuple[Span, ...]:
    """Stretches of likely pieces; holes of ``bridge`` pieces are closed."""
    runs: list[list[int]] = []
    for piece in np.flatnonzero(probabilities > _PIECE):
        if runs and piece - runs[-1][1] <= bridge:
            runs[-1][1] = int(piece)
        else:
            runs.append([int(piece), int(piece)])
    return tuple(Span(unit.offsets[a][0], unit.offsets[b][1]) for a, b in runs)
