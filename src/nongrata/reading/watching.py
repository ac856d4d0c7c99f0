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
from typing import Any, Protocol

from nongrata.model import FetchError, InputError, Report
from nongrata.reading.feeds import Feed, FeedEntry, parse_feed
from nongrata.reading.fetching import Fetched, FetchPolicy, fetch
from nongrata.reading.html import html_report
from nongrata.reading.manners import Manners
from nongrata.reading.plain import Given
from nongrata.reading.stats import ReadingStats

_LONGEST_BACK_OFF = timedelta(days=1)
_ATTEMPTS = 3
_SITEMAP_DEPTH = 2


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
        """True when the article was handed out before."""

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
        """One round over the feeds that are due: the reports of their new articles, as they come.

        Args:
            stats: counts what this round met; by default the watcher's counts go on.
        """
        self.stats = stats if stats is not None else self.stats
        self.looked = 0
        for feed in self.feeds:
            state = self.memory.feed_state(feed.url)
            if state.due and state.due > self._clock():
                continue
            self.looked += 1
            try:
                state = yield from self._feed(feed, state)
            except InputError as error:
                self.stats.skip(feed.url, str(error), kind="feed failed")
                state = replace(state, failures=state.failures + 1, problem=str(error))
            self.memory.keep_feed_state(replace(state, due=self._clock() + _back_off(feed, state.failures)))

    def _feed(self, feed: FeedSpec, state: FeedState) -> Generator[Report, None, FeedState]:
        """The new articles of one feed; returns its new state."""
        answer = self._politely(feed.url, _conditions(state))
        if answer.status == 304:
            return replace(state, failures=0, problem=None)
        _check_status(answer)
        found = parse_feed(answer.body, answer.url)
        # What breaks off may have held more, and a list of sitemaps can stay as it is while they change: neither may be
        # answered by "not modified" the next time.
        complete = not found.broken and not any(entry.sitemap for entry in found.entries)
        for entry in self._entries(found, _SITEMAP_DEPTH):
            if self.memory.is_seen(entry.url):
                continue
            report = self._article(feed, entry)
            if report is not None:
                yield report
                self.memory.mark_seen(entry.url)
            complete = complete and self.memory.is_seen(entry.url)
        if not complete:
            problem = (
                f"it breaks off in the middle, after {len(found.entries):,} of its entries" if found.broken else None
            )
            return replace(state, failures=0, problem=problem, etag=None, last_modified=None)
        etag, modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        return FeedState(feed.url, etag, modified)

    def _entries(self, feed: Feed, depth: int) -> Iterator[FeedEntry]:
        """The entries of a feed; a list of sitemaps is followed."""
        for entry in feed.entries:
            if not entry.sitemap:
                yield entry
            elif depth > 0:
                try:
                    inner = self._politely(entry.url, {})
                    _check_status(inner)
                    yield from self._entries(parse_feed(inner.body, inner.url), depth - 1)
                except InputError as error:
                    self.stats.skip(entry.url, str(error), kind="feed failed")

    def _article(self, feed: FeedSpec, entry: FeedEntry) -> Report | None:
        """The report behind an entry; None when it cannot be had, and after three tries it is not asked for again."""
        try:
            answer = self._politely(entry.url, {})
            _check_status(answer)
            self.memory.archive(answer)
            given = Given(
                title=entry.title, publisher=feed.publisher, published=entry.published, url=answer.url, lang=feed.lang
            )
            report = html_report(answer.body, given, charset=answer.charset, seen=answer.fetched.date())
        except InputError as error:
            attempts = self._attempts.pop(entry.url, 0) + 1
            if attempts < _ATTEMPTS:
                self._attempts[entry.url] = attempts
                self.stats.skip(entry.url, str(error), kind="article failed")
            else:
                self.memory.mark_seen(entry.url)
                self.stats.skip(entry.url, f"given up after {attempts} tries: {error}", kind="article given up")
            return None
        self._attempts.pop(entry.url, None)
        self.stats.reports += 1
        report = replace(report, archived_sha256=answer.sha256)
        return replace(report, published_from="feed") if entry.published else report

    def _politely(self, url: str, headers: Mapping[str, str]) -> Fetched:
        self._manners.wait_for(url)
        answer = fetch(url, policy=self.policy, headers=headers)
        self._manners.told_to_wait(answer)
        return answer

    def _get(self, url: str) -> Fetched:
        return fetch(url, policy=self.policy)


def _conditions(state: FeedState) -> dict[str, str]:
    conditions = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in conditions.items() if value}


def _check_status(answer: Fetched) -> None:
    if answer.status != 200:
        raise FetchError(f"{answer.url} answered {answer.status}; try again later or leave it out")


def _back_off(feed: FeedSpec, failures: int) -> timedelta:
    """Twice as long after each failure, a day at most."""
    return min(timedelta(minutes=feed.minutes * 2.0 ** min(failures, 12)), _LONGEST_BACK_OFF)
