"""A claim: one voice, or a chain of voices, saying one thing about one hostile act, measure or stand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nongrata.model.dates import DateInterval
from nongrata.model.interval import Interval
from nongrata.model.scales import Factuality, Realis, Scope
from nongrata.model.span import Span
from nongrata.model.voice import NOBODY, Chain


@dataclass(frozen=True, slots=True)
class Claim:
    """What one report lets one chain of voices say; immutable once read. Fields as in the codebook.

    ``actor`` and ``target`` are ISO 3166-1 alpha-2 codes, short names of bodies, names of persons or groups, or None
    for unsaid. ``actors`` lists several actors that share one figure (then ``actor`` is None). ``spans`` says, by
    field, which characters of the report's text the value was read from; ``also`` holds the trigger spans of further
    places where the report says the same. ``confidence`` (0 to 1) is the reader's own; hand-coded claims have 1.0.
    """

    report_id: str
    type: str
    subtype: str | None = None
    actor: str | None = None
    actor_state: str | None = None
    target: str | None = None
    target_state: str | None = None
    actors: tuple[str, ...] | None = None
    against: str | None = None
    count: Interval | None = None
    share: float | None = None
    when: DateInterval | None = None
    factuality: Factuality = Factuality.CERTAIN
    realis: Realis = Realis.ACTUAL
    scope: Scope = Scope.EVENT
    chain: Chain = NOBODY
    background: bool = False
    trigger: str = ""
    sentence: str = ""
    spans: Mapping[str, Span] = field(default_factory=dict, hash=False)
    also: tuple[Span, ...] = ()
    when_text: str | None = None
    count_text: str | None = None
    confidence: float = 1.0
    reader: str = "hand"
    published: date | None = None
    publisher: str | None = None

    @property
    def denied(self) -> bool:
        """True for a denial."""
        return self.factuality is Factuality.DENIED

    @property
    def key(self) -> str:
        """A stable id by content: report, type, parties, place of the trigger, origin, polarity (20 hex digits).

        The same report read twice by the same reader gives the same keys.
        """
        place = self.spans.get("trigger")
        origin = self.chain.origin
        parts = (
            self.report_id,
            self.type,
            self.actor or "+".join(self.actors or ()),
            self.target or "",
            str(place.to_list()) if place else self.trigger,
            origin.name if origin else "",
            str(self.denied),
            str(self.count),
            self.when.edtf if self.when else "",
        )
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]

    def to_dict(self) -> dict[str, Any]:
        """The claim as an object of the claims format (design, section 4)."""
        origin = self.chain.origin
        out: dict[str, Any] = {
            "type": self.type,
            "subtype": self.subtype,
            "actor": self.actor,
            "actor_state": self.actor_state,
            "target": self.target,
            "target_state": self.target_state,
            "actors": list(self.actors) if self.actors else None,
            "count": self.count.to_list() if self.count else None,
            "share": self.share,
            "when": self.when.to_list() if self.when else None,
            "factuality": str(self.factuality),
            "realis": str(self.realis),
            "scope": str(self.scope),
            "source_chain": self.chain.names,
            "origin_role": origin.role if origin else None,
            "origin_state": origin.state if origin else None,
            "background": self.background,
            "trigger": self.trigger,
            "sentence": self.sentence,
            "spans": {name: span.to_list() for name, span in self.spans.items()},
            "when_text": self.when_text,
            "count_text": self.count_text,
            "confidence": round(self.confidence, 4),
            "reader": self.reader,
        }
        if self.against:
            out["against"] = self.against
        if self.also:
            out["also"] = [span.to_list() for span in self.also]
        return out

    @classmethod
    def from_dict(
        cls, row: Mapping[str, Any], report_id: str, published: date | None = None, publisher: str | None = None
    ) -> Claim:
        """Read an object of the claims format; missing fields take their defaults.

        Raises:
            ValueError: a field has a value that the codebook does not allow; the message names the field.
        """
        if not row.get("type"):
            raise ValueError("a claim needs a type")
        try:
            return cls(
                report_id=report_id,
                type=str(row["type"]),
                subtype=row.get("subtype"),
                actor=row.get("actor"),
                actor_state=row.get("actor_state"),
                target=row.get("target"),
                target_state=row.get("target_state"),
                actors=tuple(row["actors"]) if row.get("actors") else None,
                against=row.get("against"),
                count=Interval.from_list(row.get("count")),
                share=row.get("share"),
                when=DateInterval.from_list(row.get("when")),
                factuality=Factuality(row.get("factuality") or "CT+"),
                realis=Realis(row.get("realis") or "actual"),
                scope=Scope(row.get("scope") or "event"),
                chain=Chain.of(row.get("source_chain") or (), row.get("origin_role"), row.get("origin_state")),
                background=bool(row.get("background")),
                trigger=row.get("trigger") or "",
                sentence=row.get("sentence") or "",
                spans={name: Span(*bounds) for name, bounds in (row.get("spans") or {}).items()},
                also=tuple(Span(*bounds) for bounds in row.get("also") or ()),
                when_text=row.get("when_text"),
                count_text=row.get("count_text"),
                confidence=float(row.get("confidence", 1.0)),
                reader=row.get("reader") or "hand",
                published=published,
                publisher=publisher,
            )
        except (TypeError, KeyError) as error:
            raise ValueError(f"a claim of report {report_id} is malformed: {error}") from error
