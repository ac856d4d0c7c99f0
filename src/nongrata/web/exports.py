"""What is shown, for other programs: the rows of a filter or of a page as CSV, JSON lines or GeoJSON, streamed."""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

import msgspec

from nongrata.ledger import ClaimFilter, IncidentFilter, LedgerView
from nongrata.model import Claim, Incident
from nongrata.publishing import csvfile, geojson, jsonl
from nongrata.publishing.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, claim_rows
from nongrata.publishing.losses import LossList
from nongrata.publishing.sinks import Sink
from nongrata.publishing.snapshot import Snapshot, Telling, snapshot

Write = Callable[[Snapshot, Sink], object]
_WAITING, _CHUNK = 16, 1 << 16


@dataclass(frozen=True, slots=True)
class Kind:
    """A form in which rows leave: its media type, the ending of a file, and how a snapshot is written."""

    media_type: str
    ending: str
    write: Write


def _told(done: int) -> None:
    """Nobody waits for progress."""


def _incident_lines(taken: Snapshot, sink: Sink) -> None:
    for telling in taken.incidents():
        sink.write(msgspec.json.encode(telling.incident.to_dict()) + b"\n")


def _claim_lines(taken: Snapshot, sink: Sink) -> None:
    jsonl.write_jsonl(taken, sink, LossList(), _told)


INCIDENTS: Mapping[str, Kind] = {
    "csv": Kind("text/csv", "csv", lambda taken, sink: csvfile.write_incidents(taken, sink, LossList(), _told)),
    "jsonl": Kind("application/x-ndjson", "jsonl", _incident_lines),
    "geojson": Kind(
        "application/geo+json", "geojson", lambda taken, sink: geojson.write_geojson(taken, sink, LossList(), _told)
    ),
}
"""How all incidents of a filter leave."""
CLAIMS: Mapping[str, Kind] = {
    "csv": Kind("text/csv", "csv", lambda taken, sink: csvfile.write_claims(taken, sink, LossList(), _told)),
    "jsonl": Kind("application/x-ndjson", "jsonl", _claim_lines),
}
"""How all claims of a filter leave."""


def streamed(
    view: LedgerView, kind: Kind, only: ClaimFilter | None = None, incidents: IncidentFilter | None = None
) -> Iterator[bytes]:
    """All rows of a filter, while they are written: memory does not grow with them; who leaves stops the writing."""
    pipe = _Pipe()

    def work() -> None:
        try:
            with snapshot(view, only or ClaimFilter(), incidents=incidents) as taken:
                kind.write(taken, Sink(cast(BinaryIO, pipe)))
            pipe.end(None)
        except _GoneError:
            return
        except Exception as error:  # it is raised again where the stream is read
            pipe.end(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield from pipe.chunks()
    finally:
        pipe.leave()
        thread.join(5)


def page_of_incidents(view: LedgerView, format: str, found: Sequence[Incident]) -> bytes:
    """Some incidents in a form of ``INCIDENTS``."""
    if format == "jsonl":
        return b"".join(msgspec.json.encode(incident.to_dict()) + b"\n" for incident in found)
    with snapshot(view, ClaimFilter()) as taken:
        tellings = taken.tellings(found)
    if format == "geojson":
        return msgspec.json.encode({"type": "FeatureCollection", "features": [geojson.feature(t) for t in tellings]})
    return _csv(tellings)


def page_of_claims(view: LedgerView, format: str, found: Sequence[Claim]) -> bytes:
    """Some claims in a form of ``CLAIMS``; as JSON lines one report a line, as ``nongrata import`` takes them."""
    with snapshot(view, ClaimFilter()) as taken:
        readings = list(taken.readings_of(claim.key for claim in found))
    if format == "jsonl":
        return b"".join(msgspec.json.encode(jsonl.reading_object(reading)) + b"\n" for reading in readings)
    buffer = io.BytesIO()
    csvfile.write_rows(claim_rows(readings), CLAIM_COLUMNS, Sink(buffer), LossList(), _told)
    return buffer.getvalue()


def _csv(tellings: Sequence[Telling]) -> bytes:
    buffer = io.BytesIO()
    csvfile.write_rows(tellings, INCIDENT_COLUMNS, Sink(buffer), LossList(), _told)
    return buffer.getvalue()


class _GoneError(Exception):
    """Nobody reads the stream any more."""


class _Pipe:
    """What one thread writes and another reads; the writer waits when the reader is slow."""

    def __init__(self) -> None:
        self._queue: queue.Queue[bytes | Exception | None] = queue.Queue(_WAITING)
        self._buffer = bytearray()
        self._left = threading.Event()

    def write(self, data: bytes) -> None:
        self._buffer += data
        if len(self._buffer) >= _CHUNK:
            self._put(bytes(self._buffer))
            self._buffer.clear()

    def end(self, error: Exception | None) -> None:
        if self._buffer:
            self._put(bytes(self._buffer))
        self._put(error)

    def leave(self) -> None:
        self._left.set()

    def chunks(self) -> Iterator[bytes]:
        while (found := self._queue.get()) is not None:
            if isinstance(found, Exception):
                raise found
            yield found

    def _put(self, what: bytes | Exception | None) -> None:
        while not self._left.is_set():
            try:
                self._queue.put(what, timeout=0.2)
            except queue.Full:
                continue
            return
        raise _GoneError
