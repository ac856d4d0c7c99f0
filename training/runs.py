"""One network, from the labelled sets to a checkpoint: apart, since other processes cannot run ``__main__``."""

from __future__ import annotations

import pickle
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from nongrata.extraction.onnx_model import weights_folder
from nongrata.extraction.renaming import STAND_INS
from training import base_weights, data
from training.distil import teach
from training.fit import Settings, train
from training.items import Item, items
from training.network import Network
from training.shipped import load_shipped
from training.teacher import Teacher

MEASURING = ("dev", "articles")
"""Sets that measure: what is in them is not learnt from unless they are asked for."""
_UNLABELLED = 2000
"""Summaries that nobody labelled and a teacher reads."""
_FILLINGS = 3
_EMPTY = 0.5


def renderings(
    labelled: Sequence[data.Labelled], count: int, rng: random.Random, empty: float = 1.0
) -> list[list[Item]]:
    """All items ``count`` times over, each time under other stand-ins; units without any candidate are left out.

    ``empty`` is the share of the units without a claim that is kept, drawn anew each time: they take much of the time.
    """
    tokenizer = base_weights.tokenizer()
    found: list[list[Item]] = []
    for _ in range(count):
        full, without = [], []
        for one in labelled:
            order = list(range(len(STAND_INS)))
            rng.shuffle(order)
            for item in items(one, tokenizer, order):
                if item.readings or not item.labelled:
                    full.append(item)
                elif item.negatives:
                    without.append(item)
        found.append([*full, *rng.sample(without, round(empty * len(without)))])
    return found


def labelled_sets(names: Sequence[str], rng: random.Random) -> list[data.Labelled]:
    """The labelled reports of some sets: train, dev, articles, pool, corpus; and the unlabelled summaries."""
    found: list[data.Labelled] = []
    kept_back = {one.report.id for name in MEASURING if name not in names for one in data.evaluation_set(name)}
    for name in names:
        if name == "pool":
            found += data.pool()
        elif name == "corpus":
            found += data.corpus(rng)
        elif name == data.UNLABELLED:
            found += data.unlabelled(_UNLABELLED, rng)
        else:
            found += data.evaluation_set(name)
    return [one for one in found if one.report.id not in kept_back]


def teacher_trained(sets: Sequence[str], settings: Settings, path: Path) -> None:
    """Train the teacher on all cores and save it."""
    rng = random.Random(settings.seed)
    built = renderings(labelled_sets(sets, rng), _FILLINGS, rng, _EMPTY)
    describe(built[0])
    save(train(Teacher(), built, settings), path)


def lessons(teacher: Path, sets: Sequence[str], seed: int, path: Path) -> None:
    """What the teacher says of every unit of some sets and of unlabelled ones, into a file for :func:`trained`."""
    rng = random.Random(seed)
    network = Teacher()
    network.load_state_dict(torch.load(teacher))
    started = time.time()
    (built,) = renderings(labelled_sets([*sets, data.UNLABELLED], rng), 1, rng, _EMPTY)
    teach(network, built, rng)
    path.write_bytes(pickle.dumps(built))
    print(f"{len(built)} units read by the teacher: {time.time() - started:.0f} s", flush=True)


def trained(
    sets: Sequence[str], settings: Settings, path: Path, lessons_of: Path | None = None, going_on: int | None = None
) -> None:
    """Train one network on one core and save it, on three fillings of the labels by turns.

    With ``lessons_of`` a teacher's lessons and one filling of the labels take turns. ``going_on`` is the number of the
    shipped network to go on from.
    """
    torch.set_num_threads(1)
    rng = random.Random(settings.seed)
    if lessons_of:
        taught: list[Item] = pickle.loads(lessons_of.read_bytes())  # noqa: S301  (written by this very run)
        built = [taught, *renderings(labelled_sets(sets, rng), 1, rng, _EMPTY)]
    else:
        built = renderings(labelled_sets(sets, rng), _FILLINGS, rng)
    describe(built[0])
    shipped = load_shipped(weights_folder()) if going_on is not None else []
    start = shipped[(going_on or 0) % len(shipped)] if shipped else Network(base_weights.state())
    save(train(start, built, settings), path)


def save(network: Network, path: Path) -> None:
    """Write a checkpoint."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), path)


def describe(built: Sequence[Item]) -> None:
    """What there is to learn from, and how much of it no candidate can express."""
    claims = [r for i in built for r in i.readings]
    print(
        f"{len(built)} units, {sum(len(i.unit.ids) for i in built)} pieces, {len(claims)} claims, "
        f"{sum(len(i.negatives) for i in built)} stems of nothing"
    )
    for field in ("actors", "targets", "count", "time"):
        print(f"  {field}: {sum(getattr(r, field) is None for r in claims)} out of reach", flush=True)
