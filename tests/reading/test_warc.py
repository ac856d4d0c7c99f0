"""WARC archives: damage costs the record it hits, and a reading goes on where it stopped."""

import gzip
import io
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nongrata.model import InputError
from nongrata.reading import Limits, ReadingStats, members, open_reports
from nongrata.reading.warc import WarcReport, read_warc

WORDS = "The ministry said that envoys of number {} were expelled on Friday, {}."


@pytest.fixture(params=["isal", "zlib"], autouse=True)
def unpacker(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to unpack give the same."""
    if request.param == "isal":
        pytest.importorskip("isal")
    else:
        monkeypatch.setattr(members, "unpacker", members._Zlib)


def record(number: int, *, body: bytes | None = None, head: str = "HTTP/1.1 200 OK", kind: str = "response") -> bytes:
    filler = " ".join(str(hash((number, place))) for place in range(20))
    page = f"<html><body><p>{WORDS.format(number, filler)}</p></body></html>".encode() if body is None else body
    answer = f"{head}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + page
    fields = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://quay.example/{number}\r\n"
        f"WARC-Date: 2024-03-05T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return fields.encode() + answer + b"\r\n\r\n"


def archive(packed: bool, records: list[bytes]) -> bytes:
    return b"".join(gzip.compress(item) if packed else item for item in records)


def read(data: bytes, **options) -> tuple[list[WarcReport], ReadingStats]:
    stats = ReadingStats()
    return list(read_warc(io.BytesIO(data), name="a.warc", stats=stats, **options)), stats


def numbers(found: list[WarcReport]) -> list[int]:
    return [int((item.report.url or "").rsplit("/", 1)[1]) for item in found]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_read(packed: bool) -> None:
    data = archive(packed, [record(0, kind="request"), *(record(number) for number in range(1, 5))])
    found, stats = read(data)
    assert numbers(found) == [1, 2, 3, 4]
    assert found[0].report.publisher == "quay.example"
    assert "envoys of number 1" in found[0].report.text
    assert (stats.reports, stats.skipped_count) == (4, 0)


def test_other_answers_are_passed_over() -> None:
    gone = record(1, head="HTTP/1.1 404 Not Found")
    picture = record(2).replace(b"text/html; charset=utf-8", b"image/png               ")
    empty = record(3, body=b"<html></html>")
    found, stats = read(archive(False, [gone, picture, empty, record(4)]))
    assert numbers(found) == [4]
    assert stats.reasons == {"unreadable page": 1}


def test_packed_answers_are_unpacked_within_the_limit() -> None:
    page = gzip.compress(f"<p>{WORDS.format(1, '')}</p>".encode())
    bomb = gzip.compress(bytes(5 << 20))
    head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip"
    found, stats = read(
        archive(True, [record(1, body=page, head=head), record(2, body=bomb, head=head), record(3)]),
        limits=Limits(document=1 << 20),
    )
    assert numbers(found) == [1, 3]
    assert stats.reasons == {"over the limit": 1}


def test_too_large_records_are_skipped() -> None:
    found, stats = read(archive(False, [record(1, body=b"x" * 5000), record(2)]), limits=Limits(document=2000))
    assert numbers(found) == [2]
    assert stats.reasons == {"over the limit": 1}


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_off_archive(packed: bool) -> None:
    data = archive(packed, [record(number) for number in range(5)])
    found, stats = read(data[:-150])
    assert numbers(found) == [0, 1, 2, 3]
    assert stats.skipped_count == 1


@pytest.mark.parametrize("packed", [False, True])
def test_damage_in_the_middle_costs_one_record(packed: bool) -> None:
    records = [record(number) for number in range(9)]
    before, hit = len(archive(packed, records[:4])), len(archive(packed, records[4:5]))
    data = bytearray(archive(packed, records))
    begin = before + hit // 3 if packed else before
    data[begin : begin + 12] = b"\x55" * 12
    found, stats = read(bytes(data))
    assert numbers(found) == [0, 1, 2, 3, 5, 6, 7, 8]
    assert stats.reasons == {"damaged record": stats.skipped_count}


@pytest.mark.parametrize("packed", [False, True])
def test_reading_goes_on_after_any_record(packed: bool) -> None:
    data = archive(packed, [record(number) for number in range(6)])
    found, _ = read(data)
    for number, item in enumerate(found):
        rest, _ = read(data, after=item.offset)
        assert numbers(rest) == list(range(number + 1, 6))


def test_gate_and_progress() -> None:
    offsets: list[int] = []
    data = archive(False, [record(number) for number in range(6)])
    found, _ = read(data, gate=lambda answer: b"number 3" in answer, progress=offsets.append)
    assert numbers(found) == [3]
    assert len(offsets) == 6
    assert offsets == sorted(offsets)


def test_a_day_after_the_fetch_is_flagged() -> None:
    page = f'<meta property="article:published_time" content="2031-01-01"><p>{WORDS.format(1, "")}</p>'.encode()
    found, _ = read(record(1, body=page))
    assert (found[0].report.published, found[0].report.flags) == (date(2031, 1, 1), ("published-in-the-future",))


@pytest.mark.parametrize("data", [b"", b"hello", b"\x1f\x8b\x08nonsense"])
def test_what_is_no_archive(data: bytes) -> None:
    if data.startswith(b"\x1f\x8b"):
        assert read(data)[0] == []
        return
    with pytest.raises(InputError, match="no WARC file"):
        read(data)


def test_archive_from_disk(tmp_path: Path) -> None:
    for name, packed in (("a.warc", False), ("b.warc.gz", True)):
        (tmp_path / name).write_bytes(archive(packed, [record(1), record(2)]))
        assert len(list(open_reports(tmp_path / name))) == 2
    assert len(list(open_reports(tmp_path))) == 4
    dull = record(3, body=b"<p>There was cake for everybody who came to the square.</p>")
    (tmp_path / "c.warc").write_bytes(archive(False, [record(1), dull]))
    assert len(list(open_reports(tmp_path / "c.warc"))) == 1


def test_an_archive_packed_as_one_and_records_that_share_a_member() -> None:
    records = [record(number) for number in range(6)]
    assert numbers(read(gzip.compress(b"".join(records)))[0]) == [0, 1, 2, 3, 4, 5]
    pairs = b"".join(gzip.compress(a + b) for a, b in zip(records[::2], records[1::2], strict=True))
    assert numbers(read(pairs + gzip.compress(record(6)))[0]) == [0, 1, 2, 3, 4, 5, 6]


def test_large_members_and_signatures_within_them() -> None:
    noise = random.Random(5).randbytes  # noqa: S311
    page = f"<p>{WORDS.format(2, '')}</p>".encode()
    large = [record(1, body=page + noise(size).hex().encode()) for size in (70_000, 300_000, 1_500_000)]
    stored = gzip.compress(record(2, body=page * 40 + b"\x1f\x8b\x08 and \x1f\x8b\x08"), 0)
    found, stats = read(gzip.compress(large[0]) + stored + gzip.compress(large[1]) + gzip.compress(large[2]) + stored)
    assert numbers(found) == [1, 2, 1, 1, 2]
    assert stats.skipped_count == 0


def test_a_bomb_is_no_answer() -> None:
    bomb = gzip.compress(record(1, body=bytes(60 << 20)))
    found, stats = read(bomb + gzip.compress(record(2)), limits=Limits(document=1 << 20))
    assert numbers(found) == [2]
    assert stats.reasons == {"over the limit": 1}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.booleans(), st.integers(0, 6000), st.binary(min_size=1, max_size=40))
def test_any_damage_is_survived(packed: bool, place: int, noise: bytes) -> None:
    data = bytearray(archive(packed, [record(number) for number in range(6)]))
    place %= len(data)
    data[place : place + len(noise)] = noise
    try:
        found, _ = read(bytes(data))
    except InputError:
        assert place < 8
        return
    assert len(found) >= 3
