"""``make train``: from the labelled data to the shipped weights, in one command.

    python -m training                      train on everything but dev and articles, export into the package
    python -m training --sets train,corpus  train on some sets only

Needs the extra ``train`` and ``../shared``. Two CPU cores suffice (under two hours); bfloat16 is used where the
processor has it.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch

from nongrata.extraction.onnx_model import weights_folder
from nongrata.extraction.renaming import STAND_INS
from training import base_weights, calibrate, data, evidence
from training.export import export
from training.fit import Settings, train
from training.items import Item, items
from training.network import Network
from training.shipped import load_shipped

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


def main() -> None:
    """Train, save, export; then weigh the structural evidence and calibrate on dev and articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default="train,pool,corpus", help="of train, dev, articles, pool, corpus")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--renderings", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", type=float, default=Settings.rate)
    parser.add_argument("--head-rate", type=float, default=Settings.head_rate)
    parser.add_argument("--on", action="store_true", help="go on from the shipped weights, shared layers as they are")
    parser.add_argument("--save", type=Path, default=WORK / "network.pt")
    parser.add_argument("--load", type=Path, help="export and calibrate this checkpoint instead of training")
    parser.add_argument("--no-export", action="store_true", help="leave the shipped weights alone")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    started = time.time()
    network = Network(base_weights.state())
    if args.on:
        load_shipped(network, weights_folder()).freeze_lower()
    if args.load:
        network.load_state_dict(torch.load(args.load))
    else:
        built = renderings(labelled_sets(args.sets.split(","), rng), args.renderings, rng)
        describe(built[0], time.time() - started)
        train(network, built, Settings(epochs=args.epochs, seed=args.seed, rate=args.rate, head_rate=args.head_rate))
        args.save.parent.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), args.save)
    if not args.no_export:
        export(network, weights_folder())
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
