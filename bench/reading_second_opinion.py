"""Would a second opinion on short or odd main texts help? trafilatura's text in place of ours where ours is short.

    .venv/bin/python bench/reading_second_opinion.py [../shared/data/html_scrapinghub_181.jsonl.gz]

Needs trafilatura (``pip install trafilatura lxml_html_clean``). "Short" is under so many characters, or under half of
what trafilatura finds. The last row takes the better text by the gold, which no rule can beat.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import trafilatura

from reading_html import PAGES, ours, scores


def main() -> None:
    """Print a row for each rule."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    rows = []
    for page in pages:
        first = ours(page["html"])
        second = trafilatura.extract(page["html"], fast=True, include_comments=False) or ""
        rows.append((first, second, *(scores(text, page["gold_text"])[2] for text in (first, second))))
    print(f"{'rule':44} {'F1':>7}  pages changed, better, worse")
    for most in (0, 250, 500, 1000):
        for half in (False, True):
            took = [len(a) < most or (half and 2 * len(a) < len(b)) for a, b, _, _ in rows]
            f1 = sum(y if take else x for take, (_, _, x, y) in zip(took, rows, strict=True)) / len(rows)
            better = sum(take and y > x for take, (_, _, x, y) in zip(took, rows, strict=True))
            worse = sum(take and y < x for take, (_, _, x, y) in zip(took, rows, strict=True))
            rule = f"under {most} characters" + (" or half of the other's" if half else "")
            print(f"{rule:44} {f1:7.4f}  {sum(took)}, {better}, {worse}")
    print(f"{'the better by the gold':44} {sum(max(x, y) for _, _, x, y in rows) / len(rows):7.4f}")


if __name__ == "__main__":
    main()
