"""Manners on other people's servers: robots.txt, one request at a time, a pace for each host, waiting when told to."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from threading import BoundedSemaphore, Lock
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from nongrata.model import FetchError
from nongrata.reading.addresses import parse_target
from nongrata.reading.fetching import Fetched

_AGENT = "nongrata"
_LONGEST_WAIT = 3600.0
_LONGEST_DELAY = 60.0
_ROBOTS_KEPT = 24 * 3600.0
_AT_ONCE = 16
_NOTHING = ["User-agent: *", "Disallow: /"]


class Manners:
    """Asks robots.txt once a day for each host and spaces the requests to it.

    Threads may share it: each host is asked by one of them at a time, all hosts together by 16.

    Args:
        fetch: gets an address.
        pause: seconds between two requests to one host; a Crawl-delay of robots.txt may lengthen it to a minute.
        clock: seconds, for tests.
        sleep: waits, for tests.
    """

    def __init__(
        self,
        fetch: Callable[[str], Fetched],
        *,
        pause: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._fetch = fetch
        self._pause = pause
        self._clock = clock
        self._sleep = sleep
        self._robots: dict[str, tuple[float, RobotFileParser]] = {}
        self._next: dict[str, float] = {}
        self._trouble: dict[str, str] = {}
        self._alone: defaultdict[str, Lock] = defaultdict(Lock)
        self._places = BoundedSemaphore(_AT_ONCE)

    def politely(self, url: str, get: Callable[[], Fetched]) -> Fetched:
        """What ``get`` fetches from the address, when it is this caller's turn at the host.

        Raises:
            FetchError: as ``wait_for``, or as ``get`` does.
        """
        with self._alone[host_key(url)]:
            self.wait_for(url)
            with self._places:
                answer = get()
            self.told_to_wait(answer)
            return answer

    def wait_for(self, url: str) -> None:
        """Wait until the host may be asked again, and ask robots.txt whether this address may be fetched.

        Raises:
            FetchError: robots.txt forbids it, or the host asked to be left alone for longer than a minute.
        """
        host = parse_target(url).host
        robots = self._rules(url)
        try:
            allowed = robots.can_fetch(_AGENT, url)
        except ValueError as error:  # it unquotes the whole address, which may make it none
            raise FetchError(f"{url[:200]!r} is no address ({error}); check it") from error
        if not allowed:
            if trouble := self._trouble.get(host_key(url)):
                raise FetchError(f"robots.txt cannot be had, so nothing is fetched: {trouble}")
            raise FetchError(f"robots.txt of {host} forbids {url[:200]}; leave it out")
        self._take_turn(url, robots)

    def told_to_wait(self, answer: Fetched) -> None:
        """Heed the ``Retry-After`` of an answer 429 or 503."""
        if answer.status in (429, 503):
            seconds = _retry_after(answer.headers.get("retry-after", ""), answer)
            self._next[host_key(answer.url)] = self._clock() + min(seconds, _LONGEST_WAIT)

    def _take_turn(self, url: str, robots: RobotFileParser | None) -> None:
        host = host_key(url)
        wait = self._next.get(host, 0.0) - self._clock()
        if wait > _LONGEST_DELAY:
            raise FetchError(f"{host} asked to be left alone for {wait:.0f} s more; try again later")
        if wait > 0:
            self._sleep(wait)
        asked = robots.crawl_delay(_AGENT) if robots else None
        pause = max(self._pause, min(float(asked or 0), _LONGEST_DELAY))
        self._next[host] = self._clock() + pause

    def _rules(self, url: str) -> RobotFileParser:
        host = host_key(url)
        kept = self._robots.get(host)
        if kept and self._clock() - kept[0] < _ROBOTS_KEPT:
            return kept[1]
        rules = RobotFileParser()
        self._take_turn(url, None)
        try:
            with self._places:
                answer = self._fetch(urljoin(url, "/robots.txt"))
        except FetchError as error:
            rules.parse(_NOTHING)  # unreachable: RFC 9309, 2.3.1.4
            self._trouble[host] = str(error)
            self._robots[host] = (self._clock() - _ROBOTS_KEPT + 600, rules)
            return rules
        self._trouble.pop(host, None)
        if answer.status >= 500:
            rules.parse(_NOTHING)
        elif answer.status >= 400:
            rules.parse([])
        else:
            rules.parse(answer.body[:500_000].decode("utf-8", "replace").splitlines())
        self._robots[host] = (self._clock(), rules)
        return rules


def host_key(url: str) -> str:
    """What addresses of one host have in common; a malformed address stands for itself."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return url


def _retry_after(value: str, answer: Fetched) -> float:
    """Seconds to wait: a number, a date, or a minute where neither is said."""
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - answer.fetched).total_seconds())
    except (ValueError, TypeError, IndexError):
        return 60.0
