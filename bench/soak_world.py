"""The world that ``soak.py`` lets a watch look at: feeds and articles of a server of its own, some of them faulty.

A feed gets an article every so many seconds. What is wrong with the faulty ones, and how many of fifty are:
"""

from __future__ import annotations

import http.server
import random
import re
import threading
import time
from datetime import UTC, datetime

STATES = (
    *(("Belgium", "Russian"), ("France", "Chinese"), ("Norway", "Russian"), ("Canada", "Indian")),
    *(("Poland", "Belarusian"), ("Russia", "British"), ("Iran", "German"), ("China", "American")),
)
FAULTS = {
    "slow": 4,
    "broken": 4,
    "failing": 3,
    "late": 3,
    "huge": 2,
    "copying": 6,
    "repeating": 2,
    "gone": 2,
    "deaf": 1,
}
"""Slow: three seconds to answer. Broken: every other answer ends in the middle. Failing: every other answer is an error
500. Late: an article is a 404 the first time it is asked for. Huge: every other answer is twenty megabytes that do not
say so before, and its articles are of five, script and menus. Copying: the texts of the first feed at addresses of its
own. Repeating: the addresses of the first feed. Gone: 410. Deaf: takes the call and says nothing."""
LOST = frozenset({"gone", "deaf"})
"""Feeds of which nothing can be had."""
SHOWN = 20
"""Articles in a feed."""
HUGE = 20 << 20
MENU = "<li><a href=/x>All the news of today</a></li>"
HEAVY = f"<script>{'var a = [0, 1, 2];' * 160_000}</script><ul>{MENU * 50_000}</ul>"


class World:
    """What has been published so far.

    Args:
        feeds: how many there are.
        every: seconds from one article of a feed to its next.
        seed: of the order of the faulty ones among them.
    """

    def __init__(self, feeds: int, every: float, seed: int = 5) -> None:
        faulty = [kind for kind, number in FAULTS.items() for _ in range(max(1, number * feeds // 50))]
        self.kinds = (["sound"] * max(1, feeds - len(faulty)) + faulty)[:feeds]
        rest = self.kinds[1:]
        random.Random(seed).shuffle(rest)
        self.kinds[1:] = rest
        self._every = every
        self._begun = time.monotonic()
        self._ended: float | None = None
        self._asked: dict[str, int] = {}
        self._lock = threading.Lock()

    def end(self) -> None:
        """Publish no more."""
        self._ended = time.monotonic()

    def published(self, feed: int) -> int:
        """How many articles a feed has published; feeds come round in turn."""
        now = time.monotonic() if self._ended is None else self._ended
        return max(0, int((now - self._begun) / self._every + 1 - feed / len(self.kinds)))

    def expected(self) -> set[str]:
        """The paths of all articles that a watch has to find."""
        return {
            f"/{feed}/{number}.html"
            for feed, kind in enumerate(self.kinds)
            if kind not in LOST and kind != "repeating"
            for number in range(self.published(feed))
        }

    def times_asked(self, path: str) -> int:
        """How often a path was asked for before."""
        with self._lock:
            self._asked[path] = self._asked.get(path, 0) + 1
            return self._asked[path] - 1

    def text(self, feed: int, number: int) -> str:
        """An article; each but a copy tells of an expulsion of its own."""
        feed = 0 if self.kinds[feed] == "copying" else feed
        host, guest = STATES[(feed + number) % len(STATES)]
        count = 3 + (feed * 7 + number * 3) % 40
        return (
            f"{host} expelled {count} {guest} diplomats, the foreign ministry said on Tuesday. "
            f"The order numbered {feed}/{number} names no reason beyond activities incompatible with their status, "
            "and the embassy had not commented when this edition closed. Officials in the capital said that the "
            "decision had been prepared for weeks and would not be taken back."
        )


class Server(http.server.ThreadingHTTPServer):
    """The world's feeds and articles at a loopback address."""

    daemon_threads = True

    def __init__(self, world: World) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.world = world
        self.authority = f"127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def feeds(self, minutes: float) -> str:
        """The file that names the feeds, for ``nongrata watch``."""
        return "".join(
            f'[[feed]]\nurl = "http://{self.authority}/feed/{feed}.xml"\n'
            f'publisher = "Harbour Gazette {feed}"\nminutes = {minutes}\n'
            for feed in range(len(self.world.kinds))
        )


class _Answer(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        try:
            if match := re.fullmatch(r"/feed/(\d+)\.xml", self.path):
                self._feed(int(match[1]))
            elif match := re.fullmatch(r"/(\d+)/(\d+)\.html", self.path):
                self._article(int(match[1]), int(match[2]))
            else:
                self._send(404, "text/plain", b"nothing here")
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _feed(self, feed: int) -> None:
        world = self.server.world
        kind, times = world.kinds[feed], world.times_asked(self.path)
        shown = 0 if kind == "repeating" else feed
        last = world.published(shown)
        tag = f'"{shown}-{last}"'
        if kind == "gone":
            self._send(410, "text/plain", b"gone")
        elif kind == "failing" and times % 2:
            self._send(500, "text/plain", b"no")
        elif kind == "deaf":
            time.sleep(90)
        elif kind == "huge" and times % 2:
            self._huge()
        elif self.headers.get("If-None-Match") == tag:
            self._send(304, "application/rss+xml", b"")
        else:
            if kind == "slow":
                time.sleep(3)
            body = self._rss(shown, range(max(0, last - SHOWN), last))
            cut = kind == "broken" and times % 2 == 0 and last > 0
            self._send(200, "application/rss+xml", body[: len(body) * 2 // 3] if cut else body, tag)

    def _rss(self, feed: int, numbers: range) -> bytes:
        now = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        items = "".join(
            f"<item><title>Order {feed}/{n}</title><link>http://{self.server.authority}/{feed}/{n}.html</link>"
            f"<pubDate>{now}</pubDate><description>An order about envoys, number {n}</description></item>"
            for n in numbers
        )
        head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed {feed}</title>'
        return f"{head}{items}</channel></rss>".encode()

    def _article(self, feed: int, number: int) -> None:
        world = self.server.world
        if world.kinds[feed] == "late" and not world.times_asked(self.path):
            self._send(404, "text/plain", b"not yet")
            return
        burden = HEAVY if world.kinds[feed] == "huge" else ""
        body = (
            f'<!doctype html><html lang="en"><head><title>Order {feed}/{number}</title></head><body>'
            f"<nav>Home World</nav>{burden}<article><h1>Order {feed}/{number}: diplomats told to leave</h1>"
            f"<p>{world.text(feed, number)}</p></article></body></html>"
        )
        self._send(200, "text/html; charset=utf-8", body.encode())

    def _huge(self) -> None:
        """A feed of twenty megabytes that does not say so before."""
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(b"<rss><channel><!--")
        for _ in range(HUGE >> 16):
            self.wfile.write(b"x" * (1 << 16))
        self.close_connection = True

    def _send(self, status: int, kind: str, body: bytes, tag: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if tag:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""
