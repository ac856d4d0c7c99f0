"""Archives and folders into a ledger, killed at random moments: nothing is lost, nothing is doubled."""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nongrata.extraction.tasks import PART, ReadReports
from nongrata.extraction.workers import Workers
from nongrata.ledger import Ledger, LedgerView
from nongrata.ledger.archives import ingest_archive
from nongrata.ledger.checking import faults
from nongrata.ledger.sweeps import all_live_claims
from nongrata.model import Claim, Report
from nongrata.reading import ReadingStats
from tests.ledger.helpers import FakeReader, report

KILLS = int(os.environ.get("NONGRATA_KILLS", "2"))
ROOT = Path(__file__).parents[2]
PAGES = 150
READER = """
import sys, time
from itertools import chain
from nongrata.extraction.workers import Workers
from nongrata.ledger import Ledger, ingest
from nongrata.ledger.archives import ingest_archive
from nongrata.reading import ReadingStats, open_reports
from tests.ledger.helpers import FakeReader
place, source = sys.argv[1:]
with Ledger.open(place) as ledger, Workers(1, FakeReader()) as workers:
    run = ledger.start_run("ingest", source, workers.name)
    print("open", flush=True)
    if source.endswith(".gz"):
        ingest_archive(ledger, source, workers, run, ReadingStats(), segment=3000)
    else:
        ingest(ledger, open_reports(source), workers, run)
"""


def page(number: int) -> bytes:
    dull = f"The bakery of street {number} sold cake to everybody who came along on the day. " * 3
    return (
        f"<html><body><p>{dull}</p><p>Report {number}. BE expelled {number + 1} RU envoys.</p></body></html>".encode()
    )


def packed(number: int, body: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay{number}.example/\r\n"
        f"WARC-Date: 2024-03-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", 1)


def archive(path: Path, numbers: range) -> Path:
    path.write_bytes(b"".join(packed(number, page(number)) for number in numbers))
    return path


def claims_of(place: Path) -> list[str]:
    with LedgerView.open(place) as view, view.reading() as connection:
        return sorted(f"{claim.actor} {claim.count}" for claim in all_live_claims(connection))


