"""``make train``: from the labelled data to the shipped weights, in one command.

    python -m training                      train on everything but dev and articles, export into the package
    python -m training --sets train,corpus  train on some sets only

Networks that differ by their seed are trained side by side, one a processor core, and read as one. Needs the extra
``train``, ``../shared`` and 24 GB of memory for two. Two CPU cores suffice (an hour where they multiply bfloat16).
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from nongrata.extraction.onnx_model import weights_folder
from nongrata.extraction.renaming import STAND_INS
from training import base_weights, calibrate, data, evidence
from training.export import export, load
from training.fit import Settings, train
from training.items import Item, items
from training.network import Network

WORK = Path(__file__).resolve().parent / "work"


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


def main() -> None:
    """Train, save, export; then weigh the structural evidence and calibrate on dev and articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default="train,pool,corpus", help="of train, dev, articles, pool, corpus")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--renderings", type=int, default=3)
    parser.add_argument("--seeds", default="0,1", help="one network a seed, trained side by side")
    parser.add_argument("--rate", type=float, default=Settings.rate)
    parser.add_argument("--head-rate", type=float, default=Settings.head_rate)
    parser.add_argument("--save", type=Path, default=WORK, help="the folder of checkpoints")
    parser.add_argument("--load", type=Path, nargs="+", help="export and calibrate these checkpoints, train nothing")
    parser.add_argument("--no-export", action="store_true", help="leave the shipped weights alone")
    args = parser.parse_args()
    paths = args.load
    if not paths:
        seeds = [int(seed) for seed in args.seeds.split(",")]
        paths = [args.save / f"network-{seed}.pt" for seed in seeds]
        jobs = [
            (
                args.sets.split(","),
                args.renderings,
                Settings(epochs=args.epochs, seed=seed, rate=args.rate, head_rate=args.head_rate),
                path,
            )
            for seed, path in zip(seeds, paths, strict=True)
        ]
        with multiprocessing.get_context("spawn").Pool(len(jobs)) as pool:
            pool.starmap(trained, jobs)
    if not args.no_export:
        export([load(path) for path in paths], weights_folder())
        evidence.main()
        calibrate.main()


def describe(built: Sequence[Item], seconds: float) -> None:
    """What there is to learn from, and how much of it no candidate can express."""
    claims = [r for i in built for r in i.readings]
    print(f"{len(built)} units, {sum(len(i.unit.ids) for i in built)} pieces, {len(claims)} claims, "
          f"{sum(len(i.negatives) for i in built)} stems of nothing; "
          f"{seconds:.0f} s")  # fmt: skip
    for field in ("actors", "targets", "count", "time"):
        print(f"  {field}: {sum(getattr(r, field) is None for r in claims)} out of reach")


if __name__ == "__main__":
    main()
