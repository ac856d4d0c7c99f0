"""Precision, recall and agreement field by field of a reader's claims against hand labels.

``detect`` counts pairs of the same type, ``who`` those with the same parties; ``fields`` are shares of the latter;
``clean`` is the share of reports labelled without a claim in which none was found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nongrata.evaluation.matching import (
    ClaimObject,
    bounds_overlap,
    origin_of,
    pair,
    same_bounds,
    same_chain,
    same_name,
    same_parties,
)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Hits among what is labelled (``gold``) and among what was found (``pred``)."""

    tp: int
    gold: int
    pred: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.tp / self.pred if self.pred else 0.0

    @property
    def recall(self) -> float:
        """Share of what is labelled that was found."""
        return self.tp / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def to_dict(self) -> dict[str, float | int]:
        """Rounded to three places."""
        return {
            "p": round(self.precision, 3),
            "r": round(self.recall, 3),
            "f1": round(self.f1, 3),
            "tp": self.tp,
            "gold": self.gold,
            "pred": self.pred,
        }


@dataclass(frozen=True, slots=True)
class TypeScore:
    """The figures of one event type."""

    who: Ratio
    detect: Ratio


@dataclass(frozen=True, slots=True)
class Score:
    """All figures of one evaluation. ``clean`` is None when every report is labelled with claims."""

    reports: int
    detect: Ratio
    who: Ratio
    fields: Mapping[str, float]
    clean: float | None
    by_type: Mapping[str, TypeScore]
    misses: Sequence[Mapping[str, Any]] = field(default=(), repr=False)

    def to_dict(self) -> dict[str, Any]:
        """As one object; shares rounded to three places."""
        return {
            "reports": self.reports,
            "detect": self.detect.to_dict(),
            "who": self.who.to_dict(),
            "fields": {name: round(share, 3) for name, share in self.fields.items()},
            "clean": round(self.clean, 3) if self.clean is not None else None,
            "by_type": {
                kind: {
                    "who": round(one.who.f1, 3),
                    "detect": round(one.detect.f1, 3),
                    "gold": one.who.gold,
                    "pred": one.who.pred,
                }
                for kind, one in self.by_type.items()
            },
        }


def compare_fields(gold: ClaimObject, found: ClaimObject) -> dict[str, bool]:
    """Field by field, whether two claims with the same parties agree; ``~`` stands for overlap."""
    return {
        "count": same_bounds(gold.get("count"), found.get("count")),
        "count~": bounds_overlap(gold.get("count"), found.get("count")),
        "when": same_bounds(gold.get("when"), found.get("when")),
        "when~": bounds_overlap(gold.get("when"), found.get("when")),
        "factuality": gold.get("factuality") == found.get("factuality"),
        "realis": gold.get("realis") == found.get("realis"),
        "origin": same_name(origin_of(gold), origin_of(found)),
        "chain": same_chain(gold.get("source_chain"), found.get("source_chain")),
        "background": bool(gold.get("background")) == bool(found.get("background")),
    }


class _Tally:
    """Counts over reports."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.agreed: Counter[str] = Counter()
        self.compared: Counter[str] = Counter()
        self.empty = self.clean = 0
        self.misses: list[dict[str, Any]] = []

    def report(self, report_id: str, gold: Sequence[ClaimObject], found: Sequence[ClaimObject]) -> None:
        if not gold:
            self.empty += 1
            self.clean += not found
        for name, claims in (("gold", gold), ("pred", found)):
            for claim in claims:
                self.counts[claim["type"]][name] += 1
        pairs = pair(gold, found)
        for i, j in pairs:
            self._pair(report_id, gold[i], found[j])
        met = {i for i, _ in pairs}, {j for _, j in pairs}
        self._miss(report_id, "missed", [{"gold": claim} for i, claim in enumerate(gold) if i not in met[0]])
        self._miss(report_id, "spurious", [{"pred": claim} for j, claim in enumerate(found) if j not in met[1]])

    def _pair(self, report_id: str, gold: ClaimObject, found: ClaimObject) -> None:
        both = {"gold": gold, "pred": found}
        self.counts[gold["type"]]["detect"] += 1
        if not same_parties(gold, found):
            self._miss(report_id, "who", [both])
            return
        self.counts[gold["type"]]["who"] += 1
        marks = compare_fields(gold, found)
        self.compared.update(marks.keys())
        self.agreed.update(name for name, agrees in marks.items() if agrees)
        wrong = [name for name, agrees in marks.items() if not agrees]
        if wrong:
            self._miss(report_id, ",".join(wrong), [both])

    def _miss(self, report_id: str, why: str, cases: Sequence[Mapping[str, Any]]) -> None:
        self.misses += [{"id": report_id, "why": why, **case} for case in cases]

    def ratio(self, name: str, kind: str | None = None) -> Ratio:
        counts = self.counts[kind] if kind else sum(self.counts.values(), Counter())
        return Ratio(counts[name], counts["gold"], counts["pred"])


def score(
    labels: Mapping[str, Sequence[ClaimObject]],
    predictions: Mapping[str, Sequence[ClaimObject]],
    misses: int = 0,
) -> Score:
    """Score claims by report id; reports without a label are left out, those without a prediction count as empty.

    Args:
        labels: what is right, by report id.
        predictions: what a reader found, by report id.
        misses: how many claims that fall short to list.
    """
    tally = _Tally()
    for report_id, gold in labels.items():
        tally.report(report_id, gold, predictions.get(report_id, ()))
    return Score(
        reports=len(labels),
        detect=tally.ratio("detect"),
        who=tally.ratio("who"),
        fields={name: tally.agreed[name] / times for name, times in tally.compared.items()},
        clean=tally.clean / tally.empty if tally.empty else None,
        by_type={
            kind: TypeScore(tally.ratio("who", kind), tally.ratio("detect", kind)) for kind in sorted(tally.counts)
        },
        misses=tally.misses[:misses],
    )
