from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from nongrata.ledger import Ledger, LedgerView, ingest
from tests.ledger.helpers import FakeReader, report

WRITER = """
import sys
from nongrata.ledger import Ledger, ingest
from tests.ledger.helpers import FakeReader, report
with Ledger.open(sys.argv[1]) as ledger:
    print("open", flush=True)
    ingest(ledger, (report(n) for n in range(5000)), FakeReader(), ledger.start_run("ingest"),
           lambda added: print(added.readings + added.unchanged, flush=True))
"""
ROOT = Path(__file__).parents[2]


def acknowledged_before_kill(path: Path, moment: float) -> int:
    """Start a writer, kill it after ``moment`` seconds of writing; how many reports it had acknowledged."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "open\n"
    time.sleep(moment)
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    whole = rest[: rest.rfind("\n") + 1].split()
    return int(whole[-1]) if whole else 0


def test_a_killed_ingest_loses_nothing_acknowledged_and_goes_on(tmp_path):
    path = tmp_path / "l.db"
    chance = random.Random(5)  # noqa: S311
    for _ in range(4):
        done = acknowledged_before_kill(path, chance.uniform(0.01, 0.25))
        with LedgerView.open(path) as view:
            assert view.counts()["reports"] >= done
            assert view.counts()["claims"] == view.counts()["reports"]
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.close()
    with Ledger.open(path) as ledger:
        ingest(ledger, (report(n) for n in range(5000)), FakeReader(), ledger.start_run("ingest"))
        assert ledger.counts()["claims"] == 5000
