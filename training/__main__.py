"""``make train``: from the labelled data to the shipped weights, in one command.

    python -m training                      train on everything but dev and articles, export into the package
    python -m training --sets train,corpus  train on some sets only
    python -m training --start shipped      go on from the shipped weights

Needs the extra ``train``, ``requirements/model.txt``, ``../shared`` and 18 GB of memory. Two CPU cores
suffice: with AVX-512 an epoch takes about half an hour.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from nongrata.extraction.onnx_model import weights_folder
from training import calibrate, evidence
from training.export import export, rounded
from training.fit import Settings
from training.runs import trained

WORK = Path(__file__).resolve().parent / "work"


def main() -> None:
    """Train, save, export; then weigh the structural evidence and calibrate on dev and articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default="train,pool,corpus", help="of train, dev, articles, pool, corpus")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--rate", type=float, default=Settings.rate)
    parser.add_argument("--head-rate", type=float, default=Settings.head_rate)
    parser.add_argument("--start", choices=("base", "shipped"), default="base", help="go on from the shipped weights")
    parser.add_argument("--save", type=Path, default=WORK / "network.pt", help="the checkpoint to write")
    parser.add_argument("--load", type=Path, help="export and calibrate this checkpoint, train nothing")
    parser.add_argument("--no-export", action="store_true", help="leave the shipped weights alone")
    args = parser.parse_args()
    if not args.load:
        settings = Settings(epochs=args.epochs, seed=args.seed, rate=args.rate, head_rate=args.head_rate)
        trained(args.sets.split(","), settings, args.save, args.start == "shipped")
    if not args.no_export:
        export(rounded(args.load or args.save), weights_folder())
        evidence.main()
        calibrate.main()


if __name__ == "__main__":
    main()
