"""The case study: its stands are fit to be read, and its script runs, on made-up lists and on the real ones."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from nongrata.ledger.claimfile import read_claims
from nongrata.reading.stats import ReadingStats
from nongrata.vocabulary.states import states
from tests.docs.pages import ROOT

STUDY = ROOT / "docs" / "case-studies"
DATA = ROOT.parent / "shared" / "data"


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("is_de_croo_right", STUDY / "is_de_croo_right.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_every_stand_names_its_source_and_day() -> None:
    stats = ReadingStats()
    told = list(read_claims(STUDY / "stands.jsonl", stats))
    assert stats.skipped_count == 0
    assert len(told) == len({report.id for report, _ in told}) >= 90
    for report, claims in told:
        assert report.publisher
        assert report.title
        assert re.search(r"20\d\d|by date", report.title), report.title
        (claim,) = claims
        assert claim.actor in states()
        assert claim.when is not None
        assert claim.when.days <= 2
        assert claim.when.last == report.published
        assert claim.sentence


def made_lists(folder: Path, follow: bool) -> Path:
    """Lists of every day; with ``follow``, each state that takes a stand is on that of the next."""
    on: dict[date, list[str]] = {}
    start = date(2023, 6, 6)
    rng = np.random.default_rng(2)
    for report, claims in read_claims(STUDY / "stands.jsonl", ReadingStats()):
        host = f"www.port.{'uk' if claims[0].actor == 'GB' else claims[0].actor.lower()}"
        after = 1 if follow else int(rng.integers(1, 800))
        on.setdefault(start + timedelta(((report.published - start).days + after) % 880), []).append(host)
    path = folder / "ddosia_targets_by_day.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for n in range(884):
            day = start + timedelta(n)
            row = {"date": day.isoformat(), "publisher": "DDoSia target list", "hosts": ["a.com", *on.get(day, [])]}
            stream.write(json.dumps(row) + "\n")
    return path


def test_made_up_lists_that_follow_are_found_and_others_are_not(study: ModuleType, tmp_path: Path) -> None:
    acts = study.hand_coded()
    found = study.primary(acts, study.target_lists(made_lists(tmp_path, follow=True)), draws=199)
    assert "within one day" in study.verdict(found)
    assert found.follows[0].share > 0.3
    nothing = study.primary(acts, study.target_lists(made_lists(tmp_path, follow=False)), draws=199)
    assert study.verdict(nothing).startswith("**Null")


def test_acts_that_overlap_are_one(study: ModuleType) -> None:
    def act(state: str, *when: str) -> object:
        return study.Act(state, study.DateInterval(*map(date.fromisoformat, when)), True, "")

    got = study.merged(
        [
            act("BE", "2024-05-01", "2024-05-04"),
            act("BE", "2024-05-03", "2024-05-03"),
            act("BE", "2024-05-05", "2024-05-05"),
            act("FR", "2024-05-03", "2024-05-03"),
        ]
    )
    assert [(a.state, str(a.when)) for a in got] == [
        ("BE", "2024-05-03"), ("BE", "2024-05-05"), ("FR", "2024-05-03"),
    ]  # fmt: skip


def test_a_newly_listed_state_was_on_no_list_of_the_week_before(study: ModuleType) -> None:
    seen = np.ones(40, dtype=bool)
    seen[20:24] = False
    listed = np.zeros(40, dtype=bool)
    listed[[3, 10, 12, 25, 38]] = True
    lists = study.Lists(seen, {"BE": listed})
    assert list(np.flatnonzero(lists.newly("BE", 7))) == [38]
    listed[3] = False
    assert list(np.flatnonzero(lists.newly("BE", 7))) == [10, 38]


@pytest.mark.shared
@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data")
def test_the_hand_coded_stands_give_what_the_page_says(study: ModuleType) -> None:
    lists = study.target_lists(DATA / "ddosia_targets_by_day.jsonl.gz")
    got = study.primary(study.hand_coded(), lists, draws=199)
    page = (STUDY / "is-de-croo-right.md").read_text(encoding="utf-8")
    row = re.search(r"\| hand-coded alone \| (\d+) \| ([\d.]+)% \| ([\d.]+)% \| ([\d.]+)% \| ([\d.]+)%", page)
    assert row is not None, "run python docs/case-studies/is_de_croo_right.py"
    day, week = got.follows[0], got.follows[3]
    shown = [f"{day.events:.0f}", *(f"{100 * v:.1f}" for v in (day.share, day.expected, week.share, week.expected))]
    assert list(row.groups()) == shown
