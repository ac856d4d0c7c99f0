from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from nongrata.cli.app import run
from nongrata.publishing.citation import bibtex, csl, title_of
from tests.publishing import made

DAY = date(2026, 1, 2)


def test_a_citation_names_record_origins_and_reports(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        (incident,) = [one for one in ledger.incidents() if one.type == "expulsion"]
        reports = list(ledger.reports(incident.reports).values())
    assert title_of(incident) == "Expulsion: Norway → Russia, ≥ 17, 2024-03"
    item = csl(incident, reports, DAY)
    assert item["original-date"] == {"date-parts": [[2024, 3, 1], [2024, 3, 31]]}
    assert item["accessed"] == {"date-parts": [[2026, 1, 2]]}
    assert "denied by =Moscow" in item["note"]
    assert made.REPORT.url in item["note"]
    entry = bibtex(incident, reports, DAY)
    assert entry.startswith("@misc{" + incident.id)
    assert entry.count("{") - entry.count("\\{") == entry.count("}") - entry.count("\\}")
    assert re.search(r"urldate = \{2026-01-02\}", entry)


def test_tex_is_made_harmless(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        (incident,) = [one for one in ledger.incidents() if one.type == "expulsion"]
    from dataclasses import replace

    report = replace(made.REPORT, publisher=r"\input{x} 100% & #_$")
    assert r"\textbackslash{}input\{x\} 100\% \& \#\_\$" in bibtex(incident, [report], DAY)


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        id = ledger.incidents()[0].id

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["nongrata", "--ledger", str(tmp_path / "a.db"), *words])
        with pytest.raises(SystemExit) as ended:
            run()
        done = capsys.readouterr()
        return int(ended.value.code or 0), done.out, done.err

    assert call("cite", id)[1].startswith("@misc{")
    assert json.loads(call("cite", id[:9], "--format", "csl")[1])["id"] == id
    code, out, err = call("cite", "brask-1")
    assert (code, out) == (1, "")
    assert "no incident" in err
    code, _, err = call(
        "export", "--format", "csv", "--type", "expulsion", "--redact", "persons", str(tmp_path / "o.csv")
    )
    assert code == 0
    assert "o.csv: 1 rows" in err
    assert "not carried:" in err
    assert "persons: 1 withheld" in err
