"""Feeds: what they hold, when they are looked at, and that one bad feed never stops the rest."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.model import FetchError, InputError, LedgerError
from nongrata.reading.addresses import Reachable
from nongrata.reading.feeds import FeedEntry, parse_feed
from nongrata.reading.fetching import Fetched, FetchPolicy, fetch
from nongrata.reading.manners import Manners
from nongrata.reading.stats import ReadingStats
from nongrata.reading.watching import FeedSpec, FeedState, Watcher, load_feeds

from .servers import Raw, ok, serving

URL = "https://quay.example/feed"
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Quay Post</title>
<image><title>logo</title><link>https://quay.example/</link></image>
<item><title>Envoys &amp; spies</title><link>/a/1</link><pubDate>Tue, 05 Mar 2024 09:15:00 +0200</pubDate></item>
<item><guid>https://quay.example/a/2</guid><dc:date>2024-03-06T10:00:00Z</dc:date></item><item><title>none</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><entry><title>One</title>
<link rel="self" href="/x"/>
<link rel="alternate" href="https://quay.example/a/1"/><updated>2024-03-09T00:00:00Z</updated>
<published>2024-03-05T00:00:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><title>no</title>
</div></content></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://quay.example/a/1</loc>
<lastmod>2024-03-07</lastmod><news:news><news:publication_date>2024-03-05</news:publication_date>
<news:title>One</news:title></news:news></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>/s1.xml</loc></sitemap></sitemapindex>"
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel><item><link>/1</link></item></channel></rss>'
)


@pytest.mark.parametrize(
    ("source", "entries"),
    [
        (
            RSS,
            [
                FeedEntry("https://quay.example/a/1", "Envoys & spies", date(2024, 3, 5)),
                FeedEntry("https://quay.example/a/2", None, date(2024, 3, 6)),
            ],
        ),
        (ATOM, [FeedEntry("https://quay.example/a/1", "One", date(2024, 3, 5))]),
        (SITEMAP, [FeedEntry("https://quay.example/a/1", "One", date(2024, 3, 5))]),
        (INDEX, [FeedEntry("https://quay.example/s1.xml", None, None, True)]),
    ],
)
def test_kinds_of_feeds(source: str, entries: list[FeedEntry]) -> None:
    feed = parse_feed(source.encode(), URL)
    assert list(feed.entries) == entries
    assert not feed.broken


def test_a_link_that_can_be_no_address_costs_itself() -> None:
    feed = parse_feed(RSS.replace("/a/1", "http://[quay/1").encode(), URL)
    assert [entry.url for entry in feed.entries] == ["https://quay.example/a/2"]
    assert not feed.broken


def test_a_feed_that_breaks_off_keeps_its_entries() -> None:
    feed = parse_feed(RSS[: RSS.index("<guid>")].encode(), URL)
    assert (len(feed.entries), feed.broken, feed.title) == (1, True, "Quay Post")


@pytest.mark.parametrize("source", ["", "no feed", "<html><body>x</body></html>", BOMB, "<rss><channel><item>"])
def test_what_is_no_feed(source: str) -> None:
    with pytest.raises(InputError):
        parse_feed(source.encode(), URL)


@given(st.text(alphabet="<>/rsitemlnkfd =\"'!&;x[]\x00", max_size=200))
def test_any_feed_is_read_or_refused(text: str) -> None:
    try:
        parse_feed(f"<rss><channel><item><link>/1</link></item>{text}".encode(), URL)
    except InputError:
        return


class Memory:
    """What a ledger would remember."""

    def __init__(self) -> None:
        self.states: dict[str, FeedState] = {}
        self.seen: set[str] = set()
        self.kept: dict[str, bytes] = {}

    def feed_state(self, url: str) -> FeedState:
        return self.states.get(url, FeedState(url))

    def keep_feed_state(self, state: FeedState) -> None:
        self.states[state.url] = state

    def is_seen(self, url: str) -> bool:
        return url in self.seen

    def mark_seen(self, url: str) -> None:
        self.seen.add(url)

    def archive(self, answer: Fetched) -> None:
        self.kept[answer.sha256] = answer.body


@pytest.fixture
def server() -> Iterator[Raw]:
    with serving() as running:
        yield running


def feed_of(*links: str) -> bytes:
    items = "".join(
        f"<item><link>{link}</link><pubDate>Tue, 05 Mar 2024 09:15:00 GMT</pubDate></item>" for link in links
    )
    return f"<rss><channel>{items}</channel></rss>".encode()


def page(text: str) -> bytes:
    return ok(
        f"<html><body><h1>News</h1><p>{text} were sent home on Friday, the ministry said.</p></body></html>".encode()
    )


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2024, 3, 5, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def plainly(policy: FetchPolicy) -> Callable[[str], Fetched]:
    return lambda url: fetch(url, policy=policy)


def watcher(server: Raw, memory: Memory, clock: Clock, *paths: str) -> Watcher:
    policy = FetchPolicy(seconds=3, reachable=Reachable(frozenset({server.authority})))
    manners = Manners(plainly(policy), pause=0, sleep=lambda _: None)
    feeds = [FeedSpec(server.url(path), "Quay Post", "en") for path in paths]
    return Watcher(feeds, memory, policy=policy, clock=clock, manners=manners)


def test_new_articles_are_read_once_and_kept(server: Raw) -> None:
    server.answers |= {"/feed": ok(feed_of("/1", "/2")), "/1": page("Two envoys"), "/2": page("Nine attachés")}
    memory, clock = Memory(), Clock()
    watch = watcher(server, memory, clock, "/feed")
    reports = list(watch.look())
    assert ["Two envoys" in reports[0].text, "Nine attachés" in reports[1].text] == [True, True]
    assert (reports[0].publisher, reports[0].published, reports[0].published_from) == (
        "Quay Post",
        date(2024, 3, 5),
        "feed",
    )
    assert len(memory.kept) == 2
    assert list(watch.look()) == []
    assert watch.next_due() == clock.now + timedelta(minutes=15)
    clock.now += timedelta(minutes=16)
    server.answers["/feed"] = ok(feed_of("/1", "/2", "/3"))
    server.answers["/3"] = page("Three clerks")
    assert ["Three clerks" in report.text for report in watch.look()] == [True]
    assert sum("GET /1 " in request for request in server.requests) == 1


def unchanged(body: bytes) -> Callable[[str], bytes]:
    """Answers with a body once, and then that it is as it was."""

    def answer(request: str) -> bytes:
        if 'If-None-Match: "v1"' in request:
            return b"HTTP/1.1 304 Not Modified\r\n\r\n"
        return ok(body, 'ETag: "v1"', "Last-Modified: Tue, 05 Mar 2024 09:15:00 GMT")

    return answer


def test_unchanged_feeds_are_not_sent_again(server: Raw) -> None:
    server.answers |= {"/feed": unchanged(feed_of("/1")), "/1": page("Two envoys")}
    memory, clock = Memory(), Clock()
    watch = watcher(server, memory, clock, "/feed")
    assert len(list(watch.look())) == 1
    clock.now += timedelta(hours=1)
    assert list(watch.look()) == []
    assert "If-Modified-Since" in server.requests[-1]
    assert watch.stats.skipped_count == 0


def test_a_bad_feed_backs_off_and_stops_nobody(server: Raw) -> None:
    server.answers |= {
        "/down": b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        "/broken": ok(b"no feed"),
        "/inward": b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n",
        "/feed": ok(feed_of("/1")),
        "/1": page("Two envoys"),
    }
    memory, clock = Memory(), Clock()
    watch = watcher(server, memory, clock, "/down", "/broken", "/inward", "/feed")
    assert len(list(watch.look())) == 1
    assert watch.stats.reasons["feed failed"] == 3
    state = memory.feed_state(server.url("/down"))
    assert (state.failures, state.due) == (1, clock.now + timedelta(minutes=30))
    clock.now += timedelta(minutes=31)
    list(watch.look())
    assert memory.feed_state(server.url("/down")).due == clock.now + timedelta(minutes=60)


def test_an_article_that_fails_is_tried_three_times(server: Raw) -> None:
    server.answers["/feed"] = ok(feed_of("/gone", "/1"), 'ETag: "v1"')
    server.answers["/1"] = page("Two envoys")
    memory, clock = Memory(), Clock()
    watch = watcher(server, memory, clock, "/feed")
    for _ in range(5):
        list(watch.look())
        clock.now += timedelta(hours=1)
    assert sum("GET /gone" in request for request in server.requests) == 3
    assert memory.feed_state(server.url("/feed")).etag == '"v1"'


def test_an_article_that_is_given_up_is_told_once(server: Raw) -> None:
    server.answers["/feed"] = ok(feed_of("/gone"))
    watch, told = watcher(server, Memory(), Clock(), "/feed"), []
    for _ in range(4):
        stats = ReadingStats()
        list(watch.look(stats))
        told.append(dict(stats.reasons))
        watch._clock.now += timedelta(hours=1)  # type: ignore[attr-defined]
        assert watch.looked == 1
    assert told == [{"article failed": 1}, {"article failed": 1}, {"article given up": 1}, {}]
    list(watch.look(ReadingStats()))
    assert watch.looked == 1
    list(watch.look(ReadingStats()))
    assert watch.looked == 0


def test_a_feed_that_breaks_off_is_asked_for_whole_the_next_time(server: Raw) -> None:
    server.answers |= {"/1": page("Two envoys"), "/2": page("Nine attachés")}
    server.answers["/feed"] = ok(
        feed_of("/1", "/2").split(b"<item>", 2)[0] + b"<item><link>/1</link></item><item><", 'ETag: "v1"'
    )
    memory, clock = Memory(), Clock()
    watch = watcher(server, memory, clock, "/feed")
    assert len(list(watch.look())) == 1
    state = memory.feed_state(server.url("/feed"))
    assert (state.etag, state.failures, state.problem) == (
        None,
        0,
        "it breaks off in the middle, after 1 of its entries",
    )
    server.answers["/feed"] = ok(feed_of("/1", "/2"), 'ETag: "v1"')
    clock.now += timedelta(hours=1)
    assert len(list(watch.look())) == 1
    state = memory.feed_state(server.url("/feed"))
    assert (state.etag, state.problem) == ('"v1"', None)


def test_nothing_is_lost_when_the_consumer_stops(server: Raw) -> None:
    server.answers |= {"/feed": ok(feed_of("/1")), "/1": page("Two envoys")}
    memory = Memory()
    round_ = watcher(server, memory, Clock(), "/feed").look()
    next(round_)
    round_.close()
    assert memory.seen == set()
    assert len(list(watcher(server, memory, Clock(), "/feed").look())) == 1


def silent(_: str) -> bytes:
    time.sleep(5)
    return b""


def test_silent_servers_hold_up_nobody(server: Raw) -> None:
    """Two that say nothing cost the time of one, and the others are asked meanwhile; the order is that of the feeds."""
    server.answers |= {"/feed": ok(feed_of("/1")), "/1": page("Two envoys"), "/2": page("Nine clerks")}
    with serving() as first, serving() as second, serving() as slow:
        for quiet in (first, second):
            quiet.answers["/robots.txt"] = silent
        slow.answers |= {"/feed": [(0.4, ok(feed_of("/1")))], "/1": page("Three clerks")}
        allowed = frozenset(one.authority for one in (server, first, second, slow))
        policy = FetchPolicy(seconds=2, reachable=Reachable(allowed))
        feeds = [FeedSpec(one.url("/feed")) for one in (slow, first, second, server)]
        watch = Watcher(feeds, Memory(), policy=policy, clock=Clock(), manners=Manners(plainly(policy), pause=0))
        begun = time.monotonic()
        found = watch.look()
        assert "Three clerks" in next(found).text
        time.sleep(0.3)
        assert [request.split()[1] for request in server.requests] == ["/robots.txt", "/feed", "/1"]
        assert time.monotonic() - begun < 1.9
        assert ["Two envoys" in report.text for report in found] == [True]
        assert time.monotonic() - begun < 3.5
        assert [skipped.where for skipped in watch.stats.skipped] == [first.url("/feed"), second.url("/feed")]


def test_a_host_is_asked_one_thing_at_a_time(server: Raw) -> None:
    """Also where the feeds of others lead to it."""
    running, most = 0, 0

    def counted(_: str) -> bytes:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.05)
        running -= 1
        return page("Two envoys")

    with serving() as other, serving() as third:
        servers = (server, other, third)
        for number, one in enumerate(servers):
            one.answers["/feed"] = ok(feed_of(*(server.url(f"/{number}-{n}") for n in range(4))))
        server.answers |= {f"/{number}-{n}": counted for number in range(3) for n in range(4)}
        policy = FetchPolicy(seconds=5, reachable=Reachable(frozenset(one.authority for one in servers)))
        feeds = [FeedSpec(one.url("/feed")) for one in servers]
        watch = Watcher(feeds, Memory(), policy=policy, clock=Clock(), manners=Manners(plainly(policy), pause=0))
        urls = [report.url for report in watch.look()]
    assert urls == [server.url(f"/{number}-{n}") for number in range(3) for n in range(4)]
    assert most == 1


def test_an_article_of_several_feeds_comes_by_the_first(server: Raw) -> None:
    with serving() as other:
        for one in (server, other):
            one.answers["/feed"] = ok(feed_of(server.url("/1")))
            one.answers["/again"] = ok(feed_of(server.url("/1")))
        server.answers["/1"] = page("Two envoys")
        policy = FetchPolicy(seconds=3, reachable=Reachable(frozenset({server.authority, other.authority})))
        addresses = (other.url("/feed"), server.url("/feed"), other.url("/again"), other.url("/feed"))
        feeds = [FeedSpec(address, f"Post {number}") for number, address in enumerate(addresses)]
        memory = Memory()
        watch = Watcher(feeds, memory, policy=policy, clock=Clock(), manners=Manners(plainly(policy), pause=0))
        assert [report.publisher for report in watch.look()] == ["Post 0"]
        assert watch.looked == 3
        assert len(memory.states) == 3


def test_a_memory_that_fails_ends_the_round(server: Raw) -> None:
    server.answers["/feed"] = ok(feed_of("/1"))
    memory = Memory()

    def fail(_: str) -> bool:
        raise LedgerError("the ledger is busy: wait")

    memory.is_seen = fail  # type: ignore[method-assign]
    with pytest.raises(LedgerError):
        list(watcher(server, memory, Clock(), "/feed").look())


@pytest.mark.parametrize("link", ["http://quay%5B.example/1", "http://[quay/", "gopher://quay.example/", "http:///x"])
def test_a_link_of_any_kind_costs_itself(server: Raw, link: str) -> None:
    server.answers |= {"/feed": ok(feed_of(link, "/1")), "/1": page("Two envoys")}
    assert len(list(watcher(server, Memory(), Clock(), "/feed").look())) == 1


@pytest.mark.parametrize("address", ["http://[quay/", "http://quay%5B.example/feed", "feed"])
def test_an_address_that_is_none_costs_its_feed(server: Raw, address: str) -> None:
    server.answers |= {"/feed": ok(feed_of("/1")), "/1": page("Two envoys")}
    watch = watcher(server, Memory(), Clock(), "/feed")
    watch.feeds = [FeedSpec(address), *watch.feeds]
    assert len(list(watch.look())) == 1
    assert watch.stats.reasons == {"feed failed": 1}


def test_sitemaps_are_followed(server: Raw) -> None:
    server.answers |= {"/index": unchanged(INDEX.encode()), "/s1.xml": ok(b"<urlset><url><loc>/1</loc></url></urlset>")}
    server.answers["/1"] = page("Two envoys")
    memory, clock = Memory(), Clock()
    watch = watcher(server, memory, clock, "/index")
    assert len(list(watch.look())) == 1
    # A list that stays as it is says nothing of what it lists.
    server.answers["/s1.xml"] = ok(b"<urlset><url><loc>/1</loc></url><url><loc>/2</loc></url></urlset>")
    server.answers["/2"] = page("Nine clerks")
    clock.now += timedelta(hours=1)
    assert len(list(watch.look())) == 1


def test_robots_are_asked_and_obeyed(server: Raw) -> None:
    server.answers["/robots.txt"] = ok(b"User-agent: *\nDisallow: /private\nCrawl-delay: 7")
    waits: list[float] = []
    policy = FetchPolicy(reachable=Reachable(frozenset({server.authority})))
    manners = Manners(lambda url: fetch(url, policy=policy), pause=1, clock=lambda: 0.0, sleep=waits.append)
    manners.wait_for(server.url("/a"))
    manners.wait_for(server.url("/b"))
    with pytest.raises(FetchError, match=r"robots\.txt"):
        manners.wait_for(server.url("/private/x"))
    assert waits == [1, 7]
    assert len(server.requests) == 1


def test_an_unreachable_robots_forbids_and_a_missing_one_allows(server: Raw) -> None:
    policy = FetchPolicy(reachable=Reachable(frozenset({server.authority})))
    Manners(lambda url: fetch(url, policy=policy), pause=0).wait_for(server.url("/a"))
    server.answers["/robots.txt"] = b"HTTP/1.1 503 Busy\r\n\r\n"
    with pytest.raises(FetchError, match=r"robots\.txt"):
        Manners(lambda url: fetch(url, policy=policy), pause=0).wait_for(server.url("/a"))


def test_retry_after_is_heeded(server: Raw) -> None:
    policy = FetchPolicy(reachable=Reachable(frozenset({server.authority})))
    manners = Manners(lambda url: fetch(url, policy=policy), pause=0, clock=lambda: 0.0, sleep=lambda _: None)
    manners.told_to_wait(Fetched(server.url("/"), 429, {"retry-after": "120"}, b"", datetime.now(UTC)))
    with pytest.raises(FetchError, match="left alone"):
        manners.wait_for(server.url("/a"))


def test_feeds_file(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text('[[feed]]\nurl = "https://q.example/rss"\npublisher = "Quay"\nminutes = 5\n')
    assert load_feeds(path) == [FeedSpec("https://q.example/rss", "Quay", None, 5)]
    for content in ("", "[[feed]]\nname = 1", "[[feed", '[[feed]]\nurl = "x"\nminutes = "often"'):
        path.write_text(content)
        with pytest.raises(InputError, match="feed"):
            load_feeds(path)
    with pytest.raises(InputError, match="does not exist"):
        load_feeds(tmp_path / "none.toml")
