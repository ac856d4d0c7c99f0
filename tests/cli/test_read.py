from __future__ import annotations

import io
import json
import sys
import types

import pytest

CONTRACT = {
    "type", "subtype", "actor", "actor_state", "target", "target_state", "actors", "count", "share", "when",
    "factuality", "realis", "scope", "source_chain", "origin_role", "origin_state", "background", "trigger",
    "sentence", "spans", "when_text", "count_text", "confidence", "reader",
}  # fmt: skip


def test_jsonl_keeps_the_contract(nongrata, story):
    done = nongrata("read", str(story), "--format", "jsonl")
    assert done.code == 0
    assert [list(row) for row in done.rows] == [["id", "published", "publisher", "claims"]] * 4
    assert [len(row["claims"]) for row in done.rows] == [1, 1, 0, 2]
    first = done.rows[0]
    assert (first["id"], first["published"], first["publisher"]) == ("gazette-1", "2024-03-05", "Harbour Gazette")
    claim = first["claims"][0]
    assert set(claim) == CONTRACT
    assert claim["count"] == [21, 21]
    assert claim["source_chain"] == ["Minister of BE", "Harbour Gazette"]
    begin, end = claim["spans"]["trigger"]
    assert json.loads(story.read_text().splitlines()[0])["text"][begin:end] == "expelled"


def test_output_goes_to_a_file(nongrata, story, tmp_path):
    done = nongrata("read", str(story), "--format", "jsonl", "--output", "out.jsonl")
    assert (done.code, done.out) == (0, "")
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 4


def test_a_file_is_left_alone_when_reading_breaks_off(nongrata, tmp_path):
    (tmp_path / "out.jsonl").write_text("kept\n")
    assert nongrata("read", "missing.txt", "--output", "out.jsonl").code == 1
    assert (tmp_path / "out.jsonl").read_text() == "kept\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl"]


def test_reports_without_a_day_are_told_once(nongrata, story, tmp_path):
    assert "no day of publication" not in nongrata("read", str(story)).err
    (tmp_path / "two.jsonl").write_text('{"text": "BE expelled 21 RU envoys."}\n{"text": "DE expelled 4 IR envoys."}\n')
    hint = 'nongrata: 2 reports have no day of publication: what "on Monday" means there is unknown; give --published'
    assert nongrata("read", "two.jsonl", "--format", "jsonl").err.count(hint) == 1
    assert "1 report has no day" in nongrata("read", "two.jsonl", "--limit", "1").err
    assert "no day" not in nongrata("read", "two.jsonl", "--published", "2024-03-05").err


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_view_fits_and_shows_everything(nongrata, story, columns):
    done = nongrata("read", str(story), columns=columns)
    lines = done.out.splitlines()
    assert max(map(len, lines)) <= columns
    words = " ".join(done.out.split())
    for shown in ("Brussels sends envoys home", "BE → RU", "21", "2024-03-05", "certain", "‹expelled›", "no claim"):
        assert shown in words
    assert lines[-1] == "4 claims in 4 reports, 1 without any"
    assert "\x1b" not in done.out


def test_plain_text_with_publisher_and_day(nongrata, tmp_path):
    (tmp_path / "page.txt").write_text("BE expelled 21 RU envoys.\n")
    done = nongrata("read", "page.txt", "--publisher", "Lantern", "--published", "2024-03-05", "--format", "jsonl")
    row = done.rows[0]
    assert (row["publisher"], row["published"]) == ("Lantern", "2024-03-05")
    assert row["claims"][0]["source_chain"][-1] == "Lantern"


def test_standard_input(nongrata, story, monkeypatch):
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(story.read_bytes())))
    assert len(nongrata("read", "-", "--format", "jsonl").rows) == 4


def test_bad_lines_are_counted_and_named(nongrata, tmp_path):
    (tmp_path / "some.jsonl").write_text('{"text": "BE expelled 21 RU envoys."}\n{"text": \n{"id": 3}\n')
    done = nongrata("read", "some.jsonl", "--format", "jsonl")
    assert done.code == 0
    assert len(done.rows) == 1
    assert "2 skipped" in done.err
    assert "line 2" in done.err
    assert "line 3" in done.err


@pytest.mark.parametrize(
    ("name", "data"),
    [("none.txt", None), ("empty.txt", b""), ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(300))],
)
def test_unreadable_input_is_one_line_and_exit_code_1(nongrata, tmp_path, name, data):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = nongrata("read", name)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("nongrata: ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("read",),
        ("read", "x", "--format", "xml"),
        ("read", "x", "--published", "5 March"),
        ("unknown",),
        ("--nothing",),
    ],
)
def test_wrong_usage_is_exit_code_2(nongrata, words):
    done = nongrata(*words)
    assert done.code == 2
    assert done.out == ""


def test_the_rate_is_told_and_reading_stops_at_the_limit(nongrata, story):
    done = nongrata("read", str(story), "--limit", "2", "--format", "jsonl")
    assert (done.code, len(done.rows)) == (0, 2)
    assert "2 reports in" in done.err
    assert "reports/s" in done.err
