"""The evidence behind an incident, arranged as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nongrata.ledger import LedgerView
from nongrata.ledger.standing import grades
from nongrata.model import Claim, Incident, Origin, Report
from nongrata.web.marking import Piece, sentence_pieces
from nongrata.web.weakest import Linked, linked
from nongrata.web.words import claim_sentence, sentence_of

MOST = 200
"""Claims that one page shows; an incident with more says so."""


@dataclass(frozen=True, slots=True)
class Told:
    """One claim as a telling: its key, report, marked sentence, chain and why it stands in its incident."""

    key: str
    claim: Claim
    report: Report | None
    pieces: tuple[Piece, ...]
    chain: Linked
    reasons: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class OriginTold:
    """An origin with its tellings, those nearest to it first."""

    origin: Origin
    tellings: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything behind one incident: origins, claims of unknown lineage, how many claims are not shown."""

    incident: Incident
    sentence: str
    origins: tuple[OriginTold, ...]
    stray: tuple[Told, ...]
    hidden: int

    @property
    def tellings(self) -> list[Told]:
        """All tellings that are shown."""
        return [told for origin in self.origins for told in origin.tellings] + list(self.stray)

    @property
    def by_key(self) -> dict[str, Told]:
        """The tellings by their claims' keys."""
        return {told.key: told for told in self.tellings}


@dataclass(frozen=True, slots=True)
class Card:
    """The few words of the overview on one incident: its sentence, and one telling of it."""

    incident: Incident
    sentence: str
    told: Told | None


def evidence_of(view: LedgerView, incident: Incident) -> Evidence:
    """Gather the evidence behind an incident."""
    shown = incident.claims[:MOST]
    told = _told(view, incident, shown)
    origins = tuple(
        OriginTold(origin, tuple(sorted((told[key] for key in origin.claims if key in told), key=_nearness)))
        for origin in incident.origins
    )
    placed = {key for origin in incident.origins for key in origin.claims}
    stray = tuple(sorted((one for key, one in told.items() if key not in placed), key=_nearness))
    return Evidence(incident, sentence_of(incident), origins, stray, len(incident.claims) - len(shown))


def card_of(view: LedgerView, incident: Incident) -> Card:
    """The card of an incident: the telling nearest to its first origin."""
    first = incident.origins[0].claims if incident.origins else incident.claims
    told = sorted(_told(view, incident, first[:20]).values(), key=_nearness)
    return Card(incident, sentence_of(incident), told[0] if told else None)


def told_claim(key: str, claim: Claim, report: Report | None, kept: Iterable[str] = ()) -> Told:
    """One claim with its sentence marked and its chain judged."""
    chain = linked(claim.chain, set(kept))
    return Told(key, claim, report, tuple(sentence_pieces(claim, report)), chain, (), claim_sentence(claim))


def _told(view: LedgerView, incident: Incident, keys: Iterable[str]) -> dict[str, Told]:
    claims = view.claims(keys)
    reports: Mapping[str, Report] = view.reports({claim.report_id for claim in claims.values()})
    kept = {report.publisher for report in reports.values() if report.publisher}
    why = {placement.claim: placement.reasons for placement in incident.placements}
    with view.reading() as connection:
        rated = grades(connection, (voice.name for claim in claims.values() for voice in claim.chain))
    found = {}
    for key, claim in claims.items():
        report = reports.get(claim.report_id)
        pieces = tuple(sentence_pieces(claim, report))
        chain = linked(claim.chain, kept - {claim.publisher or ""}, rated)
        found[key] = Told(key, claim, report, pieces, chain, why.get(key, ()), claim_sentence(claim))
    return found


def _nearness(told: Told) -> tuple[int, str, str]:
    """Tellings nearest to the origin first, then the earliest."""
    return (len(told.claim.chain), str(told.claim.published or "9999"), told.claim.report_id)
