"""A soak: ``watch`` on many local feeds with faults, beside ``serve`` under load; memory, losses, answers, logs.

    python bench/soak.py [--minutes 2] [--feeds 50]         make soak: 30 minutes

A server of this script's own serves feeds and articles at a loopback address (``soak_world.py`` tells what is wrong
with some of them). ``watch`` looks at them and fills a ledger while ``serve`` shows it; clients ask for its pages and
a reviewer judges claims by the API. When the time is over nothing more is published, and ``watch`` may catch up.

Printed at intervals: resident memory of both programs, the ledger's size, reports and answers so far. At the end: what
is lost or doubled, how memory grew over the second half and when nothing new came, how long answers took, and what the
logs say, by kinds of lines. Ends with 1 when something published is not in the ledger or is there twice, a judgement
got lost, a page ended with an error of the server, or a log holds a stack trace.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from nongrata.ledger import LedgerView, schema
from soak_world import Server, World

PAGES = (
    *("/", "/?type=expulsion", "/?target=RU", "/claims", "/claims?q=embassy", "/sources", "/analyses/respond"),
    *(
        "/feed.atom",
        "/export/csv?type=expulsion",
        "/api/v1/health",
        "/api/v1/incidents",
        "/api/v1/claims?type=expulsion",
    ),
)
PAUSE = 1.0
"""Seconds between an answer and the client's next question."""
JUDGED_EVERY = 5.0


class Clients:
    """Ask for pages, and judge claims, until told to stop."""

    def __init__(self, port: int, token: str, number: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._token = token
        self._stop = threading.Event()
        self.times: list[float] = []
        self.statuses: collections.Counter[int] = collections.Counter()
        self.judged: list[str] = []
        self._threads = [threading.Thread(target=self._ask, args=(n,), daemon=True) for n in range(number)]
        self._threads.append(threading.Thread(target=self._judge, daemon=True))

    def start_when_answered(self) -> None:
        """Begin as soon as the program answers; give it a minute for that."""
        end = time.monotonic() + 60
        while not self._answer("/api/v1/health") and time.monotonic() < end:
            time.sleep(0.5)
        self.times.clear()
        self.statuses.clear()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End."""
        self._stop.set()
        for thread in self._threads:
            thread.join(60)

    def _ask(self, seed: int) -> None:
        rng = random.Random(seed)
        while not self._stop.wait(PAUSE):
            self._answer(rng.choice(PAGES))

    def _judge(self) -> None:
        """Accept claims that were not judged yet."""
        while not self._stop.wait(JUDGED_EVERY):
            page = json.loads(self._answer("/api/v1/claims?reviewed=no&limit=1") or b"{}")
            for claim in page.get("items", ()):
                verdict = json.dumps({"verdict": "accept", "claim": claim["key"], "reason": "soak"}).encode()
                kept = self._answer("/api/v1/judgements", verdict)
                if kept:
                    self.judged.append(json.loads(kept)["id"])

    def _answer(self, path: str, body: bytes | None = None) -> bytes:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"} if body else {}
        begun = time.perf_counter()
        try:
            asked = urllib.request.Request(self._base + path, body, headers)  # noqa: S310  our own server
            with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
                found, status = answer.read(), answer.status
        except urllib.error.HTTPError as error:
            found, status = b"", error.code
        except OSError:
            found, status = b"", 0
        self.times.append(time.perf_counter() - begun)
        self.statuses[status] += 1
        return found


def nongrata(folder: Path, *words: str, log: str) -> subprocess.Popen[bytes]:
    """The program in a folder, its output in a log."""
    command = [sys.executable, "-m", "nongrata", "--ledger", "soak.db", *words]
    with (folder / log).open("ab") as stream:
        return subprocess.Popen(command, cwd=folder, stdout=stream, stderr=stream, env=os.environ | {"NO_COLOR": "1"})


@dataclass(frozen=True, slots=True)
class Spot:
    """A moment: seconds since the beginning, memory of both programs (MB), reports, and the ledger's files (MB)."""

    at: float
    watch: float
    serve: float
    reports: int
    ledger: float
    log: float


def spot(begun: float, folder: Path, watch: subprocess.Popen[bytes], serve: subprocess.Popen[bytes]) -> Spot:
    """The present moment."""
    with LedgerView.open(folder / "soak.db") as view:
        reports = view.counts()["reports"]
    sizes = [
        path.stat().st_size / 1e6 if path.exists() else 0.0 for path in (folder / "soak.db", folder / "soak.db-wal")
    ]
    return Spot(time.monotonic() - begun, resident(watch.pid), resident(serve.pid), reports, *sizes)


def resident(pid: int) -> float:
    """Resident memory of a process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def growth(spots: list[Spot], of: str) -> str:
    """Memory at the middle and at the end, and its slope over the second half by least squares."""
    half = [one for one in spots if one.at >= spots[-1].at / 2]
    if len(half) < 3:
        return "too short to tell"
    slope = statistics.linear_regression([one.at / 3600 for one in half], [getattr(one, of) for one in half]).slope
    gained = half[-1].reports - half[0].reports
    first, last, most = (getattr(one, of) for one in (half[0], half[-1], max(spots, key=lambda s: getattr(s, of))))
    words = f"{first:.0f} MB at half time, {last:.0f} at the end, {most:.0f} at most; {slope:+.0f} MB an hour"
    return f"{words}, while {gained:,} reports came"


def losses(folder: Path, world: World, judged: list[str]) -> tuple[set[str], int, int]:
    """Paths that are missing, how many reports are there twice, and how many judgements got lost."""
    with LedgerView.open(folder / "soak.db") as view:
        with view.reading() as connection:
            kept_urls = connection.scalars(sa.select(schema.reports.c.url)).all()
        urls = collections.Counter(re.sub(r"^http://[^/]+", "", url or "") for url in kept_urls)
        kept = {one.id for one in view.judgements(len(judged) + 1000)}
    return world.expected() - urls.keys(), sum(count - 1 for count in urls.values()), len(set(judged) - kept)


def kinds_of_lines(log: Path) -> collections.Counter[str]:
    """The lines of a log without their particulars, counted."""
    text = log.read_text(encoding="utf-8", errors="replace")
    text = re.sub(r"http://[\w.:]+(/[\w./]*)?", "URL", text)
    return collections.Counter(re.sub(r"\d[\d,.:-]*", "N", line) for line in text.splitlines())


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def main() -> None:
    """Run the soak."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--feeds", type=int, default=50)
    parser.add_argument("--clients", type=int, default=4)
    args = parser.parse_args()
    # A short run is a long one in small: articles and looks come closer together.
    every = min(60.0, args.minutes * 60 / 4)
    looks = every / 60
    world = World(args.feeds, every)
    server = Server(world)
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(soak(Path(folder), args.minutes * 60, looks, server, args.clients))


