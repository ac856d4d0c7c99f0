"""A claim prepared for comparison: parties placed, time as day numbers, the subtype's family, what its report tells besides."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from nongrata.model import Claim, Interval, Realis, Scope
from nongrata.resolution.parties import NOBODY, Party, fold, party
from nongrata.resolution.telling import Telling

Signature = tuple[str, str | None, str | None, int | None]
"""What a report tells, in short: type, sides, and the count where it is exact."""

NARROW_DAYS = 10
"""A time said of at most so many days places a happening; a longer one only bounds it."""
NEWS_DAYS = 4
"""Fresh news without a time lies within so many days before publication (the codebook says three; a day for time zones)."""


@cache
def settings() -> Mapping[str, Any]:
    """``weights.toml``: weights, thresholds, subtype families and kinds of types."""
    return tomllib.loads(files("nongrata.resolution").joinpath("weights.toml").read_text(encoding="utf-8"))


@cache
def _families() -> Mapping[str, Mapping[str, str]]:
    """Type → subtype word → family."""
    return {
        kind: {word: family for family, words in families.items() for word in words}
        for kind, families in settings()["families"].items()
    }


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim with what its comparison needs.

    ``first`` and ``last`` are day numbers of when it happened, as said or, where ``soft``, as fresh news implies; None
    when open. ``told_first`` and ``told_last`` bound the day of the telling. ``story`` is what the same report tells.
    """

    claim: Claim
    key: str
    actor: Party
    target: Party
    family: str | None
    first: int | None
    last: int | None
    soft: bool
    told_first: int | None
    told_last: int | None
    signature: Signature
    story: frozenset[Signature]
    words: frozenset[str]
    slug: frozenset[str]
    wire: tuple[str, ...]

    @property
    def narrow(self) -> bool:
        """True when its time places it, so that it can found an incident others attach to."""
        return self.first is not None and self.last is not None and self.last - self.first < NARROW_DAYS

    @property
    def count(self) -> Interval | None:
        """The claim's count."""
        return self.claim.count

    @property
    def order(self) -> tuple[Any, ...]:
        """The canonical order: what is placed best in time, then counted best, then by content."""
        claim = self.claim
        count = claim.count
        return (
            self.first is None or self.last is None,
            self.soft,
            (self.last - self.first) if self.first is not None and self.last is not None else 0,
            claim.realis not in (Realis.ACTUAL, Realis.PLANNED),
            claim.denied,
            0 if count and count.is_exact else 1 if count else 2,
            -self.actor.depth - self.target.depth,
            self.first or self.told_first or 0,
            claim.report_id,
            self.key,
        )


def prepare(claims: Iterable[Claim], telling: Telling | None = None) -> list[Evidence]:
    """Prepare the claims of one report; claims with the same key are one."""
    by_key = {claim.key: claim for claim in claims}
    placed = {key: (_actor(c), party(c.target or c.against, c.target_state)) for key, c in by_key.items()}
    signatures = {key: _signature(by_key[key], *sides) for key, sides in placed.items()}
    story = frozenset(signatures.values())
    return [
        _evidence(claim, key, *placed[key], signatures[key], story, telling) for key, claim in sorted(by_key.items())
    ]


def _actor(claim: Claim) -> Party:
    if claim.actors and not claim.actor:
        return NOBODY
    return party(claim.actor, claim.actor_state)


def _signature(claim: Claim, actor: Party, target: Party) -> Signature:
    exact = claim.count.lo if claim.count and claim.count.is_exact else None
    return (claim.type, actor.side, target.side or target.name, exact)


def _evidence(
    claim: Claim,
    key: str,
    actor: Party,
    target: Party,
    signature: Signature,
    story: frozenset[Signature],
    telling: Telling | None,
) -> Evidence:
    told_first, told_last = _told(claim, telling)
    first, last, soft = _time(claim, told_first, told_last)
    return Evidence(
        claim=claim,
        key=key,
        actor=actor,
        target=target,
        family=_families().get(claim.type, {}).get(claim.subtype or ""),
        first=first,
        last=last,
        soft=soft,
        told_first=told_first,
        told_last=told_last,
        signature=signature,
        story=story,
        words=_names(claim.sentence),
        slug=telling.slug if telling else frozenset(),
        wire=telling.wire if telling else (),
    )


def _told(claim: Claim, telling: Telling | None) -> tuple[int | None, int | None]:
    if claim.published:
        day = claim.published.toordinal()
        return day, day
    told = telling.told if telling else None
    return (told.first.toordinal(), told.last.toordinal()) if told else (None, None)


def _time(claim: Claim, told_first: int | None, told_last: int | None) -> tuple[int | None, int | None, bool]:
    """When it happened: as said; else, for fresh news of a type that happens on a day, shortly before the telling."""
    if claim.when:
        return claim.when.first.toordinal(), claim.when.last.toordinal(), False
    lasting = claim.type in settings()["kinds"]["lasting"]
    fresh = not claim.background and not lasting and claim.realis in (Realis.ACTUAL, Realis.PLANNED)
    if fresh and claim.scope is Scope.EVENT and not claim.denied and told_first is not None and told_last is not None:
        return told_first - NEWS_DAYS, told_last, True
    return None, None, False


def _names(sentence: str) -> frozenset[str]:
    """The words of a sentence that name or number something: capitals inside the sentence, and digits."""
    tokens = sentence.split()
    marked = (t for i, t in enumerate(tokens) if t[:1].isdigit() or (i and t[:1].isupper()))
    return frozenset(word for token in marked for word in fold(token).split() if len(word) > 2)
