from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from nongrata.cli.app import ledger_first
from nongrata.ledger import LedgerView


def test_ingest_counts_what_it_did(nongrata, story):
    done = nongrata("ingest", str(story))
    assert done.code == 0
    assert done.out == ""
    assert done.err.startswith("4 reports read, 4 claims added; 0 already in the ledger (")
    assert "reports/s)" in done.err
    again = nongrata("ingest", str(story))
    assert again.err.startswith("0 reports read, 0 claims added; 4 already in the ledger (")


def test_ingest_names_skipped_lines(nongrata, tmp_path):
    (tmp_path / "some.jsonl").write_text('{"text": "BE expelled 21 RU envoys."}\n{"text": \n')
    done = nongrata("ingest", "some.jsonl")
    assert done.code == 0
    assert "1 skipped" in done.err
    assert "line 2" in done.err


def test_the_ledger_option_wins_over_the_environment(nongrata, story, tmp_path):
    assert nongrata("--ledger", "mine.db", "ingest", str(story)).code == 0
    assert (tmp_path / "mine.db").exists()
    assert not (tmp_path / "test.db").exists()


@pytest.mark.parametrize("named", [["--ledger", "mine.db"], ["--ledger=mine.db"]])
def test_the_ledger_may_be_named_after_the_command(nongrata, story, tmp_path, named):
    assert nongrata("ingest", str(story), *named).code == 0
    assert (tmp_path / "mine.db").exists()
    assert not (tmp_path / "test.db").exists()
    assert nongrata("ledger", "check", *named).code == 0


def test_the_ledger_option_wants_a_place(nongrata):
    done = nongrata("incidents", "--ledger")
    assert done.code == 2
    assert "--ledger needs a file" in done.err


def test_what_follows_two_dashes_is_no_option():
    assert ledger_first(["read", "--ledger", "a", "--", "--ledger", "b"]) == [
        "--ledger", "a", "read", "--", "--ledger", "b",
    ]  # fmt: skip


def test_incidents_as_jsonl(ingested):
    rows = ingested("incidents", "--format", "jsonl").rows
    parties = {(row["type"], row["actor"], row["target"]) for row in rows}
    assert parties == {("expulsion", "BE", "RU"), ("expulsion", "DE", "IR"), ("expulsion", "FR", "IR")}
    wanted = ["id", "type", "actor", "target", "count", "when", "independent_origins", "origins", "reports", "claims"]
    assert all(name in row for row in rows for name in [*wanted, "credibility", "contradictions"])


def test_incidents_as_csv(ingested):
    rows = list(csv.DictReader(ingested("incidents", "--format", "csv").out.splitlines()))
    german = next(row for row in rows if row["actor"] == "DE")
    assert (german["count_lo"], german["count_hi"], german["when_first"]) == ("4", "4", "2024-05-02")


@pytest.mark.parametrize(
    ("options", "actors"),
    [
        (["--actor", "de"], {"DE"}),
        (["--target", "RU"], {"BE"}),
        (["--since", "2024-04-01"], {"DE", "FR"}),
        (["--until", "2024-04-01"], {"BE"}),
        (["--type", "sabotage"], set()),
        (["--actor", "DE", "--actor", "FR", "--type", "expulsion"], {"DE", "FR"}),
    ],
)
def test_incident_filters(ingested, options, actors):
    rows = ingested("incidents", *options, "--format", "jsonl").rows
    assert {row["actor"] for row in rows} == actors


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_incident_table_fits(ingested, columns):
    done = ingested("incidents", columns=columns)
    assert max(map(len, done.out.splitlines())) <= columns
    for shown in ("expulsion", "BE → RU", "DE → IR", "2024-05-02"):
        assert shown in done.out
    assert "\x1b" not in done.out


def test_no_incident_fits(ingested):
    assert ingested("incidents", "--type", "sabotage").out == "no incident fits\n"


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_show_an_incident(ingested, columns):
    row = next(row for row in ingested("incidents", "--format", "jsonl").rows if row["actor"] == "BE")
    done = ingested("show", row["id"][:8], columns=columns)
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= columns
    words = " ".join(done.out.split())
    for shown in (
        "BE → RU",
        "Minister of BE (minister, BE) → Harbour Gazette",
        "‹expelled›",
        "Origin 1",
        "credibility",
    ):
        assert shown in words


