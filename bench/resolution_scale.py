"""How resolution scales: time at 12.5k, 25k, 50k and 100k claims, the exponent, and the time of adding one report.

    python bench/resolution_scale.py [--claims 100000] [--adds 300]

Claims are made up with realistic block sizes: pairs of states follow Zipf's law, happenings come in bursts of tellings,
one claim in six has no time, one in five is background, one in ten names no actor. Texts are not given: what is
measured is the work on claims. An added report's incidents are built as well.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from nongrata.model import Chain, Claim, DateInterval, Factuality, Interval, Realis
from nongrata.resolution import Resolver, Telling

STATES = (
    *("RU", "US", "GB", "FR", "DE", "PL", "CZ", "EE", "LV", "LT", "FI", "SE", "NO"),
    *("BE", "NL", "IT", "ES", "CN", "IR", "KP", "IL", "UA", "IN", "CA", "TR"),
)
TYPES = {
    "expulsion": 3,
    "espionage": 4,
    "cyberattack": 6,
    "disinformation": 3,
    "sabotage": 2,
    "legal_action": 4,
    "sanction": 4,
}
OUTLETS = [f"Outlet {n}" for n in range(400)]
START = date(2015, 1, 1)
DAYS = 365 * 11


def pairs() -> tuple[list[tuple[str, str, str]], list[float]]:
    """Types between pairs of states with their running weights, by Zipf's law."""
    rng = random.Random(7)
    found = [(kind, a, b) for kind in TYPES for a in STATES for b in STATES if a != b]
    rng.shuffle(found)
    return found, list(accumulate(TYPES[kind] / (rank + 8) for rank, (kind, _, _) in enumerate(found)))


def reports(claims: int, seed: int = 1) -> Iterator[tuple[list[Claim], Telling]]:
    """Reports with about so many claims in all."""
    rng = random.Random(seed)
    kinds, weights = pairs()
    made = serial = 0
    while made < claims:
        happenings = [_happening(rng, kinds, weights, START + timedelta(rng.randrange(DAYS)))]
        for _ in range(rng.randint(0, 2)):
            # What a report tells besides lies in the weeks before, or is recalled from years ago.
            ago = rng.randrange(30) if rng.random() < 0.7 else rng.randrange(1500)
            happenings.append(_happening(rng, kinds, weights, happenings[0]["day"] - timedelta(ago)))
        for _ in range(min(40, int(rng.paretovariate(1.1)))):
            serial += 1
            told = _report(rng, f"r{seed}-{serial:06d}", happenings)
            made += len(told[0])
            yield told


def _happening(
    rng: random.Random, kinds: list[tuple[str, str, str]], weights: list[float], day: date
) -> dict[str, Any]:
    kind, actor, target = rng.choices(kinds, cum_weights=weights)[0]
    return {"type": kind, "actor": actor, "target": target, "day": day, "count": rng.choice((None, 1, 1, 2, 5, 12, 21))}


def _report(rng: random.Random, report_id: str, happenings: list[dict[str, Any]]) -> tuple[list[Claim], Telling]:
    outlet = rng.choice(OUTLETS)
    published = happenings[0]["day"] + timedelta(rng.randint(0, 3))
    claims = [_claim(rng, report_id, outlet, published, h) for h in happenings if rng.random() < 0.8]
    claims = claims or [_claim(rng, report_id, outlet, published, happenings[0])]
    return claims, Telling.of(report_id, outlet=outlet, published=published)


def _claim(rng: random.Random, report_id: str, outlet: str, published: date, h: dict) -> Claim:
    said = rng.random()
    when = (
        None
        if said < 0.17
        else DateInterval.day(h["day"])
        if said < 0.8
        else DateInterval(h["day"], h["day"] + timedelta(30))
    )
    voice = [f"Minister of {h['actor']}"] if rng.random() < 0.5 else []
    count = h["count"] if rng.random() < 0.8 else None
    return Claim(
        report_id=report_id,
        type=h["type"],
        actor=None if rng.random() < 0.1 else h["actor"],
        target=None if rng.random() < 0.05 else h["target"],
        count=Interval.exact(count) if count else None,
        when=when,
        factuality=rng.choice((Factuality.CERTAIN, Factuality.CERTAIN, Factuality.POSSIBLE, Factuality.DENIED)),
        realis=Realis.ACTUAL,
        chain=Chain.of([*voice, outlet], "minister" if voice else None, h["actor"] if voice else None),
        background=rng.random() < 0.2,
        published=published,
        publisher=outlet,
    )


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--adds", type=int, default=300)
    args = parser.parse_args()
    points: list[tuple[int, float]] = []
    resolver = Resolver()
    for size in (args.claims // 8, args.claims // 4, args.claims // 2, args.claims):
        told = list(reports(size))
        resolver = Resolver()
        wall, start = time.perf_counter(), time.process_time()
        resolver.add_all(told)
        # Processor time, so that a busy machine does not bend the exponent.
        took, wall = time.process_time() - start, time.perf_counter() - wall
        claims = sum(len(group) for group, _ in told)
        points.append((claims, took))
        print(
            f"{claims:>7} claims  {took:6.2f} s of processor ({wall:.2f} s passed)  "
            f"{1e6 * took / claims:5.0f} µs a claim  {len(resolver)} incidents",
            flush=True,
        )
    print(f"exponent {exponent(points):.2f}")
    times = []
    for told, telling in list(reports(args.adds * 2, seed=2))[: args.adds]:
        start = time.perf_counter()
        for incident_id in resolver.add(told, telling).updated:
            resolver.incident(incident_id)
        times.append(1000 * (time.perf_counter() - start))
    ranked = sorted(times)
    print(
        f"adding one report: median {statistics.median(times):.1f} ms, 95 % {ranked[int(0.95 * len(ranked))]:.1f} ms, "
        f"most {ranked[-1]:.1f} ms"
    )


def exponent(points: list[tuple[int, float]]) -> float:
    """The slope of time over size on logarithmic scales, by least squares."""
    xs, ys = [math.log(n) for n, _ in points], [math.log(t) for _, t in points]
    mx, my = statistics.fmean(xs), statistics.fmean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum((x - mx) ** 2 for x in xs)


if __name__ == "__main__":
    main()
