from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from nongrata.ledger import ClaimFilter, Ledger
from nongrata.model import Chain, InputError
from nongrata.publishing import Options, export
from tests.publishing import made
from tests.publishing.conftest import fill


def told(ledger: Ledger) -> list[tuple[object, ...]]:
    """The incidents without what their ids and order owe to the order of import."""
    return sorted((i.id, str(sorted(i.to_dict().items()))) for i in ledger.incidents())


def test_export_and_import_give_the_same_ledger(ledger: Ledger, tmp_path: Path) -> None:
    outcome = export(ledger, "jsonl", tmp_path / "out.jsonl")
    assert outcome.losses == ()
    with fill(tmp_path / "again.db", tmp_path / "out.jsonl") as again:
        assert again.live_claims() == ledger.live_claims()
        assert told(again) == told(ledger)
        assert [t.to_dict() for t in again.totals()] == [t.to_dict() for t in ledger.totals()]
        export(again, "jsonl", tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "out.jsonl").read_bytes()


def test_every_field_of_claims_and_reports_survives(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        before = ledger.live_claims()
        reports = ledger.reports(["brask-1", "denial-1", "choir-1"])
        export(ledger, "jsonl", tmp_path / "a.jsonl")
    with fill(tmp_path / "b.db", tmp_path / "a.jsonl") as again:
        assert again.live_claims() == before
        assert again.reports(reports) == reports


def test_a_line_has_the_facts_of_its_report(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        export(ledger, "jsonl", tmp_path / "a.jsonl")
    first = json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert first["url"] == made.REPORT.url
    assert first["sources"] == ["RTL"]
    assert first["blocks"][0] == ["title", 0, 25]
    assert [claim["type"] for claim in first["claims"]][:2] == ["expulsion", "espionage"]
    assert first["claims"][0]["incident"].startswith("inc-")
    assert first["claims"][5]["incident"] is None
    assert first["claims"][0]["confidence"] == 0.123456789


def test_what_is_lost_is_said(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        chain = replace(made.EXPULSION.chain.voices[1], state="NO")
        claim = replace(made.EXPULSION, report_id="x", chain=Chain((made.EXPULSION.chain.voices[0], chain)))
        ledger.add(
            ledger.start_run("test"), [(replace(made.REPORT, id="x", text=f"{made.TEXT} Other"), [claim])], "made 1"
        )
        ledger.refresh()
        lost = {loss.field: loss.count for loss in export(ledger, "jsonl", tmp_path / "a.jsonl").losses}
        before = ledger.live_claims()
    assert lost == {"judgement": 1, "report.reader": 1}
    with fill(tmp_path / "b.db", tmp_path / "a.jsonl") as again:
        assert again.live_claims() == before


def test_a_filter_keeps_what_it_lets_through(samples: Ledger, tmp_path: Path) -> None:
    only = ClaimFilter(types=("expulsion",), targets=("ru",), factuality=("CT+",))
    outcome = export(samples, "jsonl", tmp_path / "a.jsonl", Options(only=only))
    rows = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert outcome.rows == {"a.jsonl": len(rows)}
    assert all(row["claims"] for row in rows)
    kinds = Counter((c["type"], c["factuality"]) for row in rows for c in row["claims"])
    assert kinds == {("expulsion", "CT+"): samples.facets(only).values["type"][0][1]}


def test_a_broken_export_leaves_the_old_file(samples: Ledger, tmp_path: Path) -> None:
    place = tmp_path / "a.jsonl"
    place.write_text("old")

    def stop(name: str, done: int) -> None:
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        export(samples, "jsonl", place, told=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]
    assert place.read_text() == "old"


def test_errors_say_what_to_do(samples: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="choose one of csv"):
        export(samples, "xls", tmp_path / "a")
    with pytest.raises(InputError, match="give another place"):
        export(samples, "jsonl", tmp_path / "no" / "a.jsonl")
    with pytest.raises(InputError, match="give a file"):
        export(samples, "jsonl", tmp_path)
    with pytest.raises(InputError, match="leave them out"):
        export(samples, "csv", tmp_path / "a.csv", Options(only=ClaimFilter(factuality=("CT+",))))
