from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from nongrata.ledger import Ledger, LedgerView, ingest
from nongrata.ledger.upkeep import check
from nongrata.model import LedgerError
from tests.ledger.helpers import FakeReader, filled, report
from tests.ledger.test_upkeep import state
from tests.postgres import fresh_database


def refused(path: Path | str, words: str, **options) -> None:
    for kind in (Ledger, LedgerView):
        with pytest.raises(LedgerError, match=words):
            kind.open(path, **options)


def test_a_file_ledger_uses_wal_and_foreign_keys(tmp_path):
    path = filled(tmp_path / "l.db")
    with Ledger.open(path) as ledger, ledger.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_no_ledger_there(tmp_path):
    with pytest.raises(LedgerError, match=r"there is no ledger at .*make one with"):
        LedgerView.open(tmp_path / "none.db")
    with pytest.raises(LedgerError, match="there is no ledger"):
        Ledger.open(tmp_path / "none.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder(tmp_path):
    refused(tmp_path, "is a folder: give the path of a ledger file")


def test_a_missing_folder(tmp_path):
    with pytest.raises(LedgerError, match="cannot be opened: check that its folder exists"):
        Ledger.open(tmp_path / "no" / "l.db")


def test_not_a_database(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, long enough to be no header of a database at all.\n" * 20)
    before = path.read_bytes()
    refused(path, "is not a ledger")
    assert path.read_bytes() == before


def test_another_programs_database(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = path.read_bytes()
    refused(path, "holds other tables and no ledger")
    assert path.read_bytes() == before


def test_a_newer_schema(tmp_path):
    path = filled(tmp_path / "l.db")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    refused(path, "was written by a newer nongrata .*upgrade nongrata")


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(3000),
        b"\x1f\x8b" + bytes(range(256)) * 8,
        b'{"id": "a", "text": "BE expelled 3 RU envoys."}\n' * 50,
        b"SQLite format 3\x00" + b"nothing of the kind" * 200,
        b"x",
    ],
    ids=["picture", "gzip", "reports", "header only", "one byte"],
)
def test_the_wrong_kind_of_file(tmp_path, content):
    path = tmp_path / "ledger.db"
    path.write_bytes(content)
    refused(path, "is not a ledger|is damaged")
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_file_at_all(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", "is no file: give the path")
    refused("/dev/null", "is no file: give the path")


def outcome(path: Path) -> object:
    """What a ledger says of itself: its faults and all it holds, or the error."""
    try:
        with LedgerView.open(path) as view:
            return check(view), state(view)
    except LedgerError as error:
        return str(error)


def test_a_damaged_page_anywhere_is_told_and_nothing_is_changed(tmp_path):
    path = filled(tmp_path / "l.db", 12)
    with Ledger.open(path) as ledger:
        ledger.refresh()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    whole, sound = path.read_bytes(), outcome(path)
    chance = random.Random(3)  # noqa: S311
    told = 0
    for start in range(0, len(whole), size):
        begin = start + chance.choice((0, size - 600))  # a page's header, or its rows, which fill it from its end
        damaged = whole[:begin] + chance.randbytes(600) + whole[begin + 600 :]
        copy = tmp_path / f"copy{start}.db"
        copy.write_bytes(damaged)
        found = outcome(copy)
        assert found == sound or isinstance(found, str) or found[0], start
        told += found != sound
        assert copy.read_bytes() == damaged
    assert told > len(whole) / size / 2


def test_a_damaged_page(tmp_path):
    path = filled(tmp_path / "l.db", 200)
    size = path.stat().st_size
    with path.open("r+b") as stream:
        stream.seek(4096)
        stream.write(os.urandom(size - 8192))
    with pytest.raises(LedgerError, match=r"damaged|is not a ledger|holds other tables"), LedgerView.open(path) as view:
        view.live_claims()


def test_a_truncated_file(tmp_path):
    path = filled(tmp_path / "l.db", 200)
    with path.open("r+b") as stream:
        stream.truncate(path.stat().st_size // 2)
    with pytest.raises(LedgerError, match="damaged"), LedgerView.open(path) as view:
        view.live_claims()


def test_a_second_writer_waits_and_is_told(tmp_path):
    path = filled(tmp_path / "l.db")
    with Ledger.open(path) as first, Ledger.open(path, wait=0.2) as second, first.writing():
        with pytest.raises(LedgerError, match="is being written by another process: wait"):
            second.start_run("ingest")
        with LedgerView.open(path) as view:
            assert view.counts()["reports"] == 3


def test_a_full_disk_leaves_the_file_unharmed(tmp_path):
    path = filled(tmp_path / "l.db")
    with Ledger.open(path) as ledger:
        with ledger.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(LedgerError, match="is full and nothing more was written"):
            ingest(ledger, [report(n) for n in range(10, 900)], FakeReader(), 1)
    with LedgerView.open(path) as view:
        assert view.counts()["reports"] >= 3
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


AS_NOBODY = """
import os, sys
from nongrata.ledger import Ledger, LedgerView
from nongrata.model import LedgerError
with Ledger.open(sys.argv[2]) as ledger:  # imports what is imported late: nobody may not read this Python
    ledger.start_run("ingest")
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
with LedgerView.open(sys.argv[1]) as view:
    print(view.counts()["reports"])
try:
    with Ledger.open(sys.argv[1]) as ledger:
        ledger.start_run("ingest")
except LedgerError as error:
    print(error)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can look into, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_file_can_be_read_and_says_why_it_cannot_be_written(open_folder, tmp_path):
    path = filled(open_folder / "l.db")
    path.chmod(0o444)
    open_folder.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(path), str(tmp_path / "other.db")],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert lines[:1] == ["3"], done.stderr
    assert "cannot be written (read-only)" in lines[1]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://host/name", "cannot be kept in mysql"),
        ("://", "is no database address"),
        ("postgresql://nobody@127.0.0.1:1/none", "cannot be reached"),
    ],
)
def test_other_addresses(address, words):
    if "postgresql" in address:
        pytest.importorskip("psycopg")
    refused(address, words)


def test_a_password_is_never_shown(tmp_path):
    pytest.importorskip("psycopg")
    with pytest.raises(LedgerError) as caught:
        Ledger.open("postgresql://u:sesame@127.0.0.1:1/none")
    assert "sesame" not in str(caught.value)
    refused("postgresql://u:sesame@127.0.0.1:port/none", r"postgresql://\*\*\*@127\.0\.0\.1:port/none is no database")


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_letter_is_refused(postgres_server, encoding):
    with fresh_database(postgres_server, f"TEMPLATE template0 ENCODING {encoding} LOCALE 'C'") as place:
        refused(place, f"keeps texts as {encoding}.*createdb --template=template0 --encoding=UTF8")
