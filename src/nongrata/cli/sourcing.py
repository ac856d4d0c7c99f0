"""From what a command is given to reports: a file, a folder, JSON lines, standard input."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from nongrata.model import Report
    from nongrata.reading.fetching import Fetched, FetchPolicy
    from nongrata.reading.stats import ReadingStats

T = TypeVar("T")

Source = Annotated[
    str,
    typer.Argument(
        help="A file, a folder, a web address, or - for standard input.", metavar="SOURCE", show_default=False
    ),
]
Publisher = Annotated[
    str | None, typer.Option(help="Who published it (plain text).", metavar="NAME", show_default=False)
]
Published = Annotated[
    str | None,
    typer.Option(help="Day of publication (plain text).", metavar="YYYY-MM-DD", show_default=False),
]


Private = Annotated[
    list[str] | None,
    typer.Option(
        help="Let a server in a private network be fetched from; may be repeated.",
        metavar="HOST:PORT",
        show_default=False,
    ),
]


def policy_of(private: list[str] | None) -> FetchPolicy:
    """The limits of fetches, with the private servers that the user named.

    Raises:
        typer.BadParameter: one is not written as host:port.
    """
    from nongrata.reading.addresses import Reachable
    from nongrata.reading.fetching import FetchPolicy

    for name in private or []:
        host, _, port = name.rpartition(":")
        if not host or not port.isdigit():
            raise typer.BadParameter(f"{name!r} is no server; write it as 127.0.0.1:8080", param_hint="--private")
    return FetchPolicy(reachable=Reachable(frozenset(private or [])))


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
    source: str,
    stats: ReadingStats,
    publisher: str | None = None,
    published: date | None = None,
    policy: FetchPolicy | None = None,
    fetched: Callable[[Fetched], None] | None = None,
    *,
    archives: bool = True,
) -> Iterator[Report]:
    """The reports of a source; options win over what a text says of itself, not over the fields of a JSON record."""
    from nongrata.reading.sources import open_reports

    reports = open_reports(source, stats=stats, policy=policy, fetched=fetched, archives=archives)
    return _completed(primed(reports), publisher, published)


def _completed(reports: Iterator[Report], publisher: str | None, published: date | None) -> Iterator[Report]:
    for report in reports:
        is_record = report.published_from == "given"
        if publisher and (report.publisher is None or not is_record):
            report = replace(report, publisher=publisher)
        if published and (report.published is None or not is_record):
            report = replace(report, published=published, published_from="given")
        yield report


def primed(items: Iterator[T]) -> Iterator[T]:
    """The same items, the first of them already drawn: what is wrong with a source shows before a ledger is made."""
    try:
        first = next(items)
    except StopIteration:
        return iter(())
    return chain([first], items)


def skipped_words(stats: ReadingStats) -> str:
    """What was skipped, by reason ("3 skipped: 2 malformed JSON, 1 line too long"); empty when nothing was."""
    if not stats.skipped_count:
        return ""
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in stats.reasons.most_common())
    return f"{stats.skipped_count:,} skipped: {reasons}"
