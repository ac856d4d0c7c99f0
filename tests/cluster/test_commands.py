"""``nongrata cluster run`` with the shipped reader, and its claims files in a ledger: the same as ``ingest``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nongrata.cluster import list_shards
from nongrata.cluster.reading import read_shard
from nongrata.ledger import LedgerView
from nongrata.model import LedgerError
from tests.cluster.readers import sound
from tests.cluster.test_shards import filled


def call(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nongrata", *words], cwd=folder, capture_output=True, text=True, timeout=280
    )


def test_run_and_ingest_are_the_same_as_ingest(tmp_path: Path) -> None:
    folder = filled(tmp_path / "in", 2)
    (folder / "quiet.txt").write_text("The ambassador met the choir.", encoding="utf-8")
    text = "Belgium expelled 21 Russian diplomats on Tuesday, the foreign ministry said."
    (folder / "one.txt").write_text(text, encoding="utf-8")
    done = call(tmp_path, "cluster", "run", "in", "out", "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert "4 shards done" in done.stderr
    assert call(tmp_path, "--ledger", "there.db", "cluster", "ingest", "out").returncode == 0
    assert call(tmp_path, "--ledger", "here.db", "ingest", "in").returncode == 0
    with LedgerView.open(tmp_path / "there.db") as there, LedgerView.open(tmp_path / "here.db") as here:
        assert there.counts() == here.counts()
        assert {claim.key for claim in there.live_claims()} == {claim.key for claim in here.live_claims()}
        ids = [claim.report_id for claim in here.live_claims()]
        assert there.reports(ids) == here.reports(ids)
    again = call(tmp_path, "--ledger", "there.db", "cluster", "ingest", "out")
    assert "0 claims added" in again.stderr
    # Reading in place finds nothing new to read either: the reader's name is the same.
    assert "0 reports read" in call(tmp_path, "--ledger", "there.db", "ingest", "in").stderr


def test_claims_files_go_into_postgresql(tmp_path: Path, postgres_place: str) -> None:
    """Two people take the same run in at once, after a third was killed at it: the ledger is that of one, in a file."""
    folder, out = filled(tmp_path / "in", 40), tmp_path / "out"
    out.mkdir()
    for shard in list_shards(str(folder)):
        read_shard(sound(), shard, out)
    into = [sys.executable, "-m", "nongrata", "--ledger", postgres_place, "cluster", "ingest", "out"]
    killed = subprocess.Popen(into, cwd=tmp_path, stderr=subprocess.DEVNULL)
    kill_after(killed, postgres_place, 1)
    both = [subprocess.Popen(into, cwd=tmp_path, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate(timeout=280)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert call(tmp_path, "--ledger", "here.db", "cluster", "ingest", "out").returncode == 0
    with LedgerView.open(postgres_place) as there, LedgerView.open(tmp_path / "here.db") as here:
        assert there.counts() == here.counts()
        assert there.counts()["claims"] == 120
        assert {claim.key for claim in there.live_claims()} == {claim.key for claim in here.live_claims()}
        assert {i.claims for i in there.incidents()} == {i.claims for i in here.incidents()}
        assert not there.stale
    assert "0 reports, 0 claims added; 120 already" in call(tmp_path, *into[3:]).stderr
    assert call(tmp_path, *into[3:5], "ledger", "check").returncode == 0


def kill_after(process: subprocess.Popen[bytes], place: str, reports: int) -> None:
    """Kill a program as soon as the ledger has so many reports."""
    while process.poll() is None:
        try:
            with LedgerView.open(place) as view:
                if view.counts()["reports"] >= reports:
                    process.kill()
        except LedgerError:
            pass  # it has no tables yet
    process.wait(30)


def test_errors_are_told_in_a_line(tmp_path: Path) -> None:
    done = call(tmp_path, "cluster", "run", "nowhere", "out")
    assert (done.returncode, done.stderr) == (1, "nongrata: nowhere does not exist: check the path\n")
    done = call(tmp_path, "cluster", "ingest", "out")
    assert done.returncode == 1
    assert "nongrata cluster run SOURCE out" in done.stderr
    done = call(tmp_path, "cluster", "run", __file__, "out", "--address", "ray://127.0.0.1:1")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "run this on a machine of the cluster, with --address auto" in done.stderr
