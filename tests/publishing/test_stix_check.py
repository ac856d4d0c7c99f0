from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from nongrata.cli.app import run
from nongrata.ledger import Ledger
from nongrata.model import MissingExtraError
from nongrata.publishing import export
from nongrata.publishing.stix_check import validator
from tests.publishing import made


def test_ours_is_valid_with_warnings_that_are_on_purpose(ledger: Ledger, tmp_path: Path) -> None:
    export(ledger, "stix", tmp_path / "b.json")
    judgement = validator()(tmp_path / "b.json")
    assert judgement.errors == ()
    assert {words[:5] for words in judgement.warnings} <= {"{103}", "{202}", "{302}"}


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        export(ledger, "stix", tmp_path / "b.json")
    bundle = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    bundle["objects"][-1]["created"] = "2024-03"
    (tmp_path / "b.json").write_text(json.dumps(bundle), encoding="utf-8")
    assert any("2024-03" in error for error in validator()(tmp_path / "b.json").errors)


def call(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["nongrata", *words])
    with pytest.raises(SystemExit) as ended:
        run()
    return int(ended.value.code or 0)


def test_the_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    made.make(tmp_path / "a.db").close()
    words = ("--ledger", str(tmp_path / "a.db"), "export", "--check", "--format")
    assert call(monkeypatch, *words, "stix", str(tmp_path / "b.json")) == 0
    assert "b.json: valid STIX 2.1" in capsys.readouterr().err
    assert call(monkeypatch, *words, "csv", str(tmp_path / "b.csv")) == 1
    assert "add --format stix" in capsys.readouterr().err
    assert not (tmp_path / "b.csv").exists()


def test_without_the_validator_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "stix2validator", None)
    with pytest.raises(MissingExtraError, match=r"nongrata\[stix\]"):
        validator()
    made.make(tmp_path / "a.db").close()
    words = ("--ledger", str(tmp_path / "a.db"), "export", "--check", "--format", "stix", str(tmp_path / "b.json"))
    assert call(monkeypatch, *words) == 1
    assert not (tmp_path / "b.json").exists()
