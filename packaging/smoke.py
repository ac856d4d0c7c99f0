"""Install the built wheel with each extra into a clean environment, and try what a stranger would try.

    python packaging/smoke.py [EXTRA ...]        default: core and every extra that runs the program

``make dist`` builds the wheel; ``make smoke`` calls this. "core" is the wheel alone. Each environment is new, has no
package but what the wheel asks for, and the program runs in an empty folder outside the clone.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
REPORT = "Belgium expelled 21 Russian diplomats on Tuesday, the foreign ministry said.\n"
# Jinja2, which the pages need too, comes with spaCy, and fsspec with the tokenizers.
OPTIONAL = ("fastapi", "uvicorn", "psycopg", "duckdb", "stix2validator", "ray", "hyperscan", "isal", "torch")


class SmokeError(Exception):
    """Something does not do what it should."""


class Installed:
    """The wheel, installed with an extra in an environment of its own.

    Args:
        folder: an empty folder for the environment and for what the program writes.
        wheel: the built wheel.
        extra: an extra, or "core".
    """

    def __init__(self, folder: Path, wheel: Path, extra: str) -> None:
        self.work = folder / "work"
        self.work.mkdir()
        venv.create(folder / "venv", with_pip=True)
        self._bin = folder / "venv" / "bin"
        wanted = f"nongrata @ {wheel.as_uri()}" if extra == "core" else f"nongrata[{extra}] @ {wheel.as_uri()}"
        self._run([str(self._bin / "python"), "-m", "pip", "install", "--quiet", wanted], timeout=1800)

    def nongrata(self, *words: str, fails: bool = False, stdin: str | None = None) -> str:
        """What the program prints, on both streams."""
        return self._run([str(self._bin / "nongrata"), *words], fails=fails, stdin=stdin)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """The program, running on its own."""
        return subprocess.Popen([str(self._bin / "nongrata"), *words], cwd=self.work, env=_environment())

    def has(self, module: str) -> bool:
        """True where a module is installed."""
        words = ["-c", f"import importlib.util as u; print(u.find_spec({module!r}) is not None)"]
        return "True" in self._run([str(self._bin / "python"), *words])

    def _run(self, words: list[str], *, fails: bool = False, stdin: str | None = None, timeout: float = 300) -> str:
        done = subprocess.run(
            words, cwd=self.work, env=_environment(), input=stdin, capture_output=True, text=True, timeout=timeout
        )
        said = done.stdout + done.stderr
        if (done.returncode != 0) is not fails or "Traceback" in said:
            raise SmokeError(f"{' '.join(words)} ended with {done.returncode}:\n{said[-2000:]}")
        return said


def _environment() -> dict[str, str]:
    """This environment without what would let the clone or its packages in."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "NONGRATA"))}


def hold(true: bool, words: str) -> None:
    """Raise unless something is so."""
    if not true:
        raise SmokeError(words)


def reads_and_lists(program: Installed) -> None:
    """What every installation does."""
    hold("expulsion" in program.nongrata("read", "-", "--published", "2022-03-31", stdin=REPORT), "read finds nothing")
    hold("incidents" in program.nongrata("--ledger", "demo.db", "demo"), "the demo shows no incidents")
    listed = program.nongrata("--ledger", "demo.db", "incidents", "--format", "jsonl").splitlines()
    hold(len(listed) > 50, "the demo's ledger lists no incidents")
    one = json.loads(listed[0])["id"]
    for words in (["show", one], ["tally"], ["search", "diplomats"], ["cite", one], ["ledger", "check"]):
        program.nongrata("--ledger", "demo.db", *words)
    program.nongrata("--ledger", "demo.db", "export", "--format", "package", "package")
    program.nongrata("--ledger", "again.db", "import", "package/claims.jsonl")


def core(program: Installed) -> None:
    """Nothing optional came along, and what is missing says what to type."""
    for module in OPTIONAL:
        hold(not program.has(module), f"the core installation brings {module}")
    for extra, words in (
        ("analytics", ("--ledger", "demo.db", "export", "--format", "parquet", "p")),
        ("web", ("--ledger", "demo.db", "serve")),
        ("web", ("--ledger", "demo.db", "snapshot", "s")),
        ("stix", ("--ledger", "demo.db", "export", "--format", "stix", "--check", "b.json")),
        ("postgres", ("--ledger", "postgresql://nobody@localhost/none", "incidents")),
        ("cluster", ("cluster", "run", ".", "claims")),
    ):
        said = program.nongrata(*words, fails=True)
        hold(f'pip install "nongrata[{extra}]"' in said, f"without {extra} it says: {said}")
    said = program.nongrata("--ledger", "demo.db", "ingest", "s3://bucket/day.warc.gz", fails=True)
    hold("s3fs" in said or "nongrata[remote]" in said, f"without a package for the store it says: {said}")


