"""A local Ray of two workers, in a process of its own: the same claims as here, whatever happens to a worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nongrata.cluster.reading import line_of
from nongrata.reading.sources import open_reports
from tests.cluster.readers import MARK, sound
from tests.cluster.test_shards import TEXT, filled

ROOT = Path(__file__).parents[2]
RUN = """
import json, sys
from pathlib import Path
from nongrata.cluster import list_shards, run
steps = []
outcome = run(list_shards(sys.argv[1]), Path(sys.argv[2]), workers=2, factory=sys.argv[3],
              told=lambda done, all: steps.append(done))
print(json.dumps({"known": outcome.known, "lost": outcome.lost_workers, "reports": outcome.reports, "steps": steps,
                  "faults": [[fault.shard.source, fault.reason] for fault in outcome.faults]}))
"""


def run(source: Path, out: Path, reader: str, deaths: Path) -> dict[str, Any]:
    deaths.mkdir(exist_ok=True)
    # A cluster of somebody else's is no business of a run without an address.
    others = {"RAY_ADDRESS": "127.0.0.1:1", "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0"}
    environment = os.environ | others | {MARK: str(deaths), "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", RUN, str(source), str(out), f"tests.cluster.readers:{reader}"]
    done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def here(source: Path) -> list[bytes]:
    """The lines that reading in this process gives, sorted."""
    return sorted(line_of(report, claims) for report, claims in sound().read_many(open_reports(source)))


def there(out: Path) -> list[bytes]:
    return sorted(line for path in out.glob("*.jsonl") for line in path.read_bytes().splitlines(keepends=True))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six shards; the worker that gets one of them dies of it in its middle."""
    folder = filled(tmp_path_factory.mktemp("cluster") / "in", 5)
    lines = [f'{{"id": "d{n}", "publisher": "Lantern", "text": "{n} {TEXT}"}}\n' for n in range(4)]
    lines[2] = lines[2].replace("said", "said, a deadly word")
    (folder / "deadly.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def test_a_killed_worker_changes_nothing(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = run(source, out, "mortal", tmp_path / "deaths")
    assert found["lost"] == 1
    assert found["faults"] == []
    assert found["known"] == 0
    assert found["steps"][-1] == 6
    assert there(out) == here(source)
    assert not list(out.glob("*.part"))
    # The same again reads only what is missing.
    next(iter(sorted(out.glob("*.done.json")))).unlink()
    again = run(source, out, "mortal", tmp_path / "deaths")
    assert (again["known"], again["steps"], again["lost"]) == (5, [5, 6], 0)
    assert there(out) == here(source)


def test_a_shard_that_kills_all_is_passed_over(source: Path, tmp_path: Path) -> None:
    folder = filled(tmp_path / "in", 2)
    (folder / "poison.jsonl").write_text('{"id": "p", "text": "BE expelled 1 RU envoys, fatal."}\n', encoding="utf-8")
    (folder / "empty.jsonl").write_bytes(b"")
    found = run(folder, tmp_path / "out", "mortal", tmp_path / "deaths")
    assert found["lost"] == 3
    reasons = {Path(path).name: reason for path, reason in found["faults"]}
    assert set(reasons) == {"poison.jsonl", "empty.jsonl"}
    assert "split it" in reasons["poison.jsonl"]
    assert "is empty" in reasons["empty.jsonl"]
    assert found["reports"] == 6
