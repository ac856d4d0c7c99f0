"""``nongrata voices``: who says what in some reports, on screen or as JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from nongrata.cli.console import ClaimFormat, console_on, output_to, say, write_jsonl
from nongrata.cli.sourcing import Published, Publisher, Source, day_of, reports_from, skipped_words
from nongrata.model.wording import plural

if TYPE_CHECKING:
    from nongrata.extraction.speech import Attribution
    from nongrata.model import Report, Span


def voices(
    source: Source,
    format: Annotated[ClaimFormat, typer.Option(help="A view for people, or JSON lines.")] = ClaimFormat.TABLE,
    nested: Annotated[
        bool, typer.Option("--nested", help="Also what somebody is told to say within another's words.")
    ] = False,
    publisher: Publisher = None,
    published: Published = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file.", metavar="FILE", show_default=False)] = None,
) -> None:
    """Read reports and print who says what: source, cue and content of each attribution."""
    from nongrata.reading.stats import ReadingStats

    stats = ReadingStats()
    readings = _read(reports_from(source, stats, publisher, day_of(published, "--published")), nested)
    with output_to(output) as stream:
        if format is ClaimFormat.JSONL:
            write_jsonl(stream, ({"id": r.id, "attributions": [a.to_dict() for a in found]} for r, found in readings))
        else:
            _print(stream, readings)
    if stats.skipped_count:
        say(f"nongrata: {skipped_words(stats)}")


def _read(reports: Iterable[Report], nested: bool) -> Iterator[tuple[Report, list[Attribution]]]:
    from nongrata.extraction.attribution import outermost, read_attributions

    for report in reports:
        found = read_attributions(report.text)
        yield report, found if nested else outermost(found)


def _print(stream: TextIO, readings: Iterable[tuple[Report, list[Attribution]]]) -> None:
    from rich.text import Text

    console = console_on(stream)
    reports = count = 0
    for report, found in readings:
        reports += 1
        count += len(found)
        console.print(Text(report.title or report.id, style="bold"))
        for one in found:
            source, cue, content = (_words(spans, report.text) for spans in (one.source, one.cue, one.content))
            console.print(Text.assemble("  ", (source or "(nobody named)", "cyan"), " ", (cue, "dim"), f" {content}"))
        console.print()
    console.print(f"{plural(count, 'attribution')} in {plural(reports, 'report')}")


def _words(spans: Iterable[Span], text: str) -> str:
    """Some stretches of a text in a line."""
    return " … ".join(" ".join(span.of(text).split()) for span in spans)
