"""``nongrata read``: reports to claims, on screen or as JSON lines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from nongrata.cli.console import ClaimFormat, console_on, output_to, say, write_jsonl
from nongrata.cli.sourcing import (
    Private,
    Published,
    Publisher,
    Source,
    day_of,
    policy_of,
    reports_from,
    skipped_words,
)
from nongrata.model.wording import plural, rate_words

if TYPE_CHECKING:
    from nongrata.extraction.explaining import Explanation
    from nongrata.model import Claim, Report


def read(
    source: Source,
    format: Annotated[ClaimFormat, typer.Option(help="A view for people, or JSON lines.")] = ClaimFormat.TABLE,
    publisher: Publisher = None,
    published: Published = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file.", metavar="FILE", show_default=False)] = None,
    limit: Annotated[
        int | None, typer.Option(help="Stop after so many reports.", min=1, metavar="N", show_default=False)
    ] = None,
    private: Private = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why: what was weighed and what was refused.")] = False,
) -> None:
    """Read reports and print the claims they make."""
    from nongrata.extraction.reader import default_reader
    from nongrata.reading.stats import ReadingStats

    stats = ReadingStats()
    reports = islice(
        reports_from(source, stats, publisher, day_of(published, "--published"), policy_of(private)), limit
    )
    reader = default_reader()
    begun = time.monotonic()
    undated = _Undated()
    readings = reader.read_many(undated.among(reports))
    with output_to(output) as stream:
        if format is ClaimFormat.JSONL:
            write_jsonl(stream, (claims_object(report, claims) for report, claims in readings))
        else:
            _print_readings(stream, readings, reader.explain if explain else None)
    if stats.reports > 1:
        say(f"nongrata: {rate_words(stats.reports, time.monotonic() - begun)}")
    if undated.count:
        have = "has" if undated.count == 1 else "have"
        say(
            f'nongrata: {plural(undated.count, "report")} {have} no day of publication: what "on Monday" means there '
            "is unknown; give --published YYYY-MM-DD"
        )
    if stats.skipped_count:
        say(f"nongrata: {skipped_words(stats)}")
        for skipped in stats.skipped[:5]:
            say(f"  {skipped}")


@dataclass(slots=True)
class _Undated:
    """Counts the reports without a day of publication as they pass."""

    count: int = 0

    def among(self, reports: Iterable[Report]) -> Iterator[Report]:
        """The same reports."""
        for report in reports:
            self.count += report.published is None
            yield report


def claims_object(report: Report, claims: Iterable[Claim]) -> dict[str, Any]:
    """One line of the claims format (design, section 4)."""
    return {
        "id": report.id,
        "published": report.published.isoformat() if report.published else None,
        "publisher": report.publisher,
        "claims": [claim.to_dict() for claim in claims],
    }


def _print_readings(
    stream: TextIO,
    readings: Iterable[tuple[Report, list[Claim]]],
    explain: Callable[[Report], list[Explanation]] | None = None,
) -> None:
    from nongrata.cli.claimview import print_explanations, print_reading

    console = console_on(stream)
    reports = claims = silent = 0
    for report, found in readings:
        reports += 1
        claims += len(found)
        silent += not found
        print_reading(console, report, found)
        if explain is not None:
            print_explanations(console, report, explain(report))
    without = f", {silent:,} without any" if silent and reports > 1 else ""
    console.print(f"{plural(claims, 'claim')} in {plural(reports, 'report')}{without}")
