"""Disks that are full, and places that may only be read."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from nongrata.ledger import Ledger, LedgerView, ingest
from nongrata.ledger.upkeep import backup, check
from nongrata.model import LedgerError
from tests.ledger.helpers import FakeReader, fill_with, filled, report
from tests.postgres import NOBODY, programs, server


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 6 MB; where none may be mounted the tests on it are skipped."""
    disk = Path(tempfile.mkdtemp())
    disk.chmod(0o755)  # a server of another user gets in, which it cannot into pytest's own folders
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        disk.rmdir()
        pytest.skip("no disk may be mounted here: run the tests as root of a machine of your own")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)
    disk.rmdir()


LIMITED = """
import resource, signal, sys
from nongrata.ledger import Ledger, ingest
from nongrata.model import LedgerError
from tests.ledger.helpers import FakeReader, report
with Ledger.open(sys.argv[1]) as ledger:
    run = ledger.start_run("ingest")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    try:
        ingest(ledger, (report(n) for n in range(10, 4000)), FakeReader(), run, lambda added: print(added.readings))
    except LedgerError as error:
        print(error)
"""


def test_a_file_that_may_not_grow_is_unharmed(tmp_path):
    path = filled(tmp_path / "l.db")
    limit = path.stat().st_size + 200_000
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), str(limit)], capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    assert "the disk refused to read or write" in lines[-1], done.stderr
    with LedgerView.open(path) as view:
        assert check(view) == []
        assert view.counts()["reports"] >= 3 + (int(lines[-2]) if len(lines) > 1 else 0)
    with Ledger.open(path) as ledger:
        assert ingest(ledger, [report(9)], FakeReader(), ledger.start_run("ingest")).reports == 1


def test_a_full_disk_is_told_and_what_was_acknowledged_is_kept(small_disk):
    path, acknowledged = filled(small_disk / "l.db"), []
    reports = (report(n, text=f"Report {n}. BE expelled {n} RU envoys. " + "x" * 20_000) for n in range(10, 900))
    with Ledger.open(path) as ledger, pytest.raises(LedgerError, match="is full and nothing more was written"):
        ingest(ledger, reports, FakeReader(), ledger.start_run("ingest"), acknowledged.append)
    (small_disk / "l.db-wal").touch()
    with LedgerView.open(path) as view:
        assert check(view) == []
        assert view.counts()["reports"] == 3 + acknowledged[-1].readings
    with pytest.raises(LedgerError, match="is full"), LedgerView.open(path) as view:
        backup(view, small_disk / "copy.db")
    assert not list(small_disk.glob("copy*"))


def test_a_full_disk_of_a_server(small_disk):
    if programs() is None:
        pytest.skip("no PostgreSQL server here: install Debian's postgresql to run these tests")
    os.chown(small_disk, NOBODY, NOBODY)
    filler = random.Random(1).randbytes(25_000).hex()  # noqa: S311  a server packs what repeats
    with server() as url:
        engine = sa.create_engine(
            sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE TABLESPACE small LOCATION '{small_disk}'")
        place = sa.make_url(url).render_as_string(hide_password=False)
        with Ledger.open(place) as ledger:
            fill_with(ledger, range(3))
            with ledger.writing() as connection:
                connection.exec_driver_sql("ALTER TABLE reports SET TABLESPACE small")
            with pytest.raises(LedgerError, match="is full and nothing more was written"):
                fill_with(ledger, range(10, 2000), filler)
        with LedgerView.open(place) as view:
            assert check(view) == []
            assert view.counts()["reports"] >= 3


def test_a_server_that_may_only_be_read(postgres_place):
    place = postgres_place
    with Ledger.open(place) as ledger:
        fill_with(ledger, range(3))
        with ledger.writing() as connection:
            name = sa.make_url(place).database
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with LedgerView.open(place) as view:
        assert view.counts()["reports"] == 3
    with Ledger.open(place) as ledger, pytest.raises(LedgerError, match="cannot be written"):
        ledger.start_run("ingest")
