"""``make train``: from the labelled data to the shipped weights, in one command.

    python -m training                      train on everything but dev and articles, export into the package
    python -m training --sets train,corpus  train on some sets only

Networks that differ by their seed are trained side by side, one a processor core, and read as one. Needs the extra
``train``, ``../shared`` and 24 GB of memory for two. Two CPU cores suffice (an hour where they multiply bfloat16).
"""

from __future__ import annotations

import argparse
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from nongrata.extraction.onnx_model import weights_folder
from training import calibrate, evidence
from training.export import export, load
from training.fit import Settings
from training.runs import trained

WORK = Path(__file__).resolve().parent / "work"


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
        with ProcessPoolExecutor(len(jobs), multiprocessing.get_context("spawn")) as pool:
            for done in [pool.submit(trained, *job) for job in jobs]:
                done.result()
    if not args.no_export:
        export([load(path) for path in paths], weights_folder())
        evidence.main()
        calibrate.main()


if __name__ == "__main__":
    main()
