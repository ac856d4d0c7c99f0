"""A claim prepared for comparison: parties placed, time as day numbers, kind of act, what its report tells besides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from nongrata.model import Claim, DateInterval, Interval, Realis, Scope
from nongrata.resolution.lineage import Head, head_of
from nongrata.resolution.parties import NOBODY, Party, fold, party
from nongrata.resolution.settings import settings
from nongrata.resolution.telling import Telling, finds_itself

Signature = tuple[str, str | None, str | None, int | None]
"""What a report tells, in short: type, parties, and None or, in a second signature, a count of more than one."""

NARROW_DAYS = 10
"""A time said of at most so many days places a happening; a longer one only bounds it."""
NEWS_DAYS = 4
"""Fresh news without a time lies within so many days before publication: the codebook's three, one for time zones."""
SUPPOSED_DAYS = 3
"""The codebook places news without a said time between so many days before publication and publication."""
TOLD_DAYS = 7
"""A report of unknown date is taken to be told within so many days after the last day that it places fresh news on."""


@cache
def _families() -> Mapping[str, Mapping[str, str]]:
    """Type → subtype word → family."""
    return {
        kind: {word: family for family, words in families.items() for word in words}
        for kind, families in settings()["families"].items()
    }


_REAL = (Realis.ACTUAL, Realis.PLANNED)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One claim with what its comparison needs; compared by identity, for the same claim may stand in another report.

    ``first`` and ``last`` are day numbers of when it happened, as said or, where ``soft``, as fresh news implies; None
    when open. ``told_first`` and ``told_last`` bound the day of the telling. ``own`` are the claim's signatures,
    ``story`` those of all that its report tells; ``passes`` are the folded names of the voices and outlets through
    which it passes on others. ``order`` is the canonical order: what is placed best in time, then counted best, then
    by content.
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
    own: frozenset[Signature]
    story: frozenset[Signature]
    words: frozenset[str]
    slug: frozenset[str]
    wire: tuple[str, ...]
    passes: frozenset[str]
    head: Head
    order: tuple[Any, ...]

    @property
    def institution(self) -> tuple[str, str] | None:
        """Branch and state of the institution whose voice is behind the claim; None where none is."""
        return (self.head.branch, self.head.state) if self.head.branch and self.head.state else None

    @property
    def narrow(self) -> bool:
        """True when its time places it, so that it can found an incident others attach to."""
        return self.first is not None and self.last is not None and self.last - self.first < NARROW_DAYS

    @property
    def count(self) -> Interval | None:
        """The claim's count."""
        return self.claim.count


def prepare(claims: Iterable[Claim], telling: Telling | None = None) -> list[Evidence]:
    """Prepare the claims of one report; claims with the same key are one."""
    by_key = {claim.key: claim for claim in claims}
    placed = {key: (_actor(c), party(c.target or c.against, c.target_state)) for key, c in by_key.items()}
    signatures = {key: _signatures(by_key[key], *sides) for key, sides in placed.items()}
    around = Around(
        told=_told(by_key.values(), telling),
        story=frozenset(signature for own in signatures.values() for signature in own),
        passes=frozenset(fold(voice.name) for c in by_key.values() for voice in c.chain.voices[1:]),
        telling=telling,
    )
    return [_evidence(claim, key, *placed[key], signatures[key], around) for key, claim in sorted(by_key.items())]


@dataclass(frozen=True, slots=True)
class Around:
    """What the claims of one report have in common."""

    told: tuple[int | None, int | None]
    story: frozenset[Signature]
    passes: frozenset[str]
    telling: Telling | None


def _actor(claim: Claim) -> Party:
    if claim.actors and not claim.actor:
        return NOBODY
    return party(claim.actor, claim.actor_state)


def _signatures(claim: Claim, actor: Party, target: Party) -> frozenset[Signature]:
    sides = (claim.type, actor.side or actor.name, target.side or target.name)
    own: set[Signature] = {(*sides, None)}
    if claim.count and claim.count.is_exact and claim.count.lo > 1:
        own.add((*sides, claim.count.lo))
    return frozenset(own)


