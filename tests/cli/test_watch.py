"""``nongrata watch`` and web addresses against a server on this machine that means ill."""

from __future__ import annotations

import sqlite3
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from nongrata.ledger import Ledger
from nongrata.model import LedgerError
from tests.reading.servers import Raw, moved, ok, serving

ARTICLE = (
    "<html><title>Envoys leave</title><body><article><p>{} DE expelled {} IR envoys on the day.</p></article></body>"
)
FEED = "<rss><channel><title>Quay</title>{}</channel></rss>"


@pytest.fixture
def server():
    with serving() as raw:
        yield raw


def article(server: Raw, path: str, number: int) -> None:
    dull = "The harbour was calm and the bakers sold bread to everybody who came by that day."
    server.answers[path] = ok(ARTICLE.format(dull, number).encode(), "Content-Type: text/html; charset=utf-8")


def feed(server: Raw, path: str, *links: str) -> None:
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    body = FEED.format(items).encode()

    def answer(request: str) -> bytes:
        if 'If-None-Match: "1"' in request:
            return b"HTTP/1.1 304 Not Modified\r\n\r\n"
        return ok(body, 'ETag: "1"')

    server.answers[path] = answer


def watch(nongrata, server: Raw, tmp_path, *feeds: str):
    (tmp_path / "feeds.toml").write_text("".join(f'[[feed]]\nurl = "{url}"\nminutes = 0\n' for url in feeds))
    return nongrata("watch", "feeds.toml", "--once", "--pause", "0", "--private", server.authority)


def test_articles_are_read_once_and_their_bytes_kept(nongrata, server, tmp_path):
    feed(server, "/feed", "/1", "/2")
    article(server, "/1", 5)
    article(server, "/2", 6)
    done = watch(nongrata, server, tmp_path, server.url("/feed"))
    assert (done.code, "1 of 1 feed: 2 new reports, 2 claims" in done.err) == (0, True)
    done = watch(nongrata, server, tmp_path, server.url("/feed"))
    assert "1 of 1 feed: 0 new reports, 0 claims" in done.err
    assert sum(request.startswith("GET /1 ") for request in server.requests) == 1
    with sqlite3.connect(tmp_path / "test.db") as ledger:
        assert ledger.execute("SELECT count(*) FROM archive").fetchone() == (2,)
        assert ledger.execute("SELECT count(*) FROM reports WHERE archived_sha256 IS NULL").fetchone() == (0,)
    assert nongrata("ledger", "check").code == 0
    assert len(nongrata("incidents", "--format", "jsonl").rows) == 2
    assert server.url("/feed") in nongrata("watch", "feeds.toml", "--status").out


def test_what_means_ill_costs_itself_and_no_more(nongrata, server, tmp_path):
    compressor = zlib.compressobj(wbits=31)
    zeros = compressor.compress(bytes(64 << 20)) + compressor.flush(zlib.Z_FULL_FLUSH)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\n\r\n"
    server.answers["/bomb"] = [(0, head), *[(0, zeros)] * 160]
    server.answers["/inside"] = moved("http://127.0.0.1:1/")
    server.answers["/cloud"] = moved("http://169.254.169.254/latest/meta-data/")
    server.answers["/file"] = moved("file:///etc/passwd")
    server.answers["/round"] = moved(server.url("/round"))
    feed(server, "/bad", "/bomb", "/inside", "/cloud", "/file", "/round")
    feed(server, "/good", "/1")
    article(server, "/1", 5)
    server.answers["/broken"] = ok(b"<rss><channel><item><li")
    done = watch(nongrata, server, tmp_path, *map(server.url, ("/down", "/bad", "/broken", "/good")))
    assert (done.code, "4 of 4 feeds: 1 new report, 1 claim" in done.err) == (0, True)
    for words in [
        "answered 404",
        "unpacks to more than 10 MiB",
        "127.0.0.1 leads to 127.0.0.1, which is not public",
        "169.254.169.254, which is not public",
        "neither http nor https",
        "redirects more than 5 times",
        "is no feed",
    ]:
        assert words in done.err
    done = nongrata("watch", "feeds.toml", "--status")
    assert "failed 1 time: " in done.out


