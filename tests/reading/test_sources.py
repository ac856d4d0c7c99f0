"""Files, folders and streams: every kind gives the same reports, and errors say what to do."""

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from nongrata.ledger.claimfile import read_claims
from nongrata.model import InputError
from nongrata.reading import Limits, ReadingStats, open_reports
from nongrata.reading.plain import parse_text
from nongrata.reading.sources import sniff

TEXT = "Two envoys left on Friday."
PAGE = f"<html><body><nav>Home</nav><p>{TEXT}</p></body></html>"


class Lines(io.RawIOBase):
    """A stream made as it is read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks
        self.rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self.rest = self.rest or next(self.chunks, b"")
        taken, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)


def texts(source: Path | str, **options) -> list[str]:
    return [report.text for report in open_reports(source, **options)]


def jsonl(*records: dict[str, object]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_jsonl_fields(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "text": TEXT,
        "title": "Envoys leave",
        "publisher": "Quay Post",
        "published": "2024-03-05T23:10:00+01:00",
        "url": "https://quay.example/1",
        "lang": "en",
        "sources": ["Northern Wire via Quay Post"],
        "topics": None,
        "other": {"x": 1},
    }
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl(record))
    (report,) = open_reports(path)
    assert (report.id, report.title, report.publisher) == ("7", "Envoys leave", "Quay Post")
    assert (report.published, report.published_from) == (date(2024, 3, 5), "given")
    assert (report.sources, report.topics) == (("Northern Wire via Quay Post",), ())


def test_a_bad_line_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf"
        + jsonl({"text": TEXT})
        + b"{broken\n\n[1]\n"
        + jsonl({"title": "no text"}, {"text": 5})
        + b'{"text": "\xff"}\n'
        + b'{"text": "last"}'
    )
    stats = ReadingStats()
    assert texts(path, stats=stats) == [TEXT, "last"]
    assert (stats.reports, stats.skipped_count) == (2, 5)
    assert [skipped.line for skipped in stats.skipped] == [2, 4, 5, 6, 7]
    assert str(stats.skipped[2]) == f"{path}, line 5: it has neither text nor html"


def test_unreadable_date_is_flagged(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl({"text": TEXT, "published": "soon"}))
    (report,) = open_reports(path)
    assert (report.published, report.flags) == (None, ("published-unreadable",))


def test_a_line_over_the_limit_is_never_held() -> None:
    megabyte = b"a" * (1 << 20)

    def chunks() -> Iterator[bytes]:
        yield jsonl({"text": "first"})
        yield b'{"text": "'
        yield from (megabyte for _ in range(40))
        yield b'"}\n' + jsonl({"text": "last"})

    stats = ReadingStats()
    tracemalloc.start()
    found = texts("-", stats=stats, stdin=io.BufferedReader(Lines(chunks())), limits=Limits(line=1 << 20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == ["first", "last"]
    assert [(skipped.line, skipped.reason) for skipped in stats.skipped] == [(2, "the line is longer than 1 MiB")]
    assert peak < 12 << 20


LONG = "Envoys left. " * 80_000


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.jsonl", jsonl({"text": LONG}, {"html": f"<p>{LONG}</p>"}, {"html": "<p></p>"}, {"text": TEXT}), 1),
        ("a.csv", f"text,html\n{LONG},\n,<p>{LONG}</p>\n,<p></p>\n{TEXT},\n".encode(), 2),
    ],
)
def test_a_report_that_is_too_long_or_empty_costs_itself(tmp_path: Path, name: str, data: bytes, line: int) -> None:
    (tmp_path / name).write_bytes(data)
    stats = ReadingStats()
    assert texts(tmp_path / name, stats=stats) == [TEXT]
    too_long = "the text is longer than 1,000,000 characters; split it into its reports"
    assert [(skipped.line, skipped.reason) for skipped in stats.skipped[:2]] == [(line, too_long), (line + 1, too_long)]
    assert "no text is found" in stats.skipped[2].reason
    assert stats.reasons[too_long] == 2
    assert stats.skipped_count == 3


def test_a_text_that_is_too_long_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "all.txt"
    path.write_text(LONG)
    with pytest.raises(InputError, match=r"all\.txt: the text is longer than 1,000,000 characters; split it"):
        texts(path)
    (tmp_path / "b.txt").write_text(TEXT)
    stats = ReadingStats()
    assert texts(tmp_path, stats=stats) == [TEXT]
    assert "all.txt: the text is longer" in stats.skipped[0].reason
    assert parse_text(LONG[:1_000_000]).blocks


def test_skips_are_counted_but_not_all_kept() -> None:
    stats = ReadingStats()
    assert texts("-", stats=stats, stdin=io.BytesIO(jsonl({"text": TEXT}) + b"{\n" * 500)) == [TEXT]
    assert (stats.skipped_count, len(stats.skipped), stats.reasons) == (500, 100, {"not a report in JSON": 500})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TEXT.encode()),
        ("a.md", TEXT.encode()),
        ("a.txt", b"\xef\xbb\xbf" + TEXT.encode()),
        ("a.txt", TEXT.encode("utf-16")),
        ("a.txt", TEXT.encode("utf-32")),
        ("a.txt.gz", gzip.compress(TEXT.encode(), mtime=0)),
        ("a.jsonl", jsonl({"text": TEXT})),
        ("a.jsonl.gz", gzip.compress(jsonl({"text": TEXT}), mtime=0)),
        ("a.unknown", TEXT.encode()),
        ("a.unknown", jsonl({"text": TEXT})),
        ("a.csv", f'text,published\n"{TEXT}",2024-03-05\n'.encode()),
        ("a.csv", f"published;text\n2024-03-05;{TEXT}\n".encode("utf-16")),
        ("a.html", PAGE.encode("utf-16")),
        ("a.htm", PAGE.encode()),
        ("a.unknown", b"<!-- x -->\n<!DOCTYPE html>\n" + PAGE.encode()),
        ("a.jsonl", jsonl({"html": PAGE})),
        ("a.csv", f"html,id\n{PAGE},1\n".encode()),
        ("a.tsv", f"text\ttitle\n{TEXT}\tLeft\n".encode()),
    ],
)
def test_kinds_of_files(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert texts(path) == [TEXT]
    assert texts(tmp_path) == [TEXT]


def test_csv_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f'Text,Sources,other\n"{TEXT}\nThey took a train.","Wire; Post",x\n,,y\n\n,Post,z\n', encoding="utf-8"
    )
    stats = ReadingStats()
    (report,) = open_reports(path, stats=stats)
    assert report.text == f"{TEXT}\nThey took a train."
    assert report.sources == ("Wire", "Post")
    assert [(skipped.line, skipped.reason) for skipped in stats.skipped] == [
        (4, "it has neither text nor html"),
        (6, "it has neither text nor html"),
    ]


def test_folder_is_read_in_order_and_bad_files_cost_themselves(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text("hidden")
    (tmp_path / "b" / "2.txt").write_text("second")
    (tmp_path / "a.txt").write_text("first")
    (tmp_path / "c.txt").write_text("third")
    (tmp_path / "z.pdf").write_bytes(b"%PDF-1.7\n%\x00")
    (tmp_path / "y.txt").write_bytes(b"")
    stats = ReadingStats()
    assert texts(tmp_path, stats=stats) == ["first", "second", "third"]
    assert stats.skipped_count == 2
    assert "is empty" in stats.skipped[0].reason
    assert "a PDF" in stats.skipped[1].reason


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \n\n", "nothing but white space"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00", "a PNG image"),
        ("a.bin", bytes(range(256)), "a binary file"),
        ("a.txt", b"Envoys\nleave caf\xe9 today", r"not UTF-8: byte 0xe9 at position 16 \(line 2\)"),
        ("a.txt.gz", gzip.compress(TEXT.encode() * 900, mtime=0)[:-20], "damaged gzip"),
        ("a.jsonl", jsonl({"text": TEXT}).decode().encode("utf-16"), "not in UTF-8"),
        ("a.html", b"<html><script>app()</script></html>", "a.html: no text is found"),
        ("a.csv", b"headline,body\na,b\n", "no column called text or html"),
        ("a.csv", b"text\ncaf\xe9\n", "not utf-8"),
        ("a.txt", b"x" * 30_001, "larger than 30000 bytes"),
    ],
)
def test_errors_of_a_file(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        texts(path, limits=Limits(document=30_000))


def test_errors_of_a_path(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        open_reports(tmp_path / "none.txt")
    with pytest.raises(InputError, match="holds no files"):
        texts(tmp_path)
    with pytest.raises(InputError, match="is not public"):
        texts("http://127.0.0.1/page.html")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="cannot be opened"):
        texts("memory://bucket/none.warc.gz")  # type: ignore[arg-type]
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n%\x00")
    with pytest.raises(InputError, match="holds no readable report"):
        texts(tmp_path)


def test_named_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Посол уехал.".encode("windows-1251"))
    assert texts(path, encoding="windows-1251") == ["Посол уехал."]
    with pytest.raises(InputError, match="no encoding is called"):
        texts(path, encoding="klingon")


def test_standard_input_is_sniffed() -> None:
    assert texts("-", stdin=io.BytesIO(jsonl({"text": "a"}, {"text": "b"}))) == ["a", "b"]
    assert texts("-", stdin=io.BytesIO(TEXT.encode())) == [TEXT]
    assert texts("-", stdin=io.BytesIO(gzip.compress(TEXT.encode()))) == [TEXT]
    with pytest.raises(InputError, match="standard input is empty"):
        texts("-", stdin=io.BytesIO(b""))


def test_sniffing() -> None:
    assert sniff(b'\xef\xbb\xbf {"text": 1}') == "jsonl"
    assert sniff(b"A text { with a brace") == "text"
    assert sniff(b"<?xml version='1.0'?>\n<html>") == "html"
    assert sniff(b"<a> is a tag") == "text"


def test_an_archive_on_the_web_is_not_fetched_whole() -> None:
    with pytest.raises(InputError, match="download it and give the file"):
        list(open_reports("https://crawl.example/2024/day.warc.gz?part=1"))


def test_archives_in_an_object_store() -> None:
    fsspec = pytest.importorskip("fsspec")
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Two envoys were expelled on Friday, she said.</p>"
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {len(answer)}\r\n\r\n".encode()
    with fsspec.open("memory://bucket/day.warc.gz", "wb") as out:
        out.write(gzip.compress(head + answer + b"\r\n\r\n"))
    assert [report.text for report in open_reports("memory://bucket/day.warc.gz")] == [
        "Two envoys were expelled on Friday, she said."
    ]


def test_json_that_nests_too_deep_costs_its_line_alone(tmp_path: Path) -> None:
    deep = b'{"id": "a", "text": "x", "more": ' + b"[" * 200_000
    (tmp_path / "deep.jsonl").write_bytes(deep + b'\n{"text": "Two envoys left on Friday."}\n')
    stats = ReadingStats()
    assert [report.text for report in open_reports(tmp_path / "deep.jsonl", stats=stats)] == [
        "Two envoys left on Friday."
    ]
    assert stats.reasons == {"it nests too deep": 1}
    (tmp_path / "claims.jsonl").write_bytes(
        b'{"id": "a", "claims": ' + b"[" * 200_000 + b'\n{"id": "b", "claims": []}\n'
    )
    assert [report.id for report, _ in read_claims(tmp_path / "claims.jsonl", stats)] == ["b"]
