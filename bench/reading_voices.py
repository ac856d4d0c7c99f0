"""What who-says-so costs: the whole reader against the same reader that reads no attributions, in turn.

    python bench/reading_voices.py [--reports 120] [--rounds 5]

The reports are the written corpus of ``training/reports`` (states filled at random, a quarter holds no claim). Printed
are the processor seconds of each part, the ratio (the goal is at most 2), and how much of the text was parsed at all:
attributions are read in the paragraphs that hold a claim, and the two before each.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.reports.corpus import reports

from nongrata.extraction.attribution import attributions_of, needed
from nongrata.extraction.reader import TrainedReader, default_reader
from nongrata.extraction.speech import Attribution
from nongrata.language.quotations import paragraphs
from nongrata.model import Claim, Report, Span
from nongrata.reading.plain import parse_text


def written(count: int) -> list[Report]:
    """A random draw of the corpus as reports."""
    some = list(reports(random.Random(5)))
    drawn = random.Random(6).sample(some, min(count, len(some)))
    return [
        parse_text(r.text, id=r.id, title=r.title, publisher=r.publisher, published=date.fromisoformat(r.published))
        for r in drawn
    ]


def nothing(texts: Sequence[tuple[str, Sequence[Span]]]) -> list[list[Attribution]]:
    """The reader that knows no voices."""
    return [[] for _ in texts]


def seconds(reader: TrainedReader, some: list[Report], *, voices: bool) -> float:
    """Processor seconds of a reading."""
    with patch("nongrata.extraction.reader.attributions_of", attributions_of if voices else nothing):
        begun = time.process_time()
        for _ in reader.read_many(some):
            pass
        return time.process_time() - begun


def parsed_share(reader: TrainedReader, some: list[Report]) -> float:
    """The share of all characters that stand in paragraphs which the parser sees."""
    whole = sum(len(r.text) for r in some)
    return sum(_parsed(report, claims) for report, claims in reader.read_many(some)) / whole


def _parsed(report: Report, claims: list[Claim]) -> int:
    places = [claim.spans["trigger"] for claim in claims]
    return sum(map(len, needed(list(paragraphs(report.text, Span(0, len(report.text)))), places)))


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    reader, some = default_reader(), written(args.reports)
    seconds(reader, some[:8], voices=True)
    pairs = [(seconds(reader, some, voices=False), seconds(reader, some, voices=True)) for _ in range(args.rounds)]
    bare, whole = (median(times) for times in zip(*pairs, strict=True))
    characters = sum(len(r.text) for r in some)
    print(f"{len(some)} reports, {characters} characters, {args.rounds} rounds in turn, medians")
    print(f"without voices  {bare:6.2f} s   {bare / len(some) * 1000:6.1f} ms a report")
    print(f"whole reader    {whole:6.2f} s   {whole / len(some) * 1000:6.1f} ms a report")
    print(f"ratio           {median(b / a for a, b in pairs):6.2f}  (at most 2)")
    print(f"parsed          {parsed_share(reader, some):6.1%} of the text")


if __name__ == "__main__":
    main()
