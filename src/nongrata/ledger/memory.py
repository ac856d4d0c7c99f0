"""What a watch of feeds remembers, kept in the ledger: the state of each feed, articles seen, the archive."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.archive import keep_body
from nongrata.ledger.writer import Ledger
from nongrata.model.keeping import keepable
from nongrata.reading.fetching import Fetched
from nongrata.reading.watching import FeedState


class LedgerMemory:
    """A ``WatchMemory`` in a ledger. Each note is a transaction of its own: when a call returns it is on disk."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def feed_state(self, url: str) -> FeedState:
        """The state of a feed; a fresh one for a feed never looked at."""
        f = schema.feeds
        with self._ledger.reading() as connection:
            row = connection.execute(sa.select(f).where(f.c.url_sha256 == _key(url))).first()
        if row is None:
            return FeedState(url)
        return FeedState(url, row.etag, row.last_modified, row.due, row.failures, row.problem)

    def feed_states(self) -> list[FeedState]:
        """Every feed that was ever looked at, by address."""
        f = schema.feeds
        with self._ledger.reading() as connection:
            rows = connection.execute(sa.select(f).order_by(f.c.url)).all()
        return [FeedState(r.url, r.etag, r.last_modified, r.due, r.failures, r.problem) for r in rows]

    def keep_feed_state(self, state: FeedState) -> None:
        """Remember a state."""
        f, key = schema.feeds, _key(state.url)
        row = {
            "url_sha256": key,
            "url": state.url,
            "etag": state.etag,
            "last_modified": state.last_modified,
            "due": state.due,
            "failures": state.failures,
            "problem": state.problem,
        }
        with self._ledger.writing() as connection:
            if not connection.execute(f.update().where(f.c.url_sha256 == key).values(row)).rowcount:
                connection.execute(f.insert(), row)

    def is_seen(self, url: str) -> bool:
        """True when the article was handed out before."""
        s = schema.seen_articles
        with self._ledger.reading() as connection:
            return connection.scalar(sa.select(s.c.url_sha256).where(s.c.url_sha256 == _key(url))) is not None

    def mark_seen(self, url: str) -> None:
        """Remember that the article was handed out."""
        s, key = schema.seen_articles, _key(url)
        with self._ledger.writing() as connection:
            if connection.scalar(sa.select(s.c.url_sha256).where(s.c.url_sha256 == key)) is None:
                connection.execute(s.insert(), {"url_sha256": key, "url": url, "at": datetime.now(UTC)})

    def archive(self, answer: Fetched) -> None:
        """Keep the raw bytes of an article under their SHA-256, with where and when they were fetched."""
        with self._ledger.writing() as connection:
            keep_body(connection, answer)


def _key(url: str) -> str:
    return hashlib.sha256(keepable(url).encode()).hexdigest()
