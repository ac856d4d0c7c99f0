"""The archive of bytes as fetched, and what a watch remembers."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nongrata.ledger import Ledger, LedgerMemory, LedgerView
from nongrata.ledger.upkeep import backup, check, merge
from nongrata.reading.fetching import Fetched
from nongrata.reading.watching import FeedState
from tests.ledger.helpers import FakeReader, report

NOON = datetime(2024, 3, 5, 12, tzinfo=UTC)
PAGE = "<p>They said “dozens”.</p>".encode() + bytes(range(256)) * 40


def answer(body: bytes = PAGE, url: str = "https://example.org/1", at: datetime = NOON) -> Fetched:
    return Fetched(url, 200, {"content-type": "text/html; charset=utf-8"}, body, at)


@pytest.fixture
def ledger(place):
    with Ledger.open(place) as opened:
        yield opened


def archived_report(ledger):
    """Archive a page and add the report read from it; the page's SHA-256."""
    LedgerMemory(ledger).archive(answer())
    one = replace(report(1), archived_sha256=answer().sha256)
    ledger.add(ledger.start_run("watch"), [(one, FakeReader().read(one))], "fake 1")
    return answer().sha256


def test_bytes_come_back_as_they_were_fetched(ledger):
    name = archived_report(ledger)
    assert ledger.reports(["r1"])["r1"].archived_sha256 == name
    kept = ledger.archived(name)
    assert kept.body == PAGE
    assert (kept.url, kept.at, kept.content_type) == ("https://example.org/1", NOON, "text/html; charset=utf-8")
    assert ledger.archived("0" * 64) is None
    assert check(ledger) == []


def test_the_same_bytes_are_kept_once_with_every_fetch(ledger):
    memory = LedgerMemory(ledger)
    memory.archive(answer(at=NOON + timedelta(days=1)))
    memory.archive(answer())
    memory.archive(answer(url="https://example.org/copy", at=NOON + timedelta(days=2)))
    with ledger.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM archive").scalar() == 1
        assert connection.exec_driver_sql("SELECT count(*) FROM fetches").scalar() == 3
    assert ledger.archived(answer().sha256).at == NOON


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (zlib.compress(PAGE[:-1] + b"!"), "is not the one that was fetched: its SHA-256 differs"),
        (zlib.compress(PAGE + b"more"), "is not the one that was fetched"),
        (zlib.compress(bytes(50_000_000)), "is not the one that was fetched"),
        (b"no zlib at all", "cannot be unpacked"),
    ],
)
def test_check_verifies_every_archived_body(ledger, body, words):
    import sqlalchemy as sa

    from nongrata.ledger import schema

    name = archived_report(ledger)
    LedgerMemory(ledger).archive(answer(b"another"))
    with ledger.writing() as connection:
        connection.execute(sa.update(schema.archive).where(schema.archive.c.sha256 == name).values(body=body))
    faults = check(ledger)
    assert len(faults) == 1
    assert name in faults[0]
    assert words in faults[0]


def test_check_finds_a_report_whose_page_is_gone(ledger):
    archived_report(ledger)
    with ledger.writing() as connection:
        connection.exec_driver_sql("DELETE FROM fetches")
        connection.exec_driver_sql("DELETE FROM archive")
    assert check(ledger) == ["the archived page of report r1 is not there"]


def test_the_archive_goes_into_backups_and_merges_once(ledger, tmp_path):
    name = archived_report(ledger)
    backup(ledger, tmp_path / "copy.db")
    with LedgerView.open(tmp_path / "copy.db") as copy, Ledger.open(tmp_path / "team.db") as team:
        assert copy.archived(name).body == PAGE
        assert [merge(team, copy)["bodies"], merge(team, copy)["bodies"]] == [1, 0]
        assert team.archived(name).url == "https://example.org/1"
        assert check(team) == []
        with team.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM fetches").scalar() == 1


def test_a_watch_remembers_in_the_ledger(ledger, place):
    memory = LedgerMemory(ledger)
    url = "https://example.org/feed.xml?" + "x" * 9000
    assert memory.feed_state(url) == FeedState(url)
    state = FeedState(url, '"tag"', "Tue, 05 Mar 2024 12:00:00 GMT", NOON, 2, "answered 503")
    memory.keep_feed_state(FeedState(url))
    memory.keep_feed_state(state)
    assert not memory.is_seen(url)
    memory.mark_seen(url)
    memory.mark_seen(url)
    with Ledger.open(place) as again:
        remembered = LedgerMemory(again)
        assert remembered.feed_state(url) == state
        assert remembered.feed_states() == [state]
        assert remembered.is_seen(url)
        assert not remembered.is_seen(url + "y")
