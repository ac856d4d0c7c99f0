"""An incident: one happening as several claims tell it. A view over claims, recomputed, with a stable id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nongrata.model.dates import DateInterval
from nongrata.model.interval import Interval


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin: a voice on an occasion, with the claims that go back to it.

    ``reasons`` say, link by link, why these claims are one origin ("same interview", "wire mark AFP", "text overlap 0.93").
    """

    label: str
    claims: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    denies: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field on which claims of one incident cannot both be right; both values stay."""

    field: str
    values: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening with what its claims say of it.

    ``count`` and ``when`` are hulls over the claims that assert it; ``best_count`` and ``best_when`` the values with most
    independent origins behind them. ``claims`` are claim keys, ``reports`` report ids. ``credibility`` is the Admiralty scale's
    1 (confirmed) to 6 (cannot be judged), with its reason.
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

    @property
    def independent_origins(self) -> int:
        """How many origins assert the happening; denials are origins of their own and counted apart."""
        return sum(not origin.denies for origin in self.origins)

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
            "origins": [
                {"label": o.label, "claims": list(o.claims), "reasons": list(o.reasons), "denies": o.denies}
                for o in self.origins
            ],
            "reports": list(self.reports),
            "claims": list(self.claims),
            "credibility": self.credibility,
            "credibility_reason": self.credibility_reason,
            "contradictions": [
                {"field": c.field, "values": list(c.values), "claims": list(c.claims)} for c in self.contradictions
            ],
            "in_response_to": list(self.in_response_to),
            "possibly_same": list(self.possibly_same),
        }
