"""Exports at size: each streaming format of one ledger, with the peak of memory on the way.

    python bench/publishing_scale.py [--claims 1000000] [--marks 250000,500000] [--formats csv,jsonl,...]
                                     [--seconds 600] [--ledger FILE]

Claims come from the generator of ``ledger_scale.py``; incidents are groups of about ten claims of one type and pair of
parties: what is measured is the export, not resolution. Each export runs in a process of its own, is broken off after
``--seconds``, and prints its peak resident size at every mark that it passes (in formats of incidents, marks and pace
count those). Flat memory means that the figures of a line are about equal. ``--ledger`` names a file that is made once
and kept for further runs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from ledger_scale import _incident, batches, readings
from nongrata.ledger import Ledger, LedgerView, schema
from nongrata.ledger.conclusions import _insert
from nongrata.ledger.sweeps import all_live_claims
from nongrata.model import Claim, Incident
from nongrata.publishing import FORMATS, export

GROUP = 10
"""Claims of an incident."""


class OutOfTimeError(Exception):
    """The export was broken off."""


def make(place: Path, claims: int) -> None:
    """A ledger of so many claims."""
    begun = time.perf_counter()
    with Ledger.open(place) as ledger:
        run = ledger.start_run("bench")
        have = sum(ledger.add(run, batch, "bench 1").claims for batch in batches(readings(claims)))
        loaded = time.perf_counter() - begun
        with ledger.writing() as connection:
            found = 0
            for some in groups(all_live_claims(connection)):
                _insert(connection, some, {incident.id: incident.id for incident in some})
                found += len(some)
            s = schema.state
            now = sa.select(s.c.value).where(s.c.name == "claims").scalar_subquery()
            connection.execute(s.update().where(s.c.name == "incidents").values(value=now))
    size = place.stat().st_size / 1e6
    spent = time.perf_counter() - begun
    print(
        f"{have:,} claims loaded in {loaded:.0f} s, {found:,} incidents, {size:,.0f} MB, {spent:.0f} s in all",
        flush=True,
    )


def groups(claims: Iterator[Claim]) -> Iterator[list[Incident]]:
    """The claims as incidents of ``GROUP`` claims, some thousand incidents at a time."""
    waiting: dict[tuple[str, str | None, str | None], list[Claim]] = defaultdict(list)
    full: list[Incident] = []
    number = 0
    for claim in claims:
        members = waiting[claim.type, claim.actor, claim.target]
        members.append(claim)
        if len(members) == GROUP:
            full.append(_incident(number, members))
            number += 1
            waiting.pop((claim.type, claim.actor, claim.target))
        if len(full) == 2000:
            yield full
            full = []
    yield full + [_incident(number + n, members) for n, members in enumerate(waiting.values())]


def one(place: Path, format: str, marks: list[int], seconds: float) -> None:
    """Export and print what it took."""
    begun = time.perf_counter()
    peaks: dict[int, float] = {}
    count = 0

    def told(name: str, done: int) -> None:
        nonlocal count
        count = done
        for mark in marks:
            if done >= mark and mark not in peaks:
                peaks[mark] = peak()
        if time.perf_counter() - begun > seconds:
            raise OutOfTimeError

    ended = "whole"
    with tempfile.TemporaryDirectory() as folder, LedgerView.open(place) as view:
        try:
            export(view, format, Path(folder) / "out", told=told)
        except OutOfTimeError:
            ended = "broken off"
    spent = time.perf_counter() - begun
    shown = ", ".join(f"{mark:,}: {value:.0f} MB" for mark, value in sorted(peaks.items()))
    pace = f"{spent:6.1f} s, {count / spent:7,.0f}/s"
    print(f"  {format:15} {count:>9,} done, {ended}, {pace}; peak: {shown}; end: {peak():.0f} MB")


def peak() -> float:
    """Peak resident size of this process in MB; ``ru_maxrss`` would count that of the process it was forked from."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--marks", default="25000,50000,100000,250000,500000,1000000")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        one(args.ledger, args.formats, list(map(int, args.marks.split(","))), args.seconds)
        return
    with tempfile.TemporaryDirectory() as folder:
        place = args.ledger or Path(folder) / "ledger.db"
        if not place.exists():
            make(place, args.claims)
        for format in args.formats.split(","):
            options = ["--formats", format, "--marks", args.marks, "--seconds", str(args.seconds)]
            subprocess.run([sys.executable, __file__, "--one", "--ledger", str(place), *options], check=True)


if __name__ == "__main__":
    main()
