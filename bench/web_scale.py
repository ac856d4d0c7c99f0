"""The observatory at size: server time of every page while readers read and an ingest runs.

    python bench/web_scale.py [--claims 1000000] [--readers 8] [--seconds 60] [--pause 1]

The ledger is the one of ``ledger_scale.py``. Readers ask for pages over HTTP, each pausing between two pages as people
do; a writer adds reports all the while. Readers and writer are processes of their own. Server time is measured inside
the server, from the first byte of the request to the last of the answer. Beside it stands the same load, no writer.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(ROOT))

import uvicorn  # noqa: E402

import ledger_scale  # noqa: E402
from nongrata.ledger import ClaimFilter, IncidentFilter, Ledger, LedgerView  # noqa: E402
from nongrata.web.app import create_app  # noqa: E402
from nongrata.web.serving import settle  # noqa: E402
from nongrata.web.settings import Limits, WebSettings  # noqa: E402

WRITER = """
import sys, time
sys.path.insert(0, {bench!r})
import ledger_scale
from dataclasses import replace
from itertools import islice
from nongrata.ledger import Ledger

with Ledger.open({place!r}, wait=60) as ledger:
    run = ledger.start_run("bench")
    stream = ledger_scale.readings(10_000_000, seed=7)
    while some := list(islice(stream, 200)):
        made = [
            (replace(report, id="w" + report.id), [replace(claim, report_id="w" + report.id) for claim in claims])
            for report, claims in some
        ]
        ledger.add(run, made, "bench 2")
        time.sleep(0.2)
"""
"""A process that takes in some hundred reports a second, as fast as a reader of texts would bring them."""


class Clock:
    """Notes the server time of each answer by the kind of page."""

    def __init__(self, app: Any) -> None:  # noqa: ANN401  an ASGI application
        self._app = app
        self.spent: dict[str, list[float]] = defaultdict(list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        await self._app(scope, receive, send)
        kind = dict(scope["headers"]).get(b"x-kind", b"").decode()
        self.spent[kind].append(1000 * (time.perf_counter() - begun))


def fill(place: str, claims: int) -> None:
    """Make the ledger."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(place) as ledger:
        with Ledger.open(str(Path(folder) / "bare.db")) as bare:
            run = ledger.start_run("bench")
            bare.start_run("bench")
            done = 0
            for batch in ledger_scale.batches(ledger_scale.readings(claims)):
                done += ledger.add(run, batch, "bench 1").claims
        print(f"{done:,} claims, {ledger_scale.conclude(ledger):,} incidents")


def addresses(place: str) -> dict[str, list[str]]:
    """By kind of page, addresses of it."""
    with LedgerView.open(place) as view:
        incidents = [
            one.id
            for type in ("expulsion", "cyberattack", "espionage")
            for one in view.incident_page(IncidentFilter(types=(type,)), limit=100).found
        ]
        claims = view.search(ClaimFilter(), limit=200).found
        facets = view.facets().values
    parties = [name for name, _ in facets["actor"] if name][:30]
    publishers = [urllib.request.quote(name) for name, _ in facets["publisher"] if name][:50]
    types = ["expulsion", "cyberattack", "espionage", "sanction", "protest"]
    return {
        "overview": ["/"],
        "overview, one party": [f"/?who={party}" for party in parties],
        "overview, filtered": [f"/?type={type}&who={party}" for type in types for party in parties],
        "overview, selected": [f"/?sel={id}" for id in incidents],
        "incident": [f"/incidents/{id}" for id in incidents],
        "report": [f"/reports/{claim.report_id}" for claim in claims],
        "claims": [f"/claims?who={party}" for party in parties],
        "claims, words": [f"/claims?q={word}" for word in ledger_scale.WORDS],
        "claims, both": [f"/claims?who={party}&q={word}" for party in parties for word in ledger_scale.WORDS],
        "claim": [f"/claims/{claim.key}" for claim in claims],
        "sources": ["/sources"],
        "source": [f"/sources/{name}" for name in publishers],
        "review": ["/review"],
        "method": ["/method"],
        "API: incidents": [f"/api/v1/incidents?whom={party}" for party in parties],
        "API: claims": [f"/api/v1/claims?type={type}" for type in types],
        "feed": ["/feed.atom"],
    }


def read(base: str, kinds: dict[str, list[str]], readers: int, seconds: float, pause: float, seed: int) -> None:
    """Let readers read for some seconds, in a process of their own."""
    given = (base, kinds, readers, seconds, pause, seed)
    process = multiprocessing.get_context("spawn").Process(target=read_here, args=given)
    process.start()
    process.join()


def read_here(base: str, kinds: dict[str, list[str]], readers: int, seconds: float, pause: float, seed: int) -> None:
    """Let readers read for some seconds; each goes through the kinds of pages in orders of its own."""
    end = time.monotonic() + seconds

    def one(number: int) -> None:
        rng = random.Random(1000 * seed + number)
        while True:
            for kind in rng.sample(list(kinds), len(kinds)):
                if time.monotonic() >= end:
                    return
                request = urllib.request.Request(base + rng.choice(kinds[kind]), headers={"X-Kind": kind})  # noqa: S310
                with urllib.request.urlopen(request) as answer:  # noqa: S310
                    answer.read()
                time.sleep(rng.random() * 2 * pause)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def quantile(values: list[float], share: float) -> float:
    """The value below which that share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=1.0, help="mean seconds that a reader looks at a page")
    parser.add_argument("--place", help="a ledger that was made before; default a temporary one")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = args.place or str(Path(folder) / "ledger.db")
        if not Path(place).exists():
            fill(place, args.claims)
        clock = Clock(create_app(WebSettings(place, limits=Limits(burst=10**9, per_second=1e9))))
        server = uvicorn.Server(uvicorn.Config(clock, port=8655, log_level="error"))
        threading.Thread(target=server.run, daemon=True).start()
        while not server.started:
            time.sleep(0.05)
        kinds, base = addresses(place), "http://127.0.0.1:8655"
        settle()
        read(base, kinds, 1, 5, 0, seed=1)
        clock.spent.clear()
        read(base, kinds, args.readers, args.seconds / 2, args.pause, seed=2)
        alone = {kind: list(values) for kind, values in clock.spent.items()}
        clock.spent.clear()
        writer = subprocess.Popen([sys.executable, "-c", WRITER.format(bench=str(Path(__file__).parent), place=place)])
        try:
            read(base, kinds, args.readers, args.seconds, args.pause, seed=3)
        finally:
            writer.kill()
        server.should_exit = True
        show(clock.spent, alone)


def show(spent: dict[str, list[float]], alone: dict[str, list[float]]) -> None:
    """Print the figures."""
    print(f"{'server time, ms':22} {'p50':>7} {'p95':>7}   p95 with no writer   answers")
    for kind, values in spent.items():
        still = quantile(alone[kind], 0.95) if alone.get(kind) else float("nan")
        print(
            f"{kind:22} {statistics.median(values):7.1f} {quantile(values, 0.95):7.1f} {still:12.1f} {len(values):17,}"
        )
    every = [value for values in spent.values() for value in values]
    print(f"{'all':22} {statistics.median(every):7.1f} {quantile(every, 0.95):7.1f} {'':12} {len(every):17,}")


if __name__ == "__main__":
    main()
