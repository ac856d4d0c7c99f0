"""``nongrata voices``: who says what in some reports, as JSON lines."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from nongrata.cli.console import output_to, say, write_jsonl
from nongrata.cli.sourcing import Published, Publisher, Source, day_of, reports_from, skipped_words


class VoiceFormat(StrEnum):
    """How attributions are written."""

    JSONL = "jsonl"


def voices(
    source: Source,
    format: Annotated[VoiceFormat, typer.Option(help="JSON lines.")] = VoiceFormat.JSONL,
    publisher: Publisher = None,
    published: Published = None,
    output: Annotated[Path | None, typer.Option(help="Write to this file.", metavar="FILE", show_default=False)] = None,
) -> None:
    """Print who says what: source, cue and content of each attribution, as character spans of the report's text."""
    from nongrata.extraction.reader import default_reader
    from nongrata.reading.stats import ReadingStats

    stats = ReadingStats()
    reader = default_reader()
    with output_to(output) as stream:
        write_jsonl(
            stream,
            (
                {"id": report.id, "attributions": [a.to_dict() for a in reader.attributions(report)]}
                for report in reports_from(source, stats, publisher, day_of(published, "--published"))
            ),
        )
    if stats.skipped_count:
        say(f"nongrata: {skipped_words(stats)}")
