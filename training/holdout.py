"""Train on some sets, measure on others: the quick look while developing.

python -m training.holdout --epochs 8 --save training/work/holdout.pt
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time

import torch

from nongrata.extraction.renaming import STAND_INS
from training import base_weights, data
from training.fit import Settings, train
from training.items import items
from training.network import Network


def versions(labelled, tokenizer, count, rng):
    """``count`` renderings of all items under different stand-ins."""
    found = []
    for _ in range(count):
        version = []
        for one in labelled:
            order = list(range(len(STAND_INS)))
            rng.shuffle(order)
            version += [i for i in items(one, tokenizer, order) if i.readings or i.negatives or one.source == 'corpus']
        found.append(version)
    return found


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--versions", type=int, default=3)
    parser.add_argument("--save", default="training/work/holdout.pt")
    parser.add_argument("--without", default="")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    rng = random.Random(0)
    tokenizer = base_weights.tokenizer()
    labelled = []
    if "train" not in args.without:
        labelled += data.evaluation_set("train")
    if "pool" not in args.without:
        labelled += data.pool()
    if "corpus" not in args.without:
        labelled += data.corpus(rng)
    started = time.time()
    built = versions(labelled, tokenizer, args.versions, rng)
    n = built[0]
    print(f"{len(labelled)} reports, {len(n)} units, {sum(len(i.readings) for i in n)} triggers, "
          f"{sum(len(i.negatives) for i in n)} negatives, {sum(len(i.unit.ids) for i in n)} pieces, {time.time() - started:.0f} s")
    miss = sum(r.actors is None for i in n for r in i.readings), sum(r.targets is None for i in n for r in i.readings)
    print("parties out of reach (actor, target):", miss, "count", sum(r.count is None for i in n for r in i.readings), "time", sum(r.time is None for i in n for r in i.readings))
    network = train(Network(base_weights.state()), built, Settings(epochs=args.epochs))
    torch.save(network.state_dict(), args.save)


if __name__ == "__main__":
    main()
