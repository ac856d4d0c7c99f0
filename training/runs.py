"""From the labelled sets to a checkpoint."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch

from nongrata.extraction.onnx_model import weights_folder
from nongrata.extraction.renaming import STAND_INS
from training import base_weights, data
from training.fit import Settings, train
from training.items import Item, items
from training.network import Network
from training.shipped import load_shipped

MEASURING = ("dev", "articles")
"""Sets that measure: what is in them is not learnt from unless they are asked for."""
_FILLINGS = 3
_EMPTY = 0.5


def trained(sets: Sequence[str], settings: Settings, path: Path, going_on: bool = False) -> None:
    """Train on all cores and save the network, on some fillings of the labels by turns.

    ``going_on`` starts from the shipped weights instead of the starting ones.
    """
    rng = random.Random(settings.seed)
    built = renderings(labelled_sets(sets, rng), min(_FILLINGS, settings.epochs), rng)
    describe(built[0])
    start = Network(base_weights.state())
    if going_on:
        _take_over(start, load_shipped(weights_folder()))
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(train(start, built, settings).state_dict(), path)


@torch.no_grad()
def _take_over(network: Network, shipped: Network) -> None:
    """Take the shipped weights where they are learnt; the frozen ones stay whole, to be rounded once and not twice."""
    for mine, other in zip(network.parameters(), shipped.parameters(), strict=True):
        if mine.requires_grad:
            mine.copy_(other)


def examples() -> list[Item]:
    """Units such as the network reads, with their triggers: of labelled summaries and of the written corpus."""
    rng = random.Random(0)
    (found,) = renderings(labelled_sets(("train", "corpus"), rng), 1, rng)
    return found


def renderings(labelled: Sequence[data.Labelled], count: int, rng: random.Random) -> list[list[Item]]:
    """All items ``count`` times over, each time under other stand-ins; units without any candidate are left out.

    Of the units without a claim half are kept, drawn anew each time: they take much of the time.
    """
    tokenizer = base_weights.tokenizer()
    found: list[list[Item]] = []
    for _ in range(count):
        full, without = [], []
        for one in labelled:
            order = list(range(len(STAND_INS)))
            rng.shuffle(order)
            for item in items(one, tokenizer, order):
                if item.readings:
                    full.append(item)
                elif item.negatives:
                    without.append(item)
        found.append([*full, *rng.sample(without, round(_EMPTY * len(without)))])
    return found


def labelled_sets(names: Sequence[str], rng: random.Random) -> list[data.Labelled]:
    """The labelled reports of some sets: train, dev, articles, pool, corpus."""
    found: list[data.Labelled] = []
    kept_back = {one.report.id for name in MEASURING if name not in names for one in data.evaluation_set(name)}
    for name in names:
        if name == "pool":
            found += data.pool()
        elif name == "corpus":
            found += data.corpus(rng)
        else:
            found += data.evaluation_set(name)
    return [one for one in found if one.report.id not in kept_back]


def describe(built: Sequence[Item]) -> None:
    """What there is to learn from, and how much of it no candidate can express."""
    claims = [r for i in built for r in i.readings]
    print(
        f"{len(built)} units, {sum(len(i.unit.ids) for i in built)} pieces, {len(claims)} claims, "
        f"{sum(len(i.negatives) for i in built)} stems of nothing"
    )
    for field in ("actors", "targets", "count", "time"):
        print(f"  {field}: {sum(getattr(r, field) is None for r in claims)} out of reach", flush=True)
