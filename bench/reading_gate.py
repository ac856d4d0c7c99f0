"""The gate over pages: rate, and that it loses no page whose main text holds a line that passes the language gate.

.venv/bin/python bench/reading_gate.py [../shared/data/html_scrapinghub_181.jsonl.gz]
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path

from nongrata.language.gate import Gate
from nongrata.reading.html import html_report
from nongrata.reading.pagegate import page_gate

PAGES = Path(__file__).parents[2] / "shared" / "data" / "html_scrapinghub_181.jsonl.gz"


def main() -> None:
    """Print the rates of the gate and of full reading, and how many pages each lets through."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line)["html"].encode() for line in lines]
    outer, inner = page_gate(), Gate()
    outer.page_may_hold(pages[0])
    start = time.process_time()
    passed = [outer.page_may_hold(page) for page in pages]
    gated = time.process_time() - start
    start = time.process_time()
    reports = [html_report(page) for page in pages]
    read = time.process_time() - start
    relevant = [
        any(inner.passes(block.span.of(report.text)) for block in report.blocks if block.readable) for report in reports
    ]
    size = sum(map(len, pages)) / 1e6
    lost = sum(wanted and not let for wanted, let in zip(relevant, passed, strict=True))
    print(
        f"gate: {len(pages) / gated:.0f} pages, {size / gated:.0f} MB a CPU-second; {sum(passed)} of {len(pages)} pass"
    )
    print(f"full reading: {len(pages) / read:.0f} pages a CPU-second")
    print(f"{sum(relevant)} pages hold a block that passes; {lost} of them lost")


if __name__ == "__main__":
    main()