def soak(folder: Path, seconds: float, looks: float, server: Server, clients: int) -> int:
    """Run both programs for some seconds, let the watch catch up, and report; returns the exit code."""
    world, begun = server.world, time.monotonic()
    (folder / "feeds.toml").write_text(server.feeds(looks), encoding="utf-8")
    made = [sys.executable, "-m", "nongrata", "--ledger", "soak.db", "token", "add", "soak"]
    token = subprocess.run(made, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
    port = free_port()
    watch = nongrata(folder, "watch", "feeds.toml", "--pause", "0", "--private", server.authority, log="watch.log")
    serve = nongrata(folder, "serve", "--port", str(port), log="serve.log")
    asking = Clients(port, token, clients)
    asking.start_when_answered()
    spots: list[Spot] = []
    print("minute  watch MB  serve MB  reports  ledger MB  log MB  answers", flush=True)
    try:
        while time.monotonic() - begun < seconds:
            time.sleep(min(30.0, seconds / 12))
            spots.append(spot(begun, folder, watch, serve))
            show(spots[-1], asking)
        world.end()
        catch_up(folder, world, looks)
        spots.append(spot(begun, folder, watch, serve))
        show(spots[-1], asking)
        at_rest = resting(seconds / 10, lambda: spot(begun, folder, watch, serve), asking)
        asking.stop()
        ended = [name for name, program in (("watch", watch), ("serve", serve)) if program.poll() is not None]
    finally:
        for program in (watch, serve):
            program.terminate()
            program.wait(30)
    return report(folder, world, spots, asking, ended, at_rest)


def show(one: Spot, asking: Clients) -> None:
    """A line of the table."""
    row = f"{one.at / 60:6.1f} {one.watch:9.0f} {one.serve:9.0f} {one.reports:8,} {one.ledger:10.1f} {one.log:7.1f}"
    print(f"{row} {len(asking.times):8,}", flush=True)


def catch_up(folder: Path, world: World, looks: float) -> None:
    """Wait until all is there, or for as long as feeds that failed twice are left alone, on a busy machine."""
    end = time.monotonic() + 60 * 8 * looks + 240
    while time.monotonic() < end and losses(folder, world, [])[0]:
        time.sleep(5)


def resting(seconds: float, now: Callable[[], Spot], asking: Clients) -> str:
    """What happens to memory while the clients go on and nothing new is published."""
    before, answered = now(), len(asking.times)
    time.sleep(seconds)
    after, more = now(), len(asking.times) - answered
    memory = f"watch {before.watch:.0f} to {after.watch:.0f} MB, serve {before.serve:.0f} to {after.serve:.0f} MB"
    return f"nothing new for {seconds / 60:.1f} minutes, {more:,} answers: {memory}"


def report(folder: Path, world: World, spots: list[Spot], asking: Clients, ended: list[str], at_rest: str) -> int:
    """Print what came of it; 1 where something is not as it should be."""
    missing, doubled, unjudged = losses(folder, world, asking.judged)
    print(f"\nwatch: {growth(spots, 'watch')}\nserve: {growth(spots, 'serve')}\n{at_rest}")
    print(f"published and to be found {len(world.expected()):,}; missing {len(missing)}, doubled {doubled}")
    print(f"judged {len(asking.judged):,}, lost {unjudged}")
    for kind, number in sorted(collections.Counter(world.kinds[int(p.split("/")[1])] for p in missing).items()):
        print(f"  missing of {kind} feeds: {number}")
    times = sorted(asking.times)
    statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(asking.statuses.items()))
    print(f"answers by status {statuses}; median {statistics.median(times):.2f} s, ", end="")
    print(f"95 % {times[int(0.95 * len(times))]:.2f} s, most {times[-1]:.2f} s")
    traces = 0
    for name in ("watch.log", "serve.log"):
        kinds = kinds_of_lines(folder / name)
        traces += sum("Traceback" in line for line in kinds)
        print(
            f"{name}: {kinds.total():,} lines of {len(kinds)} kinds, the longest {max(map(len, kinds), default=0)} wide"
        )
        for line, count in kinds.most_common(16):
            print(f"  {count:5,} x {line[:150]}")
    for name in ended:
        print(f"{name} had ended by itself")
    errors = sum(count for status, count in asking.statuses.items() if status == 0 or status >= 500)
    return int(bool(missing or doubled or unjudged or traces or errors or ended))


if __name__ == "__main__":
    main()
