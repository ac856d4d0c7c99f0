"""From what a command is given to reports: a file, a folder, JSON lines, standard input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from nongrata.model import Report
    from nongrata.reading.stats import ReadingStats

Source = Annotated[
    str, typer.Argument(help="A file, a folder, or - for standard input.", metavar="SOURCE", show_default=False)
]
Publisher = Annotated[
    str | None, typer.Option(help="Who published it (plain text).", metavar="NAME", show_default=False)
]
Published = Annotated[
    str | None,
    typer.Option(help="Day of publication (plain text).", metavar="YYYY-MM-DD", show_default=False),
]


def day_of(text: str | None, option: str) -> date | None:
    """An option's day.

    Raises:
        typer.BadParameter: it is no ISO date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2024-03-05", param_hint=option) from error


def reports_from(
    source: str, stats: ReadingStats, publisher: str | None = None, published: date | None = None
) -> Iterator[Report]:
    """The reports of a source; options win over what a text says of itself, not over the fields of a JSON record."""
    from nongrata.reading.sources import open_reports

    for report in open_reports(source, stats=stats):
        is_record = report.published_from == "given"
        if publisher and (report.publisher is None or not is_record):
            report = replace(report, publisher=publisher)
        if published and (report.published is None or not is_record):
            report = replace(report, published=published, published_from="given")
        yield report


def skipped_words(stats: ReadingStats) -> str:
    """What was skipped, by reason ("3 skipped: 2 malformed JSON, 1 line too long"); empty when nothing was."""
    if not stats.skipped_count:
        return ""
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in stats.reasons.most_common())
    return f"{stats.skipped_count:,} skipped: {reasons}"