def analytics(program: Installed) -> None:
    """Parquet is written."""
    program.nongrata("--ledger", "demo.db", "export", "--format", "parquet", "p")
    hold((program.work / "p" / "incidents.parquet").stat().st_size > 1000, "no Parquet file")


def stix(program: Installed) -> None:
    """The validator judges a bundle."""
    said = program.nongrata("--ledger", "demo.db", "export", "--format", "stix", "--check", "b.json")
    hold("valid STIX 2.1" in said, said)


def web(program: Installed) -> None:
    """Pages are served, and written as files."""
    program.nongrata("--ledger", "demo.db", "snapshot", "s")
    hold((program.work / "s" / "index.html").is_file(), "the snapshot has no first page")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = program.start("--ledger", "demo.db", "serve", "--port", str(port))
    try:
        hold("nongrata" in _page(f"http://127.0.0.1:{port}/"), "the first page is not nongrata's")
    finally:
        server.terminate()
        server.wait(30)


def _page(url: str) -> str:
    """The page at an address of this machine, as soon as somebody answers."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  our own server
                return str(answer.read().decode("utf-8"))
        except OSError:
            time.sleep(0.5)
    raise SmokeError(f"{url} does not answer")


def postgres(program: Installed) -> None:
    """The driver is there: a server that is not is told in a line."""
    said = program.nongrata("--ledger", "postgresql://nobody@127.0.0.1:1/none", "incidents", fails=True)
    hold("nongrata:" in said and "pip install" not in said, said)


def cluster(program: Installed) -> None:
    """Two workers of a Ray of this machine read files, and the ledger takes what they made."""
    reports = program.work / "reports"
    reports.mkdir()
    for day in range(28, 31):
        row = {"id": f"r{day}", "publisher": "Quay", "published": f"2022-03-{day}", "text": REPORT}
        (reports / f"{day}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    said = program.nongrata("cluster", "run", "reports", "claims", "--workers", "2")
    hold("3 shards done" in said and "0 workers lost" in said, said)
    said = program.nongrata("--ledger", "cluster.db", "cluster", "ingest", "claims")
    hold("3 reports" in said and "0 claims" not in said, said)
    said = program.nongrata("--ledger", "cluster.db", "ingest", "reports")
    hold("0 reports read" in said, said)


def archive(program: Installed) -> None:
    """A web archive at an address of a store that fsspec opens is read."""
    body = f"<html><title>Envoys leave</title><body><article><p>{REPORT}</p></article></body></html>"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay.example/1\r\n"
        "WARC-Date: 2022-03-30T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:7b4a1a52-30ee-4c0b-8a0a-6f3f35f4c9a1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    place = program.work / "day.warc"
    place.write_bytes(head.encode() + answer + b"\r\n\r\n")
    said = program.nongrata("--ledger", "archive.db", "ingest", place.as_uri() if program.has("fsspec") else str(place))
    hold("1 report read" in said, said)


CHECKS: Mapping[str, Callable[[Installed], None]] = {
    "core": core,
    "web": web,
    "analytics": analytics,
    "stix": stix,
    "postgres": postgres,
    "fast": archive,
    "remote": archive,
    "cluster": cluster,
}


def tried(wheel: Path, extra: str) -> str:
    """How an extra did, in words.

    Raises:
        SmokeError: it does not do what it should.
    """
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        program = Installed(Path(folder), wheel, extra)
        ready = time.monotonic()
        try:
            reads_and_lists(program)
            CHECKS[extra](program)
        except SmokeError as error:
            raise SmokeError(f"{extra}: {error}") from error
    return f"{extra}: installed in {ready - begun:.0f} s, works ({time.monotonic() - ready:.0f} s)"


def main() -> None:
    """Try each extra, two at a time; the first failure ends it."""
    (wheel,) = (ROOT / "dist").glob("*.whl")
    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(tried, wheel, extra) for extra in sys.argv[1:] or CHECKS]
        try:
            for done in tries:
                print(done.result(), flush=True)
        except SmokeError as error:
            pool.shutdown(cancel_futures=True)
            sys.exit(str(error))


if __name__ == "__main__":
    main()
