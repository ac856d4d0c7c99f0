"""What a teacher says of the units that the shipped networks learn from, kept beside their labels."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch

from nongrata.extraction.scoring import sigmoid, triggers
from training.fit import padded, precision
from training.items import Item, Reading, Taught
from training.network import Network

_PIECES = 2048
_STEMS = 2
_WORTH = 0.15
"""Triggers that the teacher finds less likely than this are not read."""


@torch.no_grad()
def teach(teacher: Network, items: Sequence[Item], rng: random.Random) -> None:
    """Write into each item the teacher's trigger logits, and its reading of labelled, likely and a few other triggers.

    Of the stems that tell of nothing a few a unit are kept, those that the teacher read.
    """
    teacher.eval()
    order = sorted(range(len(items)), key=lambda i: len(items[i].unit.ids))
    while order:
        width = len(items[order[-1]].unit.ids) + 2
        count = max(1, _PIECES // width)
        some, order = [items[i] for i in order[-count:]], order[:-count]
        _teach(teacher, some, rng)


def _teach(teacher: Network, items: Sequence[Item], rng: random.Random) -> None:
    ids, attention, features = padded(items)
    with precision():
        hidden, tags = teacher.base(ids, attention)
    marked: list[tuple[int, Reading]] = []
    for row, item in enumerate(items):
        logits = tags[row, 1 : len(item.unit.ids) + 1].float().numpy()
        item.taught = logits.astype(np.float16)
        rng.shuffle(item.negatives)
        item.found = _found(item, logits)
        taken = {(t, r.kind) for r in item.found for t in r.tokens}
        stems = [r for r in item.negatives if not any((t, r.kind) in taken for t in r.tokens)]
        item.negatives = stems[: _STEMS if item.labelled else 0]
        marked += [(row, reading) for reading in (*item.readings, *item.found, *item.negatives)]
    for start in range(0, len(marked), 2 * len(items)):
        _read(teacher, items, marked[start : start + 2 * len(items)], (hidden, attention, features))


def _found(item: Item, logits: np.ndarray) -> list[Reading]:
    """The triggers that the teacher finds where none is labelled."""
    taken = {(t, r.kind) for r in item.readings for t in r.tokens}
    return [
        Reading(kind, list(tokens))
        for kind, tokens, p in triggers(sigmoid(logits))
        if p > _WORTH and not {(t + d, kind) for t in tokens for d in range(-4, 5)} & taken
    ]


def _read(
    teacher: Network,
    items: Sequence[Item],
    marked: Sequence[tuple[int, Reading]],
    states: tuple[torch.Tensor, torch.Tensor, torch.Tensor],
) -> None:
    hidden, attention, features = states
    rows = torch.tensor([row for row, _ in marked])
    mark = torch.zeros((len(marked), attention.shape[1]))
    for at, (_, reading) in enumerate(marked):
        mark[at, [t + 1 for t in reading.tokens]] = 1
    kinds = torch.tensor([reading.kind for _, reading in marked])
    with precision():
        roles, classes = teacher.reader(hidden[rows], attention[rows], mark, kinds, features[rows])
    for at, (row, reading) in enumerate(marked):
        n = len(items[row].unit.ids)
        reading.taught = Taught(
            roles[at, 1 : n + 1].float().numpy().astype(np.float16), classes[at].float().numpy().astype(np.float16)
        )
