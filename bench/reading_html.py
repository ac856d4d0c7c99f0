"""Main text and day of publication of 181 real pages: nongrata beside trafilatura and resiliparse, in one run.

    .venv/bin/python bench/reading_html.py [../shared/data/html_scrapinghub_181.jsonl.gz]

trafilatura is measured when it is installed (``pip install trafilatura lxml_html_clean``). The words of a page's gold
text and of a tool's text are compared as multisets; the figures are means over the pages. The days are held against
``reading_dates.tsv``.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from nongrata.model import BlockRole, InputError, Report
from nongrata.reading.html import html_report
from nongrata.reading.plain import Given
from nongrata.reading.roles import title_key

PAGES = Path(__file__).parents[2] / "shared" / "data" / "html_scrapinghub_181.jsonl.gz"
DAYS = Path(__file__).with_name("reading_dates.tsv")
WORD = re.compile(r"\w+")
STORY = (BlockRole.LEDE, BlockRole.BODY, BlockRole.QUOTE, BlockRole.BACKGROUND, BlockRole.DATELINE, BlockRole.TITLE)


def main_text(report: Report) -> str:
    """What the gold texts hold: the story with its subheadings and agency datelines, without headline and byline."""
    parts = []
    for block in report.blocks_of(*STORY):
        text = block.span.of(report.text)
        byline = block.role is BlockRole.DATELINE and report.text[block.span.end : block.span.end + 2] in ("\n\n", "")
        headline = block.role is BlockRole.TITLE and title_key(text) == title_key(report.title or "")
        if not byline and not headline:
            parts.append(text)
    return "\n".join(parts)


def ours(html: str) -> str:
    """The main text that nongrata reads; empty where it finds none."""
    try:
        return main_text(html_report(html))
    except InputError:
        return ""


def tools() -> dict[str, Callable[[str], str]]:
    """Each tool's way from a page to its main text."""
    from resiliparse.extract.html2text import extract_plain_text

    found: dict[str, Callable[[str], str]] = {
        "nongrata": ours,
        "resiliparse, its default": lambda html: extract_plain_text(html),
        "resiliparse, main content": lambda html: extract_plain_text(html, main_content=True),
        "resiliparse, no comments or alt texts": lambda html: extract_plain_text(
            html, main_content=True, comments=False, alt_texts=False, preserve_formatting=False
        ),
    }
    try:
        import trafilatura
    except ImportError:
        print("trafilatura is not installed and not measured")
        return found
    found["trafilatura, its default"] = lambda html: trafilatura.extract(html) or ""
    found["trafilatura, fast, no comments"] = lambda html: (
        trafilatura.extract(html, fast=True, include_comments=False) or ""
    )
    return found


def scores(text: str, gold: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words."""
    have, want = Counter(WORD.findall(text)), Counter(WORD.findall(gold))
    common = (have & want).total()
    precision, recall = common / max(1, have.total()), common / max(1, want.total())
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def print_days(pages: list[dict[str, str]]) -> None:
    """Print how many days of publication are right, and each that is not."""
    lines = DAYS.read_text(encoding="utf-8").splitlines()
    gold = dict(line.split("\t") for line in lines if not line.startswith("#"))
    right = 0
    for page in pages:
        if page["id"] in gold:
            report = html_report(page["html"], Given(url=page["url"]))
            right += str(report.published) == gold[page["id"]]
            if str(report.published) != gold[page["id"]]:
                print(f"  {page['id']}: {report.published} ({report.published_from}), shown: {gold[page['id']]}")
    print(f"day of publication: {right} of {len(gold)} right")


def main() -> None:
    """Print a row a tool."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    print(f"{'tool':40} {'P':>6} {'R':>6} {'F1':>6} {'pages/s':>8}   ({len(pages)} pages)")
    for name, extract in tools().items():
        start = time.perf_counter()
        rows = [scores(extract(page["html"]), page["gold_text"]) for page in pages]
        rate = len(pages) / (time.perf_counter() - start)
        precision, recall, f1 = (sum(column) / len(rows) for column in zip(*rows, strict=True))
        print(f"{name:40} {precision:6.4f} {recall:6.4f} {f1:6.4f} {rate:8.0f}")
    print_days(pages)


if __name__ == "__main__":
    main()
