"""A PostgreSQL server of the tests' own: a throw-away cluster that is reached through a socket in its folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

ENV = "NONGRATA_TEST_POSTGRES"
NOBODY = 65534
PORT = 54329
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # the cluster is thrown away; what is tested is how nongrata uses a server
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
}


def programs() -> Path | None:
    """The folder of the newest PostgreSQL server programs; None when there are none."""
    named = shutil.which("initdb")
    folders = [Path(named).resolve().parent] if named else []
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    there = [folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()]
    return max(there, key=_version, default=None)


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdecimal() else 0


@contextmanager
def server(folder: Path | None = None, settings: dict[str, str] | None = None) -> Iterator[str]:
    """A running server's URL; its files are gone afterwards. Root runs it as nobody, for PostgreSQL refuses root."""
    bin_folder = programs()
    assert bin_folder is not None, "no PostgreSQL server programs here: install Debian's postgresql"
    home = Path(tempfile.mkdtemp(prefix="nongrata-pg-", dir=folder))
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    if user:
        os.chown(home, NOBODY, NOBODY)
    data = home / "data"
    common = {"cwd": home, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)}, **user}
    log = home / "log"
    process = None
    try:
        init = [str(bin_folder / "initdb"), "-D", str(data), "-U", "nongrata", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(init, check=True, capture_output=True, **common)
        words = [f"-c{name}={value}" for name, value in (SETTINGS | (settings or {})).items()]
        command = [str(bin_folder / "postgres"), "-D", str(data), "-k", str(home), "-p", str(PORT), *words]
        with log.open("wb") as stream:
            process = subprocess.Popen(command, stdout=stream, stderr=stream, **common)
        _wait(process, home / f".s.PGSQL.{PORT}", bin_folder / "pg_isready", home, log)
        yield f"postgresql://nongrata@/postgres?host={home}&port={PORT}"
    finally:
        if process:
            process.send_signal(signal.SIGINT)  # a fast shutdown, clients or not
            process.wait(60)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def fresh_database(server_url: str, options: str = "") -> Iterator[str]:
    """The URL of a new, empty database of a server; it is dropped afterwards."""
    server_at = sa.make_url(server_url)
    name = f"nongrata_{uuid.uuid4().hex[:12]}"
    engine = sa.create_engine(server_at.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} {options}")
    yield server_at.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    engine.dispose()


def _wait(process: subprocess.Popen[bytes], socket: Path, ready: Path, home: Path, log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        asked = [str(ready), "-q", "-h", str(home), "-p", str(PORT)]
        if socket.exists() and subprocess.run(asked, check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError(f"the PostgreSQL server of the tests did not start:\n{log.read_text()}")
