"""Visits to feeds: what their servers answer, asked ahead and side by side, one request at a time to each host."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Event

from nongrata.model import FetchError, InputError
from nongrata.reading.ahead import side_by_side
from nongrata.reading.feeds import Feed, FeedEntry, parse_feed
from nongrata.reading.fetching import Fetched
from nongrata.reading.manners import host_key

_HELD = 2
"""So many answers of a feed wait to be read."""
_SITEMAP_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Opened:
    """A feed as it was answered; ``feed`` is None when it is as it was."""

    answer: Fetched
    feed: Feed | None

    @property
    def is_whole(self) -> bool:
        """True when "not modified" the next time will mean that nothing is new.

        What breaks off may have held more, and a list of sitemaps can stay as it is while they change.
        """
        return self.feed is None or not (self.feed.broken or any(entry.sitemap for entry in self.feed.entries))


@dataclass(frozen=True, slots=True)
class Met:
    """The answer for an entry, or why there is none; neither when the entry was met before in the same lane."""

    entry: FeedEntry
    answer: Fetched | None = None
    problem: InputError | None = None


Get = Callable[[str, Mapping[str, str]], Fetched]
"""From an address and the headers of a request to the answer."""


@dataclass(frozen=True, slots=True)
class Visits:
    """How feeds are visited.

    Args:
        get: fetches, with all manners; called from several threads.
        is_seen: True for an article that was handed out before; called from several threads.
    """

    get: Get
    is_seen: Callable[[str], bool]

    def begin(self, asked: Sequence[tuple[str, Mapping[str, str]]], stop: Event) -> list[Iterator[Opened | Met]]:
        """Visit feeds: for each its opening, then its new entries in order.

        Feeds of one host are visited one after another, those of different hosts side by side. What goes wrong with a
        feed itself (InputError) is raised where its steps are taken.

        Args:
            asked: the address of each feed, and the headers of its request.
            stop: to be set when no more steps are taken.
        """
        lanes: dict[str, list[int]] = {}
        for number, (url, _) in enumerate(asked):
            lanes.setdefault(host_key(url), []).append(number)
        visits = [self._lane([asked[number] for number in lane], stop) for lane in lanes.values()]
        taken = zip(lanes.values(), side_by_side(visits, _HELD, stop), strict=True)
        by_number = {number: steps for lane, drawn in taken for number, steps in zip(lane, drawn, strict=True)}
        return [by_number[number] for number in range(len(asked))]

    def _lane(self, asked: Sequence[tuple[str, Mapping[str, str]]], stop: Event) -> list[Iterator[Opened | Met]]:
        met: set[str] = set()
        return [self._visit(url, headers, met, stop) for url, headers in asked]

    def _visit(self, url: str, headers: Mapping[str, str], met: set[str], stop: Event) -> Iterator[Opened | Met]:
        answer = self.get(url, headers)
        if answer.status == 304:
            yield Opened(answer, None)
            return
        check_status(answer)
        feed = parse_feed(answer.body, answer.url)
        yield Opened(answer, feed)
        for step in self._entries(feed, _SITEMAP_DEPTH):
            if stop.is_set():
                return
            if step.problem is None and step.entry.url in met:
                yield step
            elif step.problem is not None or not self.is_seen(step.entry.url):
                met.add(step.entry.url)
                yield self._tried(step.entry) if step.problem is None else step

    def _entries(self, feed: Feed, depth: int) -> Iterator[Met]:
        """The entries of a feed, not yet asked for; a list of sitemaps is followed, one that fails has its problem."""
        for entry in feed.entries:
            if not entry.sitemap:
                yield Met(entry)
            elif depth > 0:
                inner = self._tried(entry)
                try:
                    found = parse_feed(inner.answer.body, inner.answer.url) if inner.answer else None
                except InputError as error:
                    inner, found = Met(entry, problem=error), None
                if found is None:
                    yield inner
                else:
                    yield from self._entries(found, depth - 1)

    def _tried(self, entry: FeedEntry) -> Met:
        try:
            answer = self.get(entry.url, {})
            check_status(answer)
        except InputError as error:
            return Met(entry, problem=error)
        return Met(entry, answer)


def check_status(answer: Fetched) -> None:
    """Raise a FetchError for an answer that is no page."""
    if answer.status != 200:
        raise FetchError(f"{answer.url} answered {answer.status}; try again later or leave it out")
