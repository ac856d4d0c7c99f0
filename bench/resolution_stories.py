"""Score resolution on the hand-coded stories of ``../shared/eval/stories`` (see the scorer there for the measures).

    python bench/resolution_stories.py [--distractors] [--stories] [--misses N] [--cross-validate N]

``--distractors`` puts the labelled claims of ``eval/dev`` and ``eval/train`` into the same resolution.
``--cross-validate`` draws N settings of the weights around those that ship, chooses for each story the setting that is
best on all the others, and scores the story with it: the spread shows what the figures owe to the choice of weights.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import fmean, pstdev
from typing import Any

from nongrata.model import Claim
from nongrata.resolution import Telling, resolve
from nongrata.resolution.settings import settings

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
VARIED = ("threshold", "time", "count", "party", "family", "context", "realis")
KEPT = (
    "near_days",
    "recall_days",
    "together_days",
    "apart_days",
    "search_days",
    "soft_days",
    "month_days",
    "days_most",
    "share_within",
    "joint_most",
    "commonest",
    "possible",
)
Claims = list[Claim]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read(path: Path, facts: dict[str, dict[str, Any]] | None = None) -> tuple[Claims, dict[str, Telling]]:
    """Claims and tellings of a file of claims; ``facts`` adds what another file knows of the reports."""
    claims: Claims = []
    tellings = {}
    for row in rows(path):
        row = {**(facts or {}).get(row["id"], {}), **row}
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        outlet = row.get("outlet") or row.get("publisher")
        claims += [Claim.from_dict(c, row["id"], published, outlet) for c in row["claims"]]
        text, url = row.get("text") or "", row.get("url")
        tellings[row["id"]] = Telling.of(row["id"], text, outlet=outlet, published=published, url=url)
    return claims, tellings


def material(distractors: bool) -> tuple[Claims, dict[str, Telling], list[dict[str, Any]]]:
    """Claims, tellings and labelled stories."""
    claims, tellings = read(EVAL / "stories" / "claims.jsonl")
    for part in ("dev", "train") if distractors else ():
        facts = {row["id"]: row for row in rows(EVAL / part / "reports.jsonl")}
        more, told = read(EVAL / part / "labels.jsonl", facts)
        claims += more
        tellings |= told
    return claims, tellings, list(rows(EVAL / "stories" / "stories.jsonl"))


class Judge:
    """The scorer over all stories or one by one."""

    def __init__(self, distractors: bool) -> None:
        sys.path.insert(0, str(EVAL))
        import score_incidents

        self.score = score_incidents.score
        self.claims, self.tellings, self.stories = material(distractors)

    def built(self) -> list[dict[str, Any]]:
        """The incidents under the weights in force."""
        return [incident.to_dict() for incident in resolve(self.claims, self.tellings).incidents]

    def by_story(self) -> list[dict[str, Any]]:
        """The measures of each story under the weights in force."""
        built = self.built()
        return [self.score([story], built) for story in self.stories]


def pooled(results: list[dict[str, Any]]) -> dict[str, float]:
    """B-cubed and origins over several stories, each unit and each incident counting alike."""
    units = sum(r["units"] for r in results)
    p, r = (sum(one["b3"][k] * one["units"] for one in results) / units for k in ("p", "r"))
    told = [one["origins"] for one in results if one["origins"]["of"]]
    exact = sum(o["exact"] * o["of"] for o in told) / sum(o["of"] for o in told)
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0, "origins": exact}


def perturb(rng: random.Random, shipped: dict[str, dict[str, Any]]) -> None:
    """Draw every weight anew around its shipped value, by a factor of about 1.35 either way."""
    for part in VARIED:
        for name, value in shipped[part].items():
            if name not in KEPT:
                settings()[part][name] = value * rng.lognormvariate(0, 0.3)


def cross_validate(judge: Judge, draws: int) -> None:
    """Print the figures on each story under the weights that are best on the others."""
    shipped = {part: dict(settings()[part]) for part in VARIED}
    rng = random.Random(11)
    tried = [judge.by_story()]
    for _ in range(draws):
        perturb(rng, shipped)
        tried.append(judge.by_story())
    for part in VARIED:
        settings()[part].update(shipped[part])
    chosen = []
    for held in range(len(judge.stories)):
        rest = [pooled([r for i, r in enumerate(results) if i != held]) for results in tried]
        best = max(range(len(tried)), key=lambda n: rest[n]["f1"] + 0.3 * rest[n]["origins"])
        chosen.append(tried[best][held])
        print(
            f"{judge.stories[held]['story']:28} weights {best:3}  {line(chosen[-1])}   shipped {line(tried[0][held])}"
        )
    print(f"cross-validated: {figures(pooled(chosen))}; shipped: {figures(pooled(tried[0]))}")
    spread = [pooled(results) for results in tried[1:]]
    for name in ("f1", "origins"):
        values = [s[name] for s in spread]
        print(f"{name} over {draws} draws: mean {fmean(values):.3f}, sd {pstdev(values):.3f}, least {min(values):.3f}")
    ranked = sorted(range(len(tried)), key=lambda n: -pooled(tried[n])["f1"] - 0.3 * pooled(tried[n])["origins"])
    print("best draws:", ", ".join(f"{n}: {figures(pooled(tried[n]))}" for n in ranked[:3]))


def line(result: dict[str, Any]) -> str:
    """One story's figures."""
    origins = result["origins"]
    return f"F1 {result['b3']['f1']:.3f} origins {origins['exact'] if origins['of'] else '-'} of {origins['of']}"


def figures(result: dict[str, float]) -> str:
    """Pooled figures."""
    return f"P {result['p']:.3f} R {result['r']:.3f} F1 {result['f1']:.3f} origins {result['origins']:.3f}"


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--distractors", action="store_true")
    parser.add_argument("--stories", action="store_true", help="figures story by story")
    parser.add_argument("--cross-validate", type=int, default=0, metavar="N")
    args = parser.parse_args()
    judge = Judge(args.distractors)
    if args.cross_validate:
        cross_validate(judge, args.cross_validate)
        return
    result = judge.score(judge.stories, judge.built(), args.misses)
    for miss in result.pop("misses", []):
        print(json.dumps(miss, ensure_ascii=False))
    if args.stories:
        for story, one in zip(judge.stories, judge.by_story(), strict=True):
            print(f"{story['story']:28} {line(one)} placed {one['placed']}")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
