"""An incident: one happening as several claims tell it. A view over claims, recomputed, with a stable id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nongrata.model.dates import DateInterval
from nongrata.model.interval import Interval
from nongrata.model.scales import Factuality, Realis

JOINT = ("expulsion", "sanction", "protest")
"""Measures that one decision of one state takes: an unsaid actor means several states, and so several happenings."""


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin: a voice on an occasion, with the claims that go back to it.

    ``reasons`` say, link by link, why these claims are one origin ("same voice", "wire mark AFP", "text overlap 0.93").
    """

    label: str
    claims: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    denies: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The origin as an object of the incidents format."""
        return {
            "label": self.label,
            "claims": list(self.claims),
            "reasons": list(self.reasons),
            "denies": self.denies,
        }


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field on which claims of one incident cannot both be right; both values stay."""

    field: str
    values: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Why one claim stands in its incident: the evidence for it, piece by piece, and its summed weight.

    ``score`` is in the units of ``resolution/weights.toml``; None for the claim that opened the incident.
    """

    claim: str
    reasons: tuple[str, ...]
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Forward:
    """Where the claims of an incident went: from ``old`` to ``new``.

    ``cause`` is "merge", or "split" where ``old`` lives on and ``new`` took part of its claims.
    """

    old: str
    new: str
    cause: str


@dataclass(frozen=True, slots=True)
class Total:
    """A figure over several happenings, held against the sum of the incidents it spans.

    ``verdict`` is "covered" (the sum may equal the figure), "over" (the sum exceeds it for certain), or "short" (at
    least ``missing.lo`` are not accounted for). ``summed`` is the sum of the incidents' counts, None when none has a
    count: an incident that lies within the figure's time counts whole, one that only may counts from nothing up.
    ``incidents`` are their ids, ``uncounted`` how many of them have no count; ``claims`` the keys of the claims that
    tell this figure.
    """

    id: str
    type: str
    actor: str | None
    target: str | None
    count: Interval | None
    when: DateInterval | None
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    origins: tuple[Origin, ...]
    incidents: tuple[str, ...] = ()
    summed: Interval | None = None
    missing: Interval | None = None
    verdict: str = "covered"
    actors: tuple[str, ...] | None = None
    uncounted: int = 0

    @property
    def words(self) -> str:
        """What the comparison comes to, in words: "at least 12 not accounted for"."""
        if self.count is None:
            return "no number to hold against the incidents"
        if self.when is None:
            return "no time said, so that it can be held against no incidents"
        if self.verdict == "over" and self.summed and self.count.hi is not None:
            return f"the incidents sum up to at least {self.summed.lo - self.count.hi} more"
        if self.verdict == "short" and self.missing:
            return f"{_at_least(self.missing)} not accounted for"
        if self.summed is None:
            return "no incident with a number to hold against it"
        return "covered by the incidents" if self.summed.lo >= self.count.lo else "may be covered by the incidents"

    def to_dict(self) -> dict[str, Any]:
        """The total as a flat object, in the manner of the incidents format."""
        return {
            "id": self.id,
            "type": self.type,
            "actor": self.actor,
            "actors": list(self.actors) if self.actors else None,
            "target": self.target,
            "count": self.count.to_list() if self.count else None,
            "when": self.when.to_list() if self.when else None,
            "summed": self.summed.to_list() if self.summed else None,
            "missing": self.missing.to_list() if self.missing else None,
            "verdict": self.verdict,
            "words": self.words,
            "uncounted": self.uncounted,
            "incidents": list(self.incidents),
            "reports": list(self.reports),
            "claims": list(self.claims),
            "origins": [origin.to_dict() for origin in self.origins],
        }


def _at_least(missing: Interval) -> str:
    return str(missing.lo) if missing.is_exact else f"at least {missing.lo}"


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening with what its claims say of it.

    ``count`` and ``when`` are hulls over what the asserting claims say at their sharpest: a value that only holds a
    sharper one ("diplomats" beside 23) does not widen them. ``best_count`` and ``best_when`` are the values with most
    independent origins behind them. ``actor`` and ``target`` are the most specific names that the claims agree
    on, ``actor_state`` and ``target_state`` the states they belong to. ``claims`` are claim keys, ``reports`` ids.
    ``realis`` and ``factuality`` are the strongest that any asserting claim has (a happening that is only denied has
    "CT-"). ``credibility`` is the Admiralty scale's 1 (confirmed) to 6 (cannot be judged), with its reason.
    ``unknown_lineage`` are claims that no origin is known for and that therefore count as none; ``tellings`` is the
    number of reports that do not copy one another (None: not looked at).
    ``possibly_same`` are ids of incidents that a reviewer should compare; nothing is merged on that ground.
    """

    id: str
    type: str
    actor: str | None
    target: str | None
    count: Interval | None
    when: DateInterval | None
    origins: tuple[Origin, ...]
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    actors: tuple[str, ...] | None = None
    best_count: Interval | None = None
    best_when: DateInterval | None = None
    credibility: int = 6
    credibility_reason: str = ""
    contradictions: tuple[Contradiction, ...] = ()
    in_response_to: tuple[str, ...] = ()
    possibly_same: tuple[str, ...] = ()
    subtype: str | None = None
    actor_state: str | None = None
    target_state: str | None = None
    realis: Realis = Realis.ACTUAL
    factuality: Factuality = Factuality.CERTAIN
    placements: tuple[Placement, ...] = ()
    unknown_lineage: tuple[str, ...] = ()
    tellings: int | None = None

    @property
    def independent_origins(self) -> int:
        """How many origins assert the happening; denials are origins of their own and counted apart.

        It never exceeds ``tellings``: voices that reach us through one report alone are no more independent than it is.
        """
        voices = sum(not origin.denies for origin in self.origins)
        return voices if self.tellings is None else min(voices, self.tellings)

    def to_dict(self) -> dict[str, Any]:
        """The incident as an object of the incidents format (design, section 4)."""
        return {
            "id": self.id,
            "type": self.type,
            "actor": self.actor,
            "actors": list(self.actors) if self.actors else None,
            "target": self.target,
            "count": self.count.to_list() if self.count else None,
            "when": self.when.to_list() if self.when else None,
            "best_count": self.best_count.to_list() if self.best_count else None,
            "best_when": self.best_when.to_list() if self.best_when else None,
            "independent_origins": self.independent_origins,
            "origins": [origin.to_dict() for origin in self.origins],
            "reports": list(self.reports),
            "claims": list(self.claims),
            "credibility": self.credibility,
            "credibility_reason": self.credibility_reason,
            "contradictions": [
                {"field": c.field, "values": list(c.values), "claims": list(c.claims)} for c in self.contradictions
            ],
            "in_response_to": list(self.in_response_to),
            "possibly_same": list(self.possibly_same),
            "subtype": self.subtype,
            "actor_state": self.actor_state,
            "target_state": self.target_state,
            "realis": str(self.realis),
            "factuality": str(self.factuality),
            "unknown_lineage": list(self.unknown_lineage),
            "tellings": self.tellings,
        }
