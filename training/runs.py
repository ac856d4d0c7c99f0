"""One network, from the labelled sets to a checkpoint: apart, since other processes cannot run ``__main__``."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from nongrata.extraction.renaming import STAND_INS
from training import base_weights, data
from training.fit import Settings, train
from training.items import Item, items
from training.network import Network


def renderings(labelled: Sequence[data.Labelled], count: int, rng: random.Random) -> list[list[Item]]:
    """All items ``count`` times over, each time under other stand-ins; units without any candidate are left out."""
    tokenizer = base_weights.tokenizer()
    found: list[list[Item]] = []
    for _ in range(count):
        found.append([])
        for one in labelled:
            order = list(range(len(STAND_INS)))
            rng.shuffle(order)
            some = items(one, tokenizer, order)
            found[-1] += [i for i in some if i.readings or i.negatives]
    return found


def labelled_sets(names: Sequence[str], rng: random.Random) -> list[data.Labelled]:
    """The labelled reports of some sets: train, dev, articles, pool, corpus."""
    found: list[data.Labelled] = []
    for name in names:
        if name == "pool":
            found += data.pool()
        elif name == "corpus":
            found += data.corpus(rng)
        else:
            found += data.evaluation_set(name)
    return found


def trained(sets: Sequence[str], renderings_of_each: int, settings: Settings, path: Path) -> None:
    """Train one network on one core and save it."""
    torch.set_num_threads(1)
    rng = random.Random(settings.seed)
    started = time.time()
    built = renderings(labelled_sets(sets, rng), renderings_of_each, rng)
    describe(built[0], time.time() - started)
    network = train(Network(base_weights.state()), built, settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), path)


def describe(built: Sequence[Item], seconds: float) -> None:
    """What there is to learn from, and how much of it no candidate can express."""
    claims = [r for i in built for r in i.readings]
    print(f"{len(built)} units, {sum(len(i.unit.ids) for i in built)} pieces, {len(claims)} claims, "
          f"{sum(len(i.negatives) for i in built)} stems of nothing; "
          f"{seconds:.0f} s")  # fmt: skip
    for field in ("actors", "targets", "count", "time"):
        print(f"  {field}: {sum(getattr(r, field) is None for r in claims)} out of reach")
