"""``nongrata watch``: feeds looked at again and again, their new articles read into the ledger."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.console import console_on, output_to, say
from nongrata.cli.settings import open_writer
from nongrata.cli.sourcing import Private, policy_of
from nongrata.model.errors import LedgerError
from nongrata.model.wording import plural

if TYPE_CHECKING:
    from nongrata.extraction.interface import Reader
    from nongrata.ledger import Ledger
    from nongrata.ledger.store import Added
    from nongrata.reading.stats import ReadingStats
    from nongrata.reading.watching import FeedState, Watcher

_LONGEST_SLEEP = 60.0
_LONGEST_SILENCE = 3600.0
_SHOWN = 10
_PATIENCE = 5
"""Rounds in a row that may fail at the ledger.

Each is waited for a minute longer than the one before it."""
_GATHERED = timedelta(seconds=15)
"""Feeds that fall due within so little time are looked at in one round."""


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

    An article is noted as seen when it is in the ledger. Ctrl-C ends it; the next watch goes on from there.
    """
    from nongrata.extraction.reader import default_reader
    from nongrata.ledger import LedgerMemory
    from nongrata.reading.fetching import fetch
    from nongrata.reading.manners import Manners
    from nongrata.reading.watching import Watcher, load_feeds

    listed = load_feeds(feeds)
    policy = policy_of(private)
    with open_writer(context, create=True) as ledger:
        memory = LedgerMemory(ledger)
        if status:
            _print_states(memory.feed_state(feed.url) for feed in listed)
            return
        manners = Manners(lambda url: fetch(url, policy=policy), pause=pause)
        watcher = Watcher(listed, memory, policy=policy, manners=manners)
        watch = _Watch(watcher, ledger, default_reader(), str(feeds))
        watch.once() if once else watch.on_and_on()


@dataclass(slots=True)
class _Watch:
    """Rounds over the feeds, each told in a line where it found anything."""

    watcher: Watcher
    ledger: Ledger
    reader: Reader
    source: str
    told: float = float("-inf")
    failed: int = 0

    def once(self) -> None:
        """One round."""
        from nongrata.reading.stats import ReadingStats

        stats = ReadingStats()
        self._tell(self._look(stats), stats)

    def on_and_on(self) -> None:
        """Round after round, until interrupted; a ledger that others keep busy is tried again.

        Raises:
            LedgerError: it could not be written so many times in a row that waiting is no help.
        """
        from nongrata.reading.stats import ReadingStats

        while True:
            stats = ReadingStats()
            try:
                added = self._look(stats)
                self.failed = 0
            except LedgerError as error:
                self.failed += 1
                if self.failed >= _PATIENCE:
                    raise
                say(f"{_now()}  {error}; the articles of this round are tried again")
                _sleep_until(datetime.now(UTC) + timedelta(minutes=self.failed))
                continue
            if added.readings or stats.skipped or time.monotonic() - self.told > _LONGEST_SILENCE:
                self._tell(added, stats)
            _sleep_until(max(self.watcher.next_due(), datetime.now(UTC) + _GATHERED))

    def _look(self, stats: ReadingStats) -> Added:
        """One round; what it added. A round that finds nothing leaves no trace in the ledger's log."""
        from nongrata.ledger.store import Added

        added, run = Added(), None
        for report in self.watcher.look(stats):
            run = run if run is not None else self.ledger.start_run("watch", self.source, self.reader.name)
            # On disk before the next one is taken: only then does the watcher note this one as seen.
            added += self.ledger.add(run, [(report, self.reader.read(report))], self.reader.name)
        if run is not None:
            counts = {"reports": added.readings, "claims": added.claims, "skipped": dict(stats.reasons)}
            self.ledger.finish_run(run, counts)
            self.ledger.refresh()
        return added

    def _tell(self, added: Added, stats: ReadingStats) -> None:
        feeds = f"{self.watcher.looked:,} of {plural(len(self.watcher.feeds), 'feed')}"
        say(f"{_now()}  {feeds}: {plural(added.readings, 'new report')}, {plural(added.claims, 'claim')}")
        for skipped in stats.skipped[:_SHOWN]:
            say(f"  {skipped}")
        if stats.skipped_count > _SHOWN:
            say(f"  and {plural(stats.skipped_count - _SHOWN, 'problem')} more")
        self.told = time.monotonic()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M")


def _sleep_until(due: datetime) -> None:
    while (left := (due - datetime.now(UTC)).total_seconds()) > 0:
        time.sleep(min(left, _LONGEST_SLEEP))


def _print_states(states: Iterable[FeedState]) -> None:
    """One line a feed: when it is due, how often it failed, its address, its trouble."""
    with output_to(None) as stream:
        console = console_on(stream)
        for state in states:
            due = state.due.strftime("%Y-%m-%d %H:%M") if state.due else "now"
            failed = f"failed {plural(state.failures, 'time')}: " if state.failures else ""
            trouble = f"  {failed}{state.problem}" if state.problem else ""
            console.print(f"{due:16}  {state.url}{trouble}")
