"""Claims and incidents for search engines: schema.org ``Claim`` and ``ClaimReview`` as JSON-LD.

https://schema.org/ClaimReview. What is reviewed is what is told of a happening; the rating is the ledger's credibility,
turned so that more is better, as schema.org has it: 5 confirmed to 1 improbable. What cannot be judged has no number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from nongrata.model import Claim, Incident, Report
from nongrata.publishing.citation import title_of
from nongrata.publishing.parties import PartyKind, kind_of, state_name

_WORDS = {
    1: "confirmed by independent origins",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}
_UNJUDGED = 6


def claim_object(claim: Claim, report: Report) -> dict[str, Any]:
    """A claim as a schema.org ``Claim``: who says it, and where it appeared."""
    origin = claim.chain.origin
    found: dict[str, Any] = {
        "@type": "Claim",
        "@id": f"urn:nongrata:claim:{claim.key}",
        "text": claim.sentence or claim.trigger,
        "appearance": _article(report),
    }
    if origin:
        found["author"] = _voice(origin.name, origin.role)
    return {name: value for name, value in found.items() if value}


def review_object(
    incident: Incident, claims: Sequence[Claim], reports: Mapping[str, Report], *, url: str, publisher: str
) -> dict[str, Any]:
    """An incident as a ``ClaimReview`` of what its claims tell.

    Args:
        incident: the incident.
        claims: its claims; denials among them are no appearances of what is reviewed.
        reports: the claims' reports by id; claims of others are left out.
        url: address of the page that shows the incident.
        publisher: who publishes that page.
    """
    told = [claim for claim in claims if claim.report_id in reports]
    asserting = [claim for claim in told if not claim.denied]
    days = [report.published for claim in told if (report := reports[claim.report_id]).published]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "claimReviewed": title_of(incident),
        "author": {"@type": "Organization", "name": publisher},
        "itemReviewed": _reviewed(incident, asserting, reports),
        "reviewRating": _rating(incident),
        "reviewBody": incident.credibility_reason,
    }
    if days:
        found["datePublished"] = max(days).isoformat()
    return {name: value for name, value in found.items() if value}


def script_text(value: Mapping[str, Any]) -> str:
    """JSON-LD that can stand inside a ``<script>`` element: nothing in it can close the element."""
    text = msgspec.json.encode(value).decode("utf-8")
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _reviewed(incident: Incident, asserting: Sequence[Claim], reports: Mapping[str, Report]) -> dict[str, Any]:
    name = title_of(incident)
    found: dict[str, Any] = {"@type": "Claim", "@id": f"urn:nongrata:incident:{incident.id}", "name": name}
    origins = list(dict.fromkeys((c.chain.origin.name, c.chain.origin.role) for c in asserting if c.chain.origin))
    if origins:
        found["author"] = [_voice(name, role) for name, role in origins]
    ids = dict.fromkeys(claim.report_id for claim in asserting)
    if ids:
        found["appearance"] = [_article(reports[id]) for id in ids]
    return found


def _rating(incident: Incident) -> dict[str, Any]:
    rating: dict[str, Any] = {
        "@type": "Rating",
        "alternateName": _WORDS[incident.credibility],
        "ratingExplanation": incident.credibility_reason,
    }
    if incident.credibility != _UNJUDGED:
        rating |= {"ratingValue": _UNJUDGED - incident.credibility, "bestRating": 5, "worstRating": 1}
    return rating


def _article(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": report.title,
        "url": report.url,
        "datePublished": report.published.isoformat() if report.published else None,
        "publisher": {"@type": "Organization", "name": report.publisher} if report.publisher else None,
    }
    return {name: value for name, value in found.items() if value}


def _voice(name: str, role: str | None) -> dict[str, Any]:
    kind = kind_of(name)
    if kind is PartyKind.PERSON or (kind is PartyKind.UNKNOWN and role):
        return {"@type": "Person", "name": name, **({"jobTitle": role} if role else {})}
    return {"@type": "Thing" if kind is PartyKind.UNKNOWN else "Organization", "name": state_name(name)}
