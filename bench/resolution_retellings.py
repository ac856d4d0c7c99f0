"""Score resolution on the written retellings of ``../shared/reports``: texts, quotations, copies, denials.

    python bench/resolution_retellings.py [--seeds 3] [--misses N] [--read]

Their states are slots; each seed fills them anew. ``--read`` takes the claims that the shipped reader finds in the
texts instead of the labels, so that what it misreads counts as well. Totals are scored beside the incidents, for the
corpus counts a figure over several happenings that one interview gives as one thing told.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from datetime import date
from pathlib import Path
from statistics import fmean
from typing import Any

from nongrata.model import Claim
from nongrata.resolution import Telling, resolve

SHARED = Path(__file__).resolve().parents[2] / "shared"
CODE = 6


def corpus(seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The reports and the stories, slots filled."""
    sys.path.insert(0, str(SHARED / "reports"))
    import check

    by_story: dict[str, Any] = {}
    rng = random.Random(seed)
    files = sorted((SHARED / "reports").glob("retellings-*.txt"))
    reports = [report for file in files for report, _ in check.read(str(file), rng, by_story)]
    lines = (SHARED / "reports" / "retellings-origins.jsonl").read_text(encoding="utf-8").splitlines()
    stories = [json.loads(line) for line in lines if line]
    for story in stories:
        slots = {letter: row[CODE] for letter, row in by_story[story["story"]].items()}
        for incident in story["incidents"]:
            for side in ("actor", "target"):
                incident[side] = slots.get(incident[side], incident[side])
    return reports, stories


def claims_of(report: dict[str, Any]) -> tuple[list[Claim], Telling]:
    """A report's claims with their sentences, and the facts on it."""
    published = date.fromisoformat(report["published"])
    claims = []
    for row in report["claims"]:
        begin = row["spans"]["trigger"][0][0]
        row = {**row, "spans": {k: v[0] for k, v in row["spans"].items()}, "sentence": sentence(report["text"], begin)}
        claims.append(Claim.from_dict(row, report["id"], published, report["publisher"]))
    return claims, Telling.of(report["id"], report["text"], outlet=report["publisher"], published=published)


def read_claims_of(reports: list[dict[str, Any]]) -> list[tuple[list[Claim], Telling]]:
    """What the shipped reader finds in the reports, and the facts on them."""
    from nongrata.extraction.reader import default_reader
    from nongrata.reading.plain import parse_text

    texts = [
        parse_text(
            report["text"],
            id=report["id"],
            title=report["title"],
            publisher=report["publisher"],
            published=date.fromisoformat(report["published"]),
        )
        for report in reports
    ]
    return [(claims, Telling.of_report(report)) for report, claims in default_reader().read_many(texts)]


def sentence(text: str, at: int) -> str:
    """The sentence around a place in a text, roughly."""
    begins = [m.end() for m in re.finditer(r"[.!?][\"”]?\s+|\n+", text)]
    begin = max((b for b in begins if b <= at), default=0)
    return text[begin : min((b for b in begins if b > at), default=len(text))].strip()


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--read", action="store_true", help="end to end: the reader's claims, not the labels")
    args = parser.parse_args()
    sys.path.insert(0, str(SHARED / "eval"))
    import score_incidents

    results = []
    for seed in range(args.seeds):
        reports, stories = corpus(seed)
        told = read_claims_of(reports) if args.read else [claims_of(report) for report in reports]
        resolution = resolve([c for claims, _ in told for c in claims], {t.report_id: t for _, t in told})
        built = [incident.to_dict() for incident in resolution.incidents]
        built += [
            {**t.to_dict(), "independent_origins": sum(not o.denies for o in t.origins)} for t in resolution.totals
        ]
        results.append(score_incidents.score(stories, built, args.misses if seed == 0 else 0))
    for miss in results[0].pop("misses", []):
        print(json.dumps(miss, ensure_ascii=False))
    print(json.dumps(results[0]))
    print("from the reader's claims" if args.read else "from the labelled claims")
    mean = {k: round(fmean(r["b3"][k] for r in results), 3) for k in ("p", "r", "f1")}
    origins = round(fmean(r["origins"]["exact"] for r in results), 3)
    print(f"over {len(results)} fillings: b3 {mean}, origins exact {origins}")


if __name__ == "__main__":
    main()