def test_private_servers_need_to_be_named(nongrata, server, tmp_path):
    feed(server, "/feed", "/1")
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{server.url("/feed")}"\n')
    done = nongrata("watch", "feeds.toml", "--once", "--pause", "0")
    assert (done.code, "is not public" in done.err, server.requests) == (0, True, [])
    assert nongrata("watch", "feeds.toml", "--private", "nowhere").code == 2
    assert nongrata("watch", "missing.toml").code == 1


def test_one_address(nongrata, server, tmp_path):
    article(server, "/1", 5)
    done = nongrata("ingest", server.url("/1"), "--private", server.authority)
    assert (done.code, done.err.startswith("1 report read, 1 claim added")) == (0, True)
    with sqlite3.connect(tmp_path / "test.db") as ledger:
        assert ledger.execute("SELECT count(*) FROM archive").fetchone() == (1,)
    assert nongrata("ledger", "check").code == 0
    done = nongrata("read", server.url("/1"), "--private", server.authority, "--format", "jsonl")
    assert done.rows[0]["claims"][0]["count"] == [5, 5]
    done = nongrata("read", server.url("/1"))
    assert (done.code, done.err.count("\n"), "is not public" in done.err) == (1, 1, True)
    assert nongrata("ingest", server.url("/none"), "--private", server.authority).code == 1


class Enough(BaseException):
    """Ends a watch."""


def test_a_watch_goes_on_and_tells_what_is_new(nongrata, server, tmp_path, monkeypatch, capsys):
    """A ledger that is busy costs a round; a round without news is silent; what fails thrice is given up."""
    feed(server, "/feed", "/1", "/gone")
    article(server, "/1", 5)
    rounds = []

    def sleep(due):
        rounds.append(due)
        if len(rounds) == 2:
            feed(server, "/feed", "/1", "/2", "/gone")
            article(server, "/2", 6)
        if len(rounds) == 7:
            raise Enough

    busy = [LedgerError("the ledger is busy: wait")]
    added = Ledger.add

    def add(self, *words, **more):
        if busy:
            raise busy.pop()
        return added(self, *words, **more)

    monkeypatch.setattr("nongrata.cli.watch._sleep_until", sleep)
    monkeypatch.setattr(Ledger, "add", add)
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{server.url("/feed")}"\nminutes = 0\n')
    with pytest.raises(Enough):
        nongrata("watch", "feeds.toml", "--pause", "0", "--private", server.authority)
    told = [line.split("  ", 1)[1] for line in capsys.readouterr().err.splitlines()]
    gone = f"{server.url('/gone')}: "
    assert [words.removeprefix(gone) for words in told] == [
        "the ledger is busy: wait; the articles of this round are tried again",
        "1 of 1 feed: 1 new report, 1 claim",
        f"{server.url('/gone')} answered 404; try again later or leave it out",
        "1 of 1 feed: 1 new report, 1 claim",
        f"{server.url('/gone')} answered 404; try again later or leave it out",
        "1 of 1 feed: 0 new reports, 0 claims",
        f"given up after 3 tries: {server.url('/gone')} answered 404; try again later or leave it out",
    ]
    assert rounds[0] - datetime.now(UTC) > timedelta(seconds=40)
    with sqlite3.connect(tmp_path / "test.db") as ledger:
        assert ledger.execute("SELECT count(*) FROM runs").fetchone() == (3,)


def test_a_ledger_that_stays_busy_ends_a_watch(nongrata, server, tmp_path, monkeypatch):
    feed(server, "/feed", "/1")
    article(server, "/1", 5)
    waits = []

    def add(self, *words, **more):
        raise LedgerError("the ledger is busy: wait")

    monkeypatch.setattr("nongrata.cli.watch._sleep_until", waits.append)
    monkeypatch.setattr(Ledger, "add", add)
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{server.url("/feed")}"\n')
    done = nongrata("watch", "feeds.toml", "--pause", "0", "--private", server.authority)
    assert (done.code, len(waits)) == (1, 4)
    assert done.err.splitlines()[-1] == "nongrata: the ledger is busy: wait"
    assert nongrata("watch", "feeds.toml", "--once", "--pause", "0", "--private", server.authority).code == 1