@pytest.fixture(params=["archive", "folder"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "archive":
        return archive(tmp_path / "day.warc.gz", range(PAGES))
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(PAGES):
        (folder / f"{number:04}.html").write_bytes(page(number))
    return folder


def test_a_killed_ingest_goes_on_and_ends_with_everything_once(source: Path, tmp_path: Path) -> None:
    place = tmp_path / "l.db"
    chance = random.Random(11)  # noqa: S311
    for _ in range(KILLS):
        reader = subprocess.Popen(
            [sys.executable, "-c", READER, str(place), str(source)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert reader.stdout is not None
        reader.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.8))
        reader.send_signal(signal.SIGKILL)
        reader.communicate()
    last = subprocess.run([sys.executable, "-c", READER, str(place), str(source)], cwd=ROOT, capture_output=True)
    assert last.returncode == 0, last.stderr
    assert len(claims_of(place)) == len(set(claims_of(place))) == PAGES
    with LedgerView.open(place) as view:
        assert view.counts()["reports"] == PAGES
        with view.reading() as connection:
            assert list(faults(connection)) == []


class FailingReader(FakeReader):
    """A reader that stands in for a machine that loses its power after some reports."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def read(self, report: Report) -> list[Claim]:
        if self.calls == self.after:
            raise KeyboardInterrupt
        return super().read(report)


def test_a_run_that_broke_off_within_a_segment_goes_on_at_the_record(tmp_path: Path) -> None:
    path = archive(tmp_path / "day.warc.gz", range(50))
    with Ledger.open(tmp_path / "l.db") as ledger:
        broken = FailingReader(after=3 * PART + 2)
        with Workers(1, broken) as workers, pytest.raises(KeyboardInterrupt):
            ingest_archive(ledger, str(path), workers, ledger.start_run("ingest", None, broken.name), ReadingStats())
        assert ledger.counts()["reports"] == 3 * PART
        whole = FakeReader()
        with Workers(1, whole) as workers:
            run = ledger.start_run("ingest", None, whole.name)
            assert ingest_archive(ledger, str(path), workers, run, ReadingStats()).added.claims == 50 - 3 * PART
        assert whole.calls == 50 - 3 * PART
        assert ledger.counts()["reports"] == 50


def test_the_command_itself_killed_with_its_workers_goes_on(tmp_path: Path) -> None:
    """With the shipped reader, in processes of its own, as a user runs it."""
    place, path = tmp_path / "l.db", tmp_path / "day.warc.gz"
    told = [f"<p>{place} expelled {n} diplomats of Chile on Friday, the foreign ministry said.</p>" for n, place in
            enumerate(("Norway", "Estonia", "Japan", "Kenya", "Austria", "Peru", "Canada", "Ghana"), 2)]  # fmt: skip
    path.write_bytes(b"".join(packed(number, f"<html><body>{text}</body></html>".encode()) for number, text in
                              enumerate(told * 5)))  # fmt: skip
    command = [sys.executable, "-m", "nongrata", "--ledger", str(place), "ingest", str(path), "--workers", "2"]
    chance = random.Random(12)  # noqa: S311
    for _ in range(max(1, KILLS // 2)):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        time.sleep(chance.uniform(0.5, 8))
        running.kill()
        running.wait()
    last = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert last.returncode == 0, last.stderr
    with LedgerView.open(place) as view, view.reading() as connection:
        assert list(faults(connection)) == []
        keys = [claim.key for claim in all_live_claims(connection)]
        assert view.counts()["reports"] == len(told) * 5
    assert len(keys) == len(set(keys)) >= len(told) * 5


def test_an_archive_is_gone_on_with_and_read_again_when_asked(tmp_path: Path) -> None:
    path, stats = archive(tmp_path / "day.warc.gz", range(30)), ReadingStats()
    with Ledger.open(tmp_path / "l.db") as ledger, Workers(1, FakeReader()) as workers:
        run = ledger.start_run("ingest", None, workers.name)
        first = ingest_archive(ledger, str(path), workers, run, stats, segment=1000)
        assert (first.added.claims, first.begun_at, first.done, first.size) == (30, 0, *[path.stat().st_size] * 2)
        again = ingest_archive(ledger, str(path), workers, run, stats, segment=1000)
        assert (again.added.claims, again.begun_at) == (0, first.done)
        with path.open("ab") as grown:
            grown.write(archive(tmp_path / "more.warc.gz", range(30, 35)).read_bytes())
        assert ingest_archive(ledger, str(path), workers, run, stats).added.claims == 5
        afresh = ingest_archive(ledger, str(path), workers, run, stats, afresh=True)
        assert (afresh.added.claims, afresh.added.unchanged, afresh.begun_at) == (0, 35, 0)
        other = archive(tmp_path / "other.warc.gz", range(90, 95))
        assert ingest_archive(ledger, str(other), workers, run, stats).added.claims == 5


@pytest.mark.parametrize("size", [1, 700, 5000, 1 << 20])
def test_segments_hold_every_record_once(tmp_path: Path, size: int) -> None:
    path = archive(tmp_path / "day.warc.gz", range(40))
    for name in (path, tmp_path / "day.warc"):
        if name != path:
            name.write_bytes(gzip.decompress(path.read_bytes()))
        with Ledger.open(tmp_path / f"{name.name}.db") as ledger, Workers(1, FakeReader()) as workers:
            run = ledger.start_run("ingest", None, workers.name)
            stats = ReadingStats()
            ingest_archive(ledger, str(name), workers, run, stats, segment=size)
            assert (stats.reports, stats.skipped_count) == (40, 0)


def test_large_tasks_and_large_results_do_not_wait_for_each_other() -> None:
    dull = "The bakery on the square sold cake to everybody who came along on the day. " * 15_000
    reports = [report(number, text=f"{dull}{number}") for number in range(96)]
    with Workers(2, FakeReader()) as workers:
        assert sum(1 for _ in workers.read_many(reports)) == len(reports)


def test_workers_give_results_in_order_and_end_with_their_program() -> None:
    reports = [report(number, text=f"Nothing happened at number {number}.") for number in range(40)]
    with Workers(2, FakeReader()) as workers:
        assert [one.id for one, _ in workers.read_many(reports)] == [one.id for one in reports]
        tasks = (ReadReports([one]) for one in reports)
        assert [done.readings[0][0].id for done in workers.run(tasks)] == [one.id for one in reports]
        processes = list(workers._processes)
    assert all(not process.is_alive() for process in processes)