def _evidence(
    claim: Claim, key: str, actor: Party, target: Party, own: frozenset[Signature], around: Around
) -> Evidence:
    first, last, soft = _time(claim, *around.told)
    telling = around.telling
    width = last - first if first is not None and last is not None else None
    return Evidence(
        claim=claim,
        key=key,
        actor=actor,
        target=target,
        family=_families().get(claim.type, {}).get(claim.subtype or ""),
        first=first,
        last=last,
        soft=soft,
        told_first=around.told[0],
        told_last=around.told[1],
        own=own,
        story=around.story,
        words=_names(claim.sentence),
        slug=telling.slug if telling else frozenset(),
        wire=telling.wire if telling else (),
        passes=around.passes,
        head=head_of(claim, own_finding=_finds_itself(claim, telling)),
        order=(
            width is None,
            soft,
            width or 0,
            claim.realis not in _REAL,
            claim.denied,
            0 if claim.count and claim.count.is_exact else 1 if claim.count else 2,
            -actor.depth - target.depth,
            first or around.told[0] or 0,
            claim.report_id,
            key,
        ),
    )


def _finds_itself(claim: Claim, telling: Telling | None) -> bool:
    """True when the outlet found out for itself what a claim says, by the sentence or, in unvoiced news, the text.

    A sentence that says "by our own count" is the outlet's though the voice of the sentence before was read into it.
    """
    if len(claim.chain) < 2:
        by_text = telling is not None and telling.own_finding and not claim.background
        return by_text or finds_itself(claim.sentence)
    said = fold(claim.sentence)
    named = any(word in said.split() for word in fold(claim.chain.voices[0].name).split() if len(word) > 2)
    return not named and finds_itself(claim.sentence)


def _told(claims: Iterable[Claim], telling: Telling | None) -> tuple[int | None, int | None]:
    """When the report was told: its day, else what its address says, else soon after the last fresh news it places."""
    days = [c.published.toordinal() for c in claims if c.published]
    if days:
        return days[0], days[0]
    if telling and telling.told:
        return telling.told.first.toordinal(), telling.told.last.toordinal()
    fresh = [
        c.when.last.toordinal()
        for c in claims
        if c.when and c.when.days <= NARROW_DAYS and not c.background and c.realis is Realis.ACTUAL
    ]
    return (max(fresh), max(fresh) + TOLD_DAYS) if fresh else (None, None)


def _time(claim: Claim, told_first: int | None, told_last: int | None) -> tuple[int | None, int | None, bool]:
    """When it happened: as said; else, for a measure that is news, shortly before the telling.

    A hostile act without a time is often older than the news of it, so that nothing is supposed of it. What is planned
    for a day to come is announced on the day of the telling.
    """
    if claim.when:
        first, last = claim.when.first.toordinal(), claim.when.last.toordinal()
        if claim.realis is Realis.PLANNED and told_first is not None and told_last is not None and first > told_last:
            return told_first - NEWS_DAYS, told_last, True
        return first, last, is_supposed(claim)
    fresh = (
        claim.type in settings()["kinds"]["news"]
        and claim.scope is Scope.EVENT
        and claim.realis is not Realis.HABITUAL
        and not claim.background
        and not claim.denied
    )
    if fresh and told_first is not None and told_last is not None:
        return told_first - NEWS_DAYS, told_last, True
    return None, None, False


def is_supposed(claim: Claim) -> bool:
    """True for the days that the codebook supposes of news without a said time: from three before publication to it."""
    if claim.when is None or claim.published is None or claim.when_text or "when" in claim.spans:
        return False
    return claim.when == DateInterval(claim.published - timedelta(SUPPOSED_DAYS), claim.published)


def _names(sentence: str) -> frozenset[str]:
    """The words of a sentence that name or number something: capitals inside the sentence, and digits."""
    tokens = sentence.split()
    marked = (t for i, t in enumerate(tokens) if t[:1].isdigit() or (i and t[:1].isupper()))
    return frozenset(word for token in marked for word in fold(token).split() if len(word) > 2)
