"""Watching feeds: which are due, what is new in them, and the articles behind their entries as reports.

One bad feed never stops the rest; what was seen is noted only after the consumer came back for more, so that nothing is
lost when the process is killed in between.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any, Protocol

from nongrata.model import InputError, Report
from nongrata.reading.fetching import Fetched, FetchPolicy, fetch
from nongrata.reading.html import html_report
from nongrata.reading.manners import Manners
from nongrata.reading.plain import Given
from nongrata.reading.stats import ReadingStats
from nongrata.reading.visiting import Met, Opened, Visits

_LONGEST_BACK_OFF = timedelta(days=1)
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed to watch; ``publisher`` wins over what its pages say, ``minutes`` lie between two looks."""

    url: str
    publisher: str | None = None
    lang: str | None = None
    minutes: float = 15.0


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed between two looks."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    due: datetime | None = None
    failures: int = 0
    problem: str | None = None


class WatchMemory(Protocol):
    """Where a watcher remembers; a ledger offers it."""

    def feed_state(self, url: str) -> FeedState:
        """The state of a feed; a fresh one for a feed never looked at."""

    def keep_feed_state(self, state: FeedState) -> None:
        """Remember a state."""

    def is_seen(self, url: str) -> bool:
        """True when the article was handed out before; asked from several threads."""

    def mark_seen(self, url: str) -> None:
        """Remember that the article was handed out."""

    def archive(self, answer: Fetched) -> None:
        """Keep the raw bytes of an article under their SHA-256."""


