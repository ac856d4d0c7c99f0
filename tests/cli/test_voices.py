"""``nongrata voices``: attributions on screen and as JSON lines."""

from __future__ import annotations

import json

import pytest

TEXT = (
    "Ada Lindqvist said the cable was cut on purpose. "
    "“The minister told me that nobody knew,” Bo Ternholt said on Monday.\n"
    "According to the port authority, two ships were near."
)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps({"id": "r1", "text": TEXT, "publisher": "The Lantern"}) + "\n")
    return path


def told(row):
    return [
        tuple(" ".join(TEXT[b:e] for b, e in one[role]) for role in ("source", "cue", "content"))
        for one in row["attributions"]
    ]


def test_jsonl_has_character_spans(nongrata, report):
    done = nongrata("voices", str(report), "--format", "jsonl")
    assert done.code == 0
    (row,) = done.rows
    assert row["id"] == "r1"
    found = told(row)
    assert ("Ada Lindqvist", "said", "the cable was cut on purpose") in found
    assert ("Bo Ternholt", "said", "“The minister told me that nobody knew,”") in found
    assert ("the port authority", "According to", "two ships were near") in found
    assert len(found) == 3


def test_nested_ones_are_shown_on_request(nongrata, report):
    (row,) = nongrata("voices", str(report), "--nested", "--format", "jsonl").rows
    assert ("The minister", "told", "that nobody knew") in told(row)


def test_the_view_names_who_and_what(nongrata, report):
    done = nongrata("voices", str(report))
    words = " ".join(done.out.split())
    for shown in ("Ada Lindqvist said the cable was cut on purpose", "3 attributions in 1 report"):
        assert shown in words
    assert "[" not in words


def test_a_text_without_voices(nongrata, tmp_path):
    (tmp_path / "page.txt").write_text("Six ships lay in the harbour.\n")
    done = nongrata("voices", "page.txt")
    assert done.code == 0
    assert "0 attributions in 1 report" in done.out
