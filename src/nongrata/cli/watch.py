"""``nongrata watch``: feeds looked at again and again, their new articles read into the ledger."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.console import console_on, output_to, say
from nongrata.cli.settings import open_writer
from nongrata.cli.sourcing import Private, policy_of
from nongrata.model.wording import plural

if TYPE_CHECKING:
    from nongrata.reading.watching import FeedState

_LONGEST_SLEEP = 60.0


def watch(
    context: typer.Context,
    feeds: Annotated[
        Path, typer.Argument(help="A TOML file that names the feeds.", metavar="FEEDS", show_default=False)
    ],
    once: Annotated[bool, typer.Option("--once", help="Look at the feeds that are due, then end.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Tell how each feed does, and look at none.")] = False,
    pause: Annotated[
        float, typer.Option(help="Seconds between two requests to one host.", min=0.0, metavar="SECONDS")
    ] = 2.0,
    private: Private = None,
) -> None:
    """Watch feeds and sitemaps: read the articles behind new entries, keep the pages as they were fetched.

    Each article is in the ledger before the next is fetched. Ctrl-C ends it; the next watch goes on from there.
    """
    from nongrata.extraction.reader import default_reader
    from nongrata.ledger import LedgerMemory
    from nongrata.reading.fetching import fetch
    from nongrata.reading.manners import Manners
    from nongrata.reading.stats import ReadingStats
    from nongrata.reading.watching import Watcher, load_feeds

    listed = load_feeds(feeds)
    policy = policy_of(private)
    with open_writer(context, create=True) as ledger:
        memory = LedgerMemory(ledger)
        if status:
            _print_states(memory.feed_state(feed.url) for feed in listed)
            return
        manners = Manners(lambda url: fetch(url, policy=policy), pause=pause)
        reader = default_reader()
        while True:
            stats = ReadingStats()
            watcher = Watcher(listed, memory, policy=policy, stats=stats, manners=manners)
            run = ledger.start_run("watch", str(feeds), reader.name)
            reports = claims = 0
            for report in watcher.look():
                # On disk before the next one is asked for: only then does the watcher note this one as seen.
                added = ledger.add(run, [(report, reader.read(report))], reader.name)
                reports, claims = reports + added.readings, claims + added.claims
            ledger.finish_run(run, {"reports": reports, "claims": claims, "skipped": dict(stats.reasons)})
            ledger.refresh()
            _say_round(len(listed), reports, claims, [str(skipped) for skipped in stats.skipped])
            if once:
                return
            _sleep_until(watcher.next_due())


def _say_round(feeds: int, reports: int, claims: int, problems: list[str]) -> None:
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    say(f"{now}  {plural(feeds, 'feed')}: {plural(reports, 'new report')}, {plural(claims, 'claim')}")
    for problem in problems[:10]:
        say(f"  {problem}")
    if len(problems) > 10:
        say(f"  and {len(problems) - 10} problems more")


def _sleep_until(due: datetime) -> None:
    while (left := (due - datetime.now(UTC)).total_seconds()) > 0:
        time.sleep(min(left, _LONGEST_SLEEP))


def _print_states(states: Iterable[FeedState]) -> None:
    """One line a feed: when it is due, how often it failed, its address, its trouble."""
    with output_to(None) as stream:
        console = console_on(stream)
        for state in states:
            due = state.due.strftime("%Y-%m-%d %H:%M") if state.due else "now"
            trouble = f"  failed {state.failures} times: {state.problem}" if state.failures else ""
            console.print(f"{due:16}  {state.url}{trouble}")
