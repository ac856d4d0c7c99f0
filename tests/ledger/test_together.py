"""Several processes at once, and processes that die at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nongrata.ledger import Ledger, LedgerView, ingest
from nongrata.ledger.migrate import STEPS
from nongrata.ledger.upkeep import check
from tests.ledger.earlier import EARLIER, empty, make_earlier
from tests.ledger.helpers import FakeReader, report
from tests.ledger.test_upkeep import state

ROOT = Path(__file__).parents[2]
MOMENTS = int(os.environ.get("NONGRATA_TEST_KILLS", "4"))

INGEST = """
import sys
from nongrata.ledger import Ledger, ingest
from tests.ledger.helpers import FakeReader, report
with Ledger.open(sys.argv[1], wait=60) as ledger:
    first = int(sys.argv[2])
    ingest(ledger, (report(n) for n in range(first, first + 400)), FakeReader(), ledger.start_run("ingest"),
           lambda added: print(added.readings + added.unchanged, flush=True))
    ledger.refresh()
"""
ALL = 3000
INGEST_ALL = f"""
import sys
from nongrata.ledger import Ledger, ingest
from tests.ledger.helpers import FakeReader, report
with Ledger.open(sys.argv[1]) as ledger:
    print("open", flush=True)
    ingest(ledger, (report(n) for n in range({ALL})), FakeReader(), ledger.start_run("ingest"),
           lambda added: print(added.readings + added.unchanged, flush=True))
    ledger.refresh()
    print({ALL}, flush=True)
"""
WATCH = """
import sys
from nongrata.ledger import ClaimFilter, LedgerView
seen = 0
with LedgerView.open(sys.argv[1]) as view:
    while seen < 800:
        counts = view.counts()
        assert counts["claims"] == counts["reports"] >= seen, counts
        seen = counts["reports"]
        view.incidents(), view.search(ClaimFilter(text="envoys")), view.stale
print("saw it all")
"""
JUDGE = """
import sys
from nongrata.ledger import Ledger, Verdict
with Ledger.open(sys.argv[1]) as ledger:
    claims = [claim.key for claim in ledger.live_claims()]
    print("open", flush=True)
    for n in range(100_000):
        print(ledger.judge(Verdict.NOTE, claims[n % len(claims)], reason=str(n)).id, flush=True)
"""
BACKUP = """
import sys
from pathlib import Path
from nongrata.ledger import LedgerView
from nongrata.ledger.upkeep import backup
with LedgerView.open(sys.argv[1]) as view:
    print("open", flush=True)
    for n in range(100_000):
        path = Path(f"{sys.argv[2]}-{n}.db")
        backup(view, path)
        print(path, flush=True)
"""
MIGRATE = """
import sys
from nongrata.ledger import Ledger
print("open", flush=True)
Ledger.open(sys.argv[1]).close()
print("done", flush=True)
"""


def start(code: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def killed(code: str, *words: str, after: float) -> list[str]:
    """Run until "open" is said, wait, kill; what it said after that, in whole lines."""
    process = start(code, *words)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    said, _ = process.communicate()
    return said[: said.rfind("\n") + 1].splitlines()


def moments(longest: float) -> list[float]:
    chance = random.Random(11)  # noqa: S311
    return [chance.uniform(0, longest) for _ in range(MOMENTS)]


@pytest.fixture
def filled(place):
    with Ledger.open(place) as ledger:
        ingest(ledger, [report(n) for n in range(30)], FakeReader(), ledger.start_run("ingest"))
        ledger.refresh()
    return place


def test_two_write_while_a_third_reads(place, tmp_path):
    Ledger.open(place).close()
    processes = [start(INGEST, place, "0"), start(INGEST, place, "400"), start(WATCH, place)]
    for process in processes:
        said, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint
    assert said == "saw it all\n"
    with Ledger.open(place) as together, Ledger.open(tmp_path / "after.db") as in_sequence:
        for first in (0, 400):
            reports = [report(n) for n in range(first, first + 400)]
            ingest(in_sequence, reports, FakeReader(), in_sequence.start_run("ingest"))
        in_sequence.refresh()
        together.refresh()
        assert check(together) == []
        assert state(together) == state(in_sequence)


def test_a_killed_ingest_loses_nothing_acknowledged_and_goes_on(place):
    for round_, moment in enumerate(moments(0.3)):
        Ledger.open(place).close()
        said = killed(INGEST_ALL, place, after=moment)
        with LedgerView.open(place) as view:
            counts = view.counts()
            assert counts["reports"] == counts["claims"] >= max(map(int, said), default=0)
            assert check(view) == []
        if counts["reports"] == ALL:  # it was done: begin anew
            place = _another(place, round_)
    with Ledger.open(place) as ledger:
        ingest(ledger, (report(n) for n in range(ALL)), FakeReader(), ledger.start_run("ingest"))
        assert ledger.counts()["claims"] == ALL


def _another(place: str, number: int) -> str:
    """A fresh place: another file, or the database emptied."""
    if "://" not in place:
        return f"{place}-{number}.db"
    with Ledger.open(place) as ledger, ledger.writing() as connection:
        empty(connection)
    return place


def test_acknowledged_judgements_survive_a_kill(filled):
    acknowledged: set[str] = set()
    for moment in moments(0.15):
        acknowledged |= set(killed(JUDGE, filled, after=moment))
        with LedgerView.open(filled) as view:
            assert check(view) == []
            assert acknowledged <= {judgement.id for judgement in view.judgements(limit=100_000)}


def test_a_killed_backup_harms_nothing_and_leaves_no_half_file(filled, tmp_path):
    for number, moment in enumerate(moments(0.1)):
        finished = killed(BACKUP, filled, str(tmp_path / f"copy{number}"), after=moment)
        named = {str(path) for path in tmp_path.glob(f"copy{number}-*.db")}
        assert set(finished) <= named
        for path in named:
            with LedgerView.open(path) as copy:
                assert check(copy) == []
    with LedgerView.open(filled) as view:
        assert check(view) == []


@pytest.mark.parametrize("step", EARLIER[-1:])
def test_a_killed_migration_is_done_wholly_or_not_at_all(place, step, tmp_path):
    for number, moment in enumerate(moments(0.4)):
        there = place if "://" in place else str(tmp_path / f"old{number}.db")
        make_earlier(there, step, more_claims=2000)
        killed(MIGRATE, there, after=moment)
        with Ledger.open(there, create=False) as ledger:
            assert check(ledger) == []
            assert len(ledger.live_claims()) == 3
            assert ledger.log(action="migrate")[0].details == {"from": step, "to": STEPS[-1]}