def test_show_whom_a_report_copies_and_who_copies_it(ingested):
    told = "BE expelled 21 RU envoys, said the minister, who spoke at length of maps and of a clerk who had sold them."
    copied = {"text": told, "published": "2024-04-02"}
    rows = [copied | {"id": "quay-1", "publisher": "Quay Post"}, copied | {"id": "tern-1", "publisher": "Tern"}]
    Path("copied.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert ingested("ingest", "copied.jsonl").code == 0
    assert "Copies\n  Quay Post · 2024-04-02 · quay-1: the same words" in ingested("show", "tern-1").out
    assert "Copied by 1 report\n  Tern · 2024-04-02 · tern-1: the same words" in ingested("show", "quay-1").out
    row = ingested("show", "tern-1", "--format", "jsonl").rows[0]
    assert [(one["id"], one["kind"], one["similarity"]) for one in row["copies"]] == [("quay-1", "exact", 1.0)]
    assert (row["copied_by"], row["copied"]) == ([], 0)


def test_show_a_report_and_a_claim(ingested):
    report = ingested("show", "gazette-1")
    assert "Brussels sends envoys home" in report.out
    assert "SHA-256" in report.out
    claims = ingested("show", "gazette-1", "--format", "jsonl").rows[0]["claims"]
    assert len(claims) == 1
    with LedgerView.open("test.db") as view:
        key = view.claims_of_report("gazette-1")[0].key
    claim = ingested("show", key[:10])
    assert "count read from “21”" in claim.out
    assert key in claim.out


def test_show_wants_one_thing(ingested):
    nothing = ingested("show", "zzz")
    assert (nothing.code, nothing.out) == (1, "")
    assert "nothing in" in nothing.err
    several = ingested("show", "inc-")
    assert several.code == 1
    assert "may be any of" in several.err


def test_tally(ingested):
    rows = ingested("tally", "--format", "jsonl").rows
    assert {(row["actor"], row["target"]): row["count"] for row in rows if row["actor"] != "BE"} == {
        ("DE", "IR"): [4, 4],
        ("FR", "IR"): [2, 2],
    }
    by_month = ingested("tally", "--by", "month", "--target", "IR", "--format", "jsonl").rows
    assert [(row["month"], row["count"]) for row in by_month] == [("2024-05", [6, 6])]
    table = ingested("tally", columns=60)
    assert max(map(len, table.out.splitlines())) <= 60
    assert "DE → IR" in table.out
    assert ingested("tally", "--by", "target", "--format", "csv").out.splitlines()[0].startswith("actor,target,month")


TOLD = [
    ("a", "Dock Gazette", "2024-03-04", 21, ("2024-03-04", "2024-03-04")),
    ("b", "Pier Post", "2024-03-05", 18, ("2024-03-04", "2024-03-04")),
    ("c", "Quay Times", "2024-03-12", 21, ("2024-03-09", "2024-03-12")),
    ("d", "Sea Daily", "2024-06-01", 60, ("2024-01-01", "2024-06-01")),
]


@pytest.fixture
def coded(nongrata, tmp_path):
    """A ledger of hand-coded claims: 21 against 18, 21 told again as news, and a running figure of 60."""
    lines = []
    for name, publisher, published, count, when in TOLD:
        claim = {"type": "expulsion", "subtype": "expelled", "actor": "NO", "target": "MA", "count": [count, count]}
        claim |= {"scope": "total" if name == "d" else "event", "when": when, "source_chain": [publisher]}
        report = {"id": name, "publisher": publisher, "published": published, "claims": [claim]}
        lines.append(json.dumps(report))
    (tmp_path / "coded.jsonl").write_text("\n".join(lines))
    assert nongrata("import", "coded.jsonl").code == 0
    return nongrata


def test_what_may_be_the_same_is_marked_and_shown(coded):
    rows = coded("incidents", "--format", "jsonl").rows
    assert len(rows) == 2
    table = coded("incidents").out
    assert table.count("≈ ") == 3
    assert "1 figure over several happenings besides" in table
    first, again = sorted(rows, key=lambda row: row["when"][0])
    page = coded("show", first["id"]).out
    assert "Possibly the same as" in page
    assert again["id"] in page
    assert "18–21" in page
    assert "18: Pier Post" in page
    assert "21: Dock Gazette" in page


def test_a_figure_over_several_happenings_is_shown_with_what_it_spans(coded):
    tallied = coded("tally", columns=200).out
    assert "21–42" in tallied
    assert "at least 18 not accounted for" in tallied
    (total,) = [word for word in tallied.split() if word.startswith("tot-")]
    page = coded("show", total).out
    assert "Origin 1: Sea Daily says so" in page
    assert page.count("inc-") == 2
    (row,) = coded("show", total, "--format", "jsonl").rows
    assert (row["count"], row["summed"], row["missing"]) == ([60, 60], [21, 42], [18, 39])


def test_import_of_hand_coded_claims(nongrata, tmp_path):
    claim = {
        "type": "expulsion",
        "actor": "NO",
        "target": "RU",
        "count": [15, 15],
        "when": ["2023-04-13", "2023-04-13"],
    }
    row = {"id": "h1", "outlet": "Fjord Daily", "url": "https://example.org/1", "published": "2023-04-13"}
    lines = [row | {"claims": [claim | {"source_chain": ["foreign ministry", "Fjord Daily"]}]}, {"id": "h2"}]
    (tmp_path / "claims.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines) + "not json\n")
    done = nongrata("import", "claims.jsonl", "--author", "Ada")
    assert done.code == 0
    assert done.err.startswith("1 report read, 1 claim added; 0 already in the ledger; 2 skipped")
    found = nongrata("incidents", "--format", "jsonl").rows
    assert [(i["actor"], i["target"], i["count"], i["reports"]) for i in found] == [("NO", "RU", [15, 15], ["h1"])]
    assert "read by hand (Ada)" in nongrata("show", found[0]["claims"][0]).out
    assert nongrata("import", "claims.jsonl", "--author", "Ada").err.startswith(
        "0 reports read, 0 claims added; 1 already"
    )


def test_what_read_writes_can_be_imported(nongrata, story, tmp_path):
    nongrata("read", str(story), "--format", "jsonl", "--output", "claims.jsonl")
    assert nongrata("import", "claims.jsonl").code == 0
    assert len(nongrata("incidents", "--format", "jsonl").rows) >= 3


@pytest.mark.parametrize("command", [("incidents",), ("tally",), ("show", "x")])
def test_without_a_ledger_the_error_says_how_to_make_one(nongrata, tmp_path, command):
    done = nongrata(*command)
    assert (done.code, done.out) == (1, "")
    assert "make one with `nongrata ingest SOURCE`" in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "test.db").exists()


def test_a_missing_source_makes_no_ledger(nongrata, tmp_path):
    assert nongrata("ingest", "missing").code == 1
    assert nongrata("import", "missing").code == 1
    assert list(tmp_path.iterdir()) == []
