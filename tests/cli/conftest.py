from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nongrata.cli.app import run
from tests.ledger.helpers import FakeReader


@dataclass
class Done:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Done]


@pytest.fixture
def nongrata(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs a command in this process, in an empty folder, with the test's reader in place of the shipped one."""
    shipped = types.ModuleType("nongrata.extraction.reader")
    shipped.default_reader = FakeReader  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nongrata.extraction.reader", shipped)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NONGRATA_LEDGER", str(tmp_path / "test.db"))

    def call(*words: str, columns: int = 80) -> Done:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setattr(sys, "argv", ["nongrata", *words])
        with pytest.raises(SystemExit) as ended:
            run()
        printed = capsys.readouterr()
        return Done(int(ended.value.code or 0), printed.out, printed.err)

    return call


STORY = [
    {
        "id": "gazette-1",
        "publisher": "Harbour Gazette",
        "published": "2024-03-05",
        "title": "Brussels sends envoys home",
        "text": "The minister spoke at length. BE expelled 21 RU envoys, and nothing more was said.",
    },
    {
        "id": "lantern-1",
        "publisher": "Lantern",
        "published": "2024-03-06",
        "text": "Our own count says BE expelled 17 RU envoys on the day.",
    },
    {"id": "choir-1", "publisher": "Lantern", "published": "2024-03-06", "text": "The choir met on Monday."},
    {
        "id": "north-1",
        "publisher": "Northern Post",
        "published": "2024-05-02",
        "text": "DE expelled 4 IR envoys. Earlier that week FR expelled 2 IR envoys.",
    },
]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """Four reports as JSON lines."""
    path = tmp_path / "story.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in STORY), encoding="utf-8")
    return path


@pytest.fixture
def ingested(nongrata: Run, story: Path) -> Run:
    """The command, with the four reports in its ledger."""
    assert nongrata("ingest", str(story)).code == 0
    return nongrata
