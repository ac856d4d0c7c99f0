from __future__ import annotations

import json
import re

import pytest


def key_of(run, actor):
    return next(row["key"] for row in run("search", "--actor", actor, "--format", "jsonl").rows)


def actors(run):
    return sorted(row["actor"] for row in run("search", "--format", "jsonl").rows)


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_search(ingested, columns):
    done = ingested("search", "envoys", "--target", "IR", "--facets", columns=columns)
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= columns
    words = " ".join(done.out.split())
    for shown in ("DE → IR", "FR → IR", "2 claims", "actor: DE 1, FR 1", "Northern Post"):
        assert shown in words


def test_search_pages(ingested):
    first = ingested("search", "--limit", "3", "--format", "jsonl")
    assert len(first.rows) == 3
    mark = first.err.split("--after ")[1].strip()
    second = ingested("search", "--limit", "3", "--after", mark, "--format", "jsonl")
    assert len(second.rows) == 1
    assert second.err == ""
    assert {row["key"] for row in first.rows}.isdisjoint(row["key"] for row in second.rows)


def test_search_errors(ingested):
    assert "no word to look for" in ingested("search", "--", "-only").err
    assert ingested("search", "--after", "x").code == 1


def test_review_reject_and_undo(ingested):
    done = ingested("review", "reject", key_of(ingested, "DE")[:8], "--reason", "a rumour")
    assert done.err.startswith("kept as judgement ")
    assert actors(ingested) == ["BE", "BE", "FR"]
    listed = ingested("review", "list")
    assert "reject" in listed.out
    assert "a rumour" in listed.out
    judgement = done.err.split()[-1]
    assert ingested("review", "undo", judgement).code == 0
    assert actors(ingested) == ["BE", "BE", "DE", "FR"]
    assert len(ingested("review", "list", "--format", "jsonl").rows) == 2


def test_review_correct(ingested):
    key = key_of(ingested, "DE")
    assert ingested("review", "correct", key, "count", "[5, null]", "--reason", "misprint").code == 0
    assert ingested("review", "correct", key, "actor", "NL").code == 0
    row = ingested("incidents", "--actor", "NL", "--format", "jsonl").rows[0]
    assert row["count"] == [5, None]
    done = ingested("review", "correct", key_of(ingested, "NL"), "count", "lots")
    assert done.code == 1
    assert "is no count" in done.err


def test_review_same_and_not_same(ingested):
    german, french = key_of(ingested, "DE"), key_of(ingested, "FR")
    before = len(ingested("incidents", "--format", "jsonl").rows)
    assert ingested("review", "same", german, french, "--reason", "joint").code == 0
    assert len(ingested("incidents", "--format", "jsonl").rows) == before - 1
    assert ingested("review", "not-same", german, french, "--reason", "no").code == 0
    assert len(ingested("incidents", "--format", "jsonl").rows) == before


def test_review_accept_and_note(ingested):
    key = key_of(ingested, "DE")
    assert ingested("review", "accept", key).code == 0
    assert ingested("review", "note", key, "ask them").code == 0
    assert [row["key"] for row in ingested("search", "--reviewed", "--format", "jsonl").rows] == [key]
    assert "there is no claim zzz" in ingested("review", "accept", "zzz").err
    assert ingested("review", "undo", "zzz").code == 1


def test_the_log(ingested, monkeypatch):
    monkeypatch.setenv("NONGRATA_USER", "ada")
    ingested("review", "note", key_of(ingested, "DE"), "ask them")
    done = ingested("log", "--action", "judge")
    assert "ada  judge note" in done.out.replace("\n", " ")
    assert re.search(r" [0-9a-f]{10}…:\d+-\d+:expulsion: ask them$", done.out.replace("\n", " ").rstrip())
    ended, begun = ingested("log", "--action", "ingest", columns=200).out.splitlines()
    assert ended.endswith("ingest ended  run 1: 4 reports, 4 claims")
    assert re.search(r"ingest begun  run 1: .*story\.jsonl$", begun)
    rows = ingested("log", "--format", "jsonl").rows
    assert [row["action"] for row in rows] == ["judge note", "ingest ended", "ingest begun", "migrate"]
    assert ingested("log", "--since", "2999-01-01").out == ""


def test_check_backup_migrate(ingested, tmp_path):
    assert ingested("ledger", "check").out.startswith("sound: 4 reports, 4 claims, ")
    assert ingested("ledger", "backup", "copy.db").code == 0
    assert ingested("--ledger", "copy.db", "ledger", "check").out.startswith("sound")
    again = ingested("ledger", "backup", "copy.db")
    assert again.code == 1
    assert "is there already" in again.err
    assert "is up to date" in ingested("ledger", "migrate").err


def test_check_of_a_faulty_ledger(ingested):
    import sqlite3

    with sqlite3.connect("test.db") as connection:
        connection.execute("UPDATE reports SET text = 'other' WHERE id = 'choir-1'")
    connection.close()
    done = ingested("ledger", "check")
    assert done.code == 1
    assert "the text of report choir-1 is not the one" in done.out
    assert "1 fault in" in done.err


def test_merge(ingested, tmp_path):
    done = ingested("--ledger", "team.db", "ledger", "merge", "test.db")
    assert done.err.startswith("came in: 4 reports, 4 readings, 4 claims")
    assert ingested("--ledger", "team.db", "ledger", "merge", "test.db").err.startswith("came in: 0 reports")
    assert ingested("--ledger", "team.db", "ledger", "merge", "missing.db").code == 1


def test_rate(ingested):
    ingested("ledger", "rate", "Lantern", "c", "--reason", "quick, not careful")
    assert ingested("ledger", "rate", "Lantern", "B").err.count("\n") == 2
    assert ingested("ledger", "rate", "Lantern", "Z").code == 1


def test_reread(ingested, monkeypatch):
    import sys

    from tests.ledger.helpers import FakeReader

    same = ingested("reread")
    assert same.out.startswith("nothing to read again: no reading is older than ")
    monkeypatch.setattr(sys.modules["nongrata.extraction.reader"], "default_reader", lambda: FakeReader("fake 2"))
    assert ingested("reread").out == "4 reports read again: 4 claims as before, 0 changed, 0 new, 0 gone\n"


def test_no_command_prints_the_password_of_a_ledger(nongrata, postgres_place, monkeypatch):
    pytest.importorskip("fastapi")
    monkeypatch.setattr("nongrata.web.serving.serve", lambda settings, ready: ready())
    with_password = postgres_place.replace("nongrata@", "nongrata:sesame@", 1)
    printed = [
        nongrata("--ledger", with_password, *words)
        for words in (["demo"], ["ledger", "check"], ["show", "nothing"], ["ledger", "migrate"], ["serve"])
    ]
    assert [done.code for done in printed] == [0, 0, 1, 0, 0]
    told = "".join(done.out + done.err for done in printed)
    assert "sesame" not in told
    assert told.count("nongrata:***@") == 4


def test_the_demo_keeps_a_ledger_only_when_told(nongrata, tmp_path, monkeypatch):
    monkeypatch.delenv("NONGRATA_LEDGER")
    done = nongrata("demo")
    assert done.code == 0
    assert "reports read" in done.out
    assert list(tmp_path.iterdir()) == []
    for name in ("nongrata.db", "demo.db"):
        assert nongrata("--ledger", name, "demo").code == 0
        assert (tmp_path / name).exists()
    assert json.loads(nongrata("--ledger", "demo.db", "log", "--format", "jsonl").out.splitlines()[0])["action"]
