"""What ten years of news would cost, from measured rates.

    python bench/scale_model.py [--pages-a-second 79] [--gate-mb-a-second 30] [--reports-a-second 1.5] [--resolve 31.3]

The rates are those of one core, each to be measured anew: packed megabytes of archives
unpacked and gated, pages parsed, articles read by the model; and the
seconds that 100,000 claims take to resolve, with their exponent. Defaults are of docs/performance.md and of the benches
it names; give your own. How resolution is dealt out to several workers: ``resolution_shards.py``.
"""

from __future__ import annotations

import argparse

DAY = {"pages": 280_000, "gigabytes": 9.0}
"""A day of a crawl of the world's news: pages, and packed bytes of them (Common Crawl News, 2024: about a billion pages
in ten years)."""
SPANS = {"a day": 1, "a year": 365, "ten years": 3650}
CORES = (2, 64, 1024)
PASSED, CLAIMS = 0.10, 1.5
"""Share of pages that pass the gate and are read; claims of one that is read and makes any."""
TELLING = 0.25
"""Share of read reports that make a claim."""


def cost(args: argparse.Namespace) -> None:
    """Print core-hours by stage and hours by cores."""
    print(
        "core-hours            unpack+gate   parse    read   resolve (one process)        hours on 2 / 64 / 1,024 cores"
    )
    for name, days in SPANS.items():
        pages = DAY["pages"] * days
        gate = DAY["gigabytes"] * 1000 * days / args.gate_mb_a_second / 3600
        parse = pages * PASSED / args.pages_a_second / 3600
        read = pages * PASSED / args.reports_a_second / 3600
        claims = pages * PASSED * TELLING * CLAIMS
        resolve = args.resolve * (claims / 1e5) ** args.exponent / 3600
        hours = " / ".join(f"{(gate + parse + read) / cores:,.1f}" for cores in CORES)
        print(f"{name:12} {claims:>12,.0f} claims {gate:8,.1f} {parse:8,.1f} {read:8,.1f} {resolve:10,.2f}   {hours}")


def main() -> None:
    """Print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages-a-second", type=float, default=79.0)
    parser.add_argument("--gate-mb-a-second", type=float, default=30.0)
    parser.add_argument("--reports-a-second", type=float, default=1.5)
    parser.add_argument("--resolve", type=float, default=31.3)
    parser.add_argument("--exponent", type=float, default=1.1)
    args = parser.parse_args()
    cost(args)


if __name__ == "__main__":
    main()
