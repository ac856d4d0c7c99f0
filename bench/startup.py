"""How long the program takes to say what it can do, against a bare Python that does nothing.

    python bench/startup.py [--runs 20]

Both run in turn in the same minute; printed are the medians, their ratio, and where the time goes. The goal is 0.3 s.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from statistics import median

PROGRAMS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import typer, rich": [sys.executable, "-c", "import typer, typer.rich_utils"],
    "nongrata --version": [sys.executable, "-m", "nongrata", "--version"],
    "nongrata --help": [sys.executable, "-m", "nongrata", "--help"],
}


def seconds(words: list[str]) -> float:
    """Wall time of a run."""
    begun = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - begun


def imports() -> list[tuple[int, str]]:
    """The packages that are imported for the help, by microseconds of their own modules."""
    words = [sys.executable, "-X", "importtime", "-m", "nongrata", "--help"]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stderr
    spent: dict[str, int] = {}
    for own, name in re.findall(r"import time: +(\d+) \| +\d+ \| +([\w.]+)$", told, re.MULTILINE):
        spent[name.split(".")[0]] = spent.get(name.split(".")[0], 0) + int(own)
    return sorted(((own, name) for name, own in spent.items()), reverse=True)


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    spent: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(runs):
        for name, words in PROGRAMS.items():
            spent[name].append(seconds(words))
    bare = median(spent["python -c pass"])
    for name, times in spent.items():
        print(f"{name:20} median {median(times):.3f} s, least {min(times):.3f} s, {median(times) / bare:5.1f} x bare")
    print("imports for the help, by package (ms, own modules, slower under -X importtime):")
    for own, name in imports()[:8]:
        print(f"  {name:20} {own / 1000:6.1f}")


if __name__ == "__main__":
    main()
