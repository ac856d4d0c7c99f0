"""Score resolution on the hand-coded stories of ``../shared/eval/stories`` (see the scorer there for the measures).

python bench/resolution_stories.py [--misses N] [--distractors]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from nongrata.model import Claim
from nongrata.resolution import Telling, resolve

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"


def rows(path: Path) -> Iterator[dict]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read(path: Path, facts: dict[str, dict] | None = None) -> tuple[list[Claim], dict[str, Telling]]:
    """Claims and tellings of a file of claims; ``facts`` adds what another file knows of the reports."""
    claims, tellings = [], {}
    for row in rows(path):
        row = {**(facts or {}).get(row["id"], {}), **row}
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        outlet = row.get("outlet") or row.get("publisher")
        claims += [Claim.from_dict(c, row["id"], published, outlet) for c in row["claims"]]
        tellings[row["id"]] = Telling.of(
            row["id"],
            row.get("text") or "",
            outlet=outlet,
            published=published,
            url=row.get("url"),
            lang=row.get("lang"),
        )
    return claims, tellings


def scorer():  # noqa: ANN201
    """The scorer's module."""
    sys.path.insert(0, str(EVAL))
    import score_incidents

    return score_incidents


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--distractors", action="store_true")
    args = parser.parse_args()
    claims, tellings = read(EVAL / "stories" / "claims.jsonl")
    if args.distractors:
        for part in ("dev", "train"):
            facts = {row["id"]: row for row in rows(EVAL / part / "reports.jsonl")}
            more, told = read(EVAL / part / "labels.jsonl", facts)
            claims += more
            tellings |= told
    stories = list(rows(EVAL / "stories" / "stories.jsonl"))
    built = [incident.to_dict() for incident in resolve(claims, tellings).incidents]
    result = scorer().score(stories, built, args.misses)
    for miss in result.pop("misses", []):
        print(json.dumps(miss, ensure_ascii=False))
    print(json.dumps(result))


if __name__ == "__main__":
    main()