def load_feeds(path: Path) -> list[FeedSpec]:
    """The feeds of a ``feeds.toml``: ``[[feed]]`` tables with ``url`` and perhaps ``publisher``, ``lang``, ``minutes``.

    Raises:
        InputError: missing, malformed, or without feeds.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        feeds = [FeedSpec(**_checked(entry)) for entry in table.get("feed", [])]
    except FileNotFoundError as error:
        raise InputError(f"{path} does not exist; write one [[feed]] table with a url for each feed") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError) as error:
        raise InputError(f"{path} is malformed ({error}); write one [[feed]] table with a url for each feed") from error
    if not feeds:
        raise InputError(f"{path} names no feed; write one [[feed]] table with a url for each feed")
    return feeds


def _checked(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    if not isinstance(entry.get("url"), str) or not isinstance(entry.get("minutes", 15), int | float):
        raise ValueError("a feed needs a url, and minutes is a number")
    return entry


class Watcher:
    """Looks at feeds that are due and reads the new articles behind them.

    One watcher serves for all rounds of a watch: it counts how often an article failed. ``looked`` tells how many feeds
    the last round looked at.

    Args:
        feeds: what to watch.
        memory: where to remember.
        policy: limits of each fetch.
        stats: counts reports, and what failed and why.
        clock: the present moment, for tests.
        manners: pace and robots.txt; default two seconds between requests to one host.
    """

    def __init__(
        self,
        feeds: Sequence[FeedSpec],
        memory: WatchMemory,
        *,
        policy: FetchPolicy | None = None,
        stats: ReadingStats | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        manners: Manners | None = None,
    ) -> None:
        self.feeds = feeds
        self.memory = memory
        self.policy = policy or FetchPolicy()
        self.stats = stats if stats is not None else ReadingStats()
        self.looked = 0
        self._clock = clock
        self._manners = manners or Manners(self._get)
        self._attempts: dict[str, int] = {}

    def next_due(self) -> datetime:
        """When the first feed is due again."""
        now = self._clock()
        return min((self.memory.feed_state(feed.url).due or now for feed in self.feeds), default=now)

    def look(self, stats: ReadingStats | None = None) -> Iterator[Report]:
        """One round over the feeds that are due: the reports of their new articles, in the order of the feeds.

        Servers are asked ahead and side by side, so that a silent one holds up its own answers only. The memory is
        written in the caller's thread alone.

        Args:
            stats: counts what this round met; by default the watcher's counts go on.
        """
        self.stats = stats if stats is not None else self.stats
        due = self._due()
        self.looked = len(due)
        stop = Event()
        visits = Visits(self._politely, self.memory.is_seen)
        begun = visits.begin([(feed.url, _conditions(state)) for feed, state in due], stop)
        try:
            for (feed, state), steps in zip(due, begun, strict=True):
                try:
                    state = yield from self._feed(feed, state, steps)
                except InputError as error:
                    self.stats.skip(feed.url, str(error), kind="feed failed")
                    state = replace(state, failures=state.failures + 1, problem=str(error))
                self.memory.keep_feed_state(replace(state, due=self._clock() + _back_off(feed, state.failures)))
        finally:
            stop.set()

    def _due(self) -> list[tuple[FeedSpec, FeedState]]:
        """The feeds that are due, each once."""
        feeds = {feed.url: feed for feed in reversed(self.feeds)}
        states = [(feed, self.memory.feed_state(feed.url)) for feed in self.feeds if feeds[feed.url] is feed]
        now = self._clock()
        return [(feed, state) for feed, state in states if not state.due or state.due <= now]

    def _feed(
        self, feed: FeedSpec, state: FeedState, steps: Iterator[Opened | Met]
    ) -> Generator[Report, None, FeedState]:
        """The new articles of one feed; returns its new state."""
        whole = True
        for step in steps:
            if isinstance(step, Opened):
                state, whole = _opened(state, step), step.is_whole
                continue
            if step.entry.sitemap:
                self.stats.skip(step.entry.url, str(step.problem), kind="feed failed")
                continue
            # It may have come by another feed in the meantime.
            report = None if self.memory.is_seen(step.entry.url) else self._article(feed, step)
            if report is not None:
                yield report
                self.memory.mark_seen(step.entry.url)
            whole = whole and self.memory.is_seen(step.entry.url)
        return state if whole else replace(state, etag=None, last_modified=None)

    def _article(self, feed: FeedSpec, met: Met) -> Report | None:
        """The report behind an entry; None when it cannot be had, and after three tries it is not asked for again."""
        entry, answer = met.entry, met.answer
        if answer is None:
            if met.problem is not None:
                self._failed(entry.url, met.problem)
            return None
        try:
            self.memory.archive(answer)
            given = Given(
                title=entry.title, publisher=feed.publisher, published=entry.published, url=answer.url, lang=feed.lang
            )
            report = html_report(answer.body, given, charset=answer.charset, seen=answer.fetched.date())
        except InputError as error:
            self._failed(entry.url, error)
            return None
        self._attempts.pop(entry.url, None)
        self.stats.reports += 1
        report = replace(report, archived_sha256=answer.sha256)
        return replace(report, published_from="feed") if entry.published else report

    def _failed(self, url: str, error: InputError) -> None:
        attempts = self._attempts.pop(url, 0) + 1
        if attempts < _ATTEMPTS:
            self._attempts[url] = attempts
            self.stats.skip(url, str(error), kind="article failed")
        else:
            self.memory.mark_seen(url)
            self.stats.skip(url, f"given up after {attempts} tries: {error}", kind="article given up")

    def _politely(self, url: str, headers: Mapping[str, str]) -> Fetched:
        return self._manners.politely(url, lambda: fetch(url, policy=self.policy, headers=headers))

    def _get(self, url: str) -> Fetched:
        return fetch(url, policy=self.policy)


def _conditions(state: FeedState) -> dict[str, str]:
    conditions = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _opened(state: FeedState, opened: Opened) -> FeedState:
    """The state of a feed that was answered."""
    state = replace(state, failures=0, problem=None)
    if opened.feed is None:
        return state
    if opened.feed.broken:
        count = len(opened.feed.entries)
        state = replace(state, problem=f"it breaks off in the middle, after {count:,} of its entries")
    headers = opened.answer.headers
    return replace(state, etag=headers.get("etag"), last_modified=headers.get("last-modified"))


def _back_off(feed: FeedSpec, failures: int) -> timedelta:
    """Twice as long after each failure, a day at most."""
    return min(timedelta(minutes=feed.minutes * 2.0 ** min(failures, 12)), _LONGEST_BACK_OFF)
