"""The commands of the analyses, on a ledger of hand-coded claims."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

START = date(2021, 1, 4)


def claim(kind: str, actor: str, target: str, day: date, **more: Any) -> dict[str, Any]:
    when = [day.isoformat(), day.isoformat()]
    return {
        "type": kind,
        "actor": actor,
        "actor_state": actor,
        "target": target,
        "target_state": target,
        "when": when,
    } | more


def told(n: int, day: date, publisher: str, *claims: dict[str, Any]) -> str:
    row = {"id": f"r{n}", "published": day.isoformat(), "publisher": publisher, "claims": list(claims)}
    return json.dumps(row)


@pytest.fixture
def asked(nongrata: Run, tmp_path: Path) -> Run:
    """Thirty stands of NO, each answered by a cyberattack of MA a day later; a ladder of CL and PE; a retold doubt."""
    lines = []
    for n in range(30):
        day = START + timedelta(37 * n)
        lines.append(told(2 * n, day, "Gazette", claim("stand", "NO", "GH", day, source_chain=["Gazette"])))
        after = day + timedelta(1)
        attack = claim("cyberattack", "MA", "NO", after, source_chain=["Gazette"])
        lines.append(told(2 * n + 1, after, "Gazette", attack))
    for n, (actor, target, day, count) in enumerate(
        (
            ("CL", "PE", date(2022, 3, 1), [4, 4]),
            ("PE", "CL", date(2022, 3, 9), [4, 4]),
            ("CL", "PE", date(2023, 8, 1), [24, 99]),
            ("UY", "PE", date(2022, 3, 3), [2, 2]),
            ("PY", "PE", date(2022, 3, 4), [3, None]),
            ("BO", "PE", date(2022, 3, 5), [1, 1]),
            ("EC", "PE", date(2022, 3, 5), [1, 1]),
        )
    ):
        lines.append(
            told(100 + n, day, "Post", claim("expulsion", actor, target, day, count=count, source_chain=["Post"]))
        )
    day = date(2023, 5, 2)
    chains = [["Minister Oda", "Radio"], ["Minister Oda", "Radio", "Post"], ["Minister Oda", "Radio", "Post", "Echo"]]
    for n, (chain, sure) in enumerate(zip(chains, ("PS+", "PS+", "CT+"), strict=True)):
        hacked = claim("cyberattack", "MA", "CL", day, source_chain=chain, factuality=sure, origin_role="Minister")
        lines.append(told(200 + n, day + timedelta(n), chain[-1], hacked))
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert nongrata("import", str(path)).code == 0
    return nongrata


def test_respond_finds_the_answers(asked: Run) -> None:
    done = asked(
        "respond", "--first", "stand", "--then", "cyberattack", "--window", "2d", "--window", "1w", columns=100
    )
    assert done.code == 0
    assert "Beyond chance: within 2 days, 100%" in " ".join(done.out.split())
    rows = asked("respond", "--first", "stand", "--window", "2d", "--format", "jsonl").rows
    assert [row["direction"] for row in rows] == ["follows", "preceded", "reverse"]
    assert rows[0]["p_month"] <= 0.01
    assert rows[2]["p_shift"] > 0.05


def test_respond_can_be_narrowed(asked: Run) -> None:
    done = asked("respond", "--first", "stand", "--by", "pe")
    assert done.code == 1
    assert "no state has events of both kinds" in done.err
    assert asked("respond", "--window", "tomorrow").code == 2
    assert asked("respond", "--first", "assault").code == 1


def test_reciprocity_draws_the_ladder(asked: Run, tmp_path: Path) -> None:
    plot = tmp_path / "ladder.svg"
    done = asked("reciprocity", "cl", "PE", "--plot", str(plot), columns=100)
    assert "PE answered 1 of 2 measures of CL" in " ".join(done.out.split())
    assert "8 d" in done.out
    assert ET.parse(plot).getroot().tag.endswith("svg")  # noqa: S314 - our own file
    rows = asked("reciprocity", "CL", "PE", "--format", "jsonl").rows
    assert [row["same_number"] for row in rows] == [None, "equal", None]
    assert rows[1]["answers"] == rows[0]["incident"]
    assert asked("reciprocity", "CL", "CL").code == 1


def test_compare_says_first_or_tied(asked: Run) -> None:
    done = asked("compare", "--measure", "count", "--target", "PE", "--share", "0.5", columns=100)
    assert "CL is first, or tied with 1 other: 28–103" in " ".join(done.out.split())
    rows = list(
        csv.DictReader(io.StringIO(asked("compare", "--measure", "count", "--target", "PE", "--format", "csv").out))
    )
    assert [(row["name"], row["rank_best"], row["rank_worst"], row["hi"]) for row in rows[:2]] == [
        ("CL", "1", "2", "103"),
        ("PY", "1", "2", ""),
    ]


def test_a_sum_of_days_that_nobody_knows_is_no_nought(asked: Run, tmp_path: Path) -> None:
    undated = claim("expulsion", "AR", "PE", START, count=[9, 9], source_chain=["Post"]) | {"when": None}
    lines = told(300, date(2023, 1, 9), "Post", undated | {"background": True})
    (tmp_path / "more.jsonl").write_text(lines, encoding="utf-8")
    assert asked("import", str(tmp_path / "more.jsonl")).code == 0
    table = asked("compare", "--measure", "count", "--target", "PE", columns=100).out
    assert [line.split() for line in table.splitlines() if line.startswith("AR")] == [
        ["AR", "?", "–", "–", "–", "no", "day", "known"]
    ]


def test_waves_have_members_in_order(asked: Run) -> None:
    rows = asked("waves", "--target", "PE", "--format", "jsonl").rows
    assert [row["host"] for row in rows] == ["CL", "UY", "PY", "BO", "EC"]
    assert [(row["place_best"], row["place_worst"]) for row in rows] == [(1, 1), (2, 2), (3, 3), (4, 4), (4, 4)]
    table = asked("waves", "--target", "PE", columns=100).out
    assert "5 hosts" in table
    assert "first was CL" in " ".join(table.split())


def test_tally_by_type_covers_all_types(asked: Run, tmp_path: Path) -> None:
    plot = tmp_path / "tally.svg"
    rows = {row["type"]: row for row in asked("tally", "--by", "type", "--format", "jsonl").rows if not row["joint"]}
    assert set(rows) == {"stand", "cyberattack", "expulsion"}
    assert rows["expulsion"]["count"] == [39, None]
    assert rows["stand"]["uncounted"] == 30
    assert "stand" in asked("tally", "--by", "type", "--plot", str(plot)).out
    assert "cyberattack" in plot.read_text(encoding="utf-8")
    two = asked("tally", "--by", "type", "--type", "stand", "--type", "expulsion", "--format", "jsonl").rows
    assert {row["type"] for row in two} == {"stand", "expulsion"}


def test_sources_show_where_doubt_is_lost(asked: Run) -> None:
    done = asked("sources", "--type", "cyberattack", columns=120)
    assert "1 lost doubt" in " ".join(done.out.split())
    rows = asked("sources", "--type", "cyberattack", "--steps", "--format", "jsonl").rows
    assert [(row["outlet"], row["before"], row["after"], row["direct"]) for row in rows] == [
        ("Echo", 1, 3, True),
        ("Post", 1, 1, True),
    ]
    outlets = {row["outlet"]: row for row in asked("sources", "--format", "jsonl").rows}
    assert outlets["Echo"]["harder"] == 1
    assert outlets["Echo"]["repeats"] == "Post (1)"


@pytest.mark.parametrize("command", ["respond", "compare", "waves"])
def test_an_empty_ledger_is_told_in_one_line(nongrata: Run, tmp_path: Path, command: str) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(told(1, START, "Post", claim("legal_action", "NO", "MA", START)) + "\n", encoding="utf-8")
    nongrata("import", str(path))
    done = nongrata(command)
    assert done.code == 1
    assert done.err.startswith("nongrata: ")
    assert done.err.count("\n") == 1
    assert nongrata("sources").code == 0


@pytest.mark.parametrize("command", ["respond", "compare", "waves", "sources"])
def test_every_plot_is_drawn(asked: Run, tmp_path: Path, command: str) -> None:
    plot = tmp_path / "plot.svg"
    assert asked(command, "--plot", str(plot)).code == 0
    root = ET.parse(plot).getroot()  # noqa: S314 - our own file
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert root.find("{http://www.w3.org/2000/svg}desc").text
