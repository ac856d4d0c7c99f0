"""Reports, claims, incidents and parties as FollowTheMoney entities."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nongrata.ledger.rows import headline_of
from nongrata.model import Claim, DateInterval, Factuality, Incident, Report
from nongrata.publishing.citation import title_of
from nongrata.publishing.parties import kind_of, state_name
from nongrata.vocabulary.bodies import bodies
from nongrata.vocabulary.mappings import event_code, ftm_terms, technique
from nongrata.vocabulary.states import states

DATASET = "nongrata"
_GONE = frozenset({"SU", "YU", "DD", "CS"})
"""States of the past, for which FollowTheMoney has codes of its own."""


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity: values by property; a property without a value is left out."""

    id: str
    schema: str
    properties: dict[str, list[str]]

    def to_dict(self) -> dict[str, Any]:
        """The entity as FollowTheMoney's JSON."""
        return {"id": self.id, "schema": self.schema, "properties": self.properties, "datasets": [DATASET]}


def entity_id(kind: str, content: str) -> str:
    """A stable id: the kind and a SHA-1 of what the entity is about."""
    return f"{DATASET}-{kind}-{hashlib.sha1(content.encode('utf-8', 'surrogatepass')).hexdigest()}"  # noqa: S324


def entity(id: str, schema: str, **values: str | Iterable[str | None] | None) -> Entity:
    """An entity from single values or several; what is not known is left out, what is doubled is kept once."""
    properties: dict[str, list[str]] = {}
    for name, value in values.items():
        several = [value] if value is None or isinstance(value, str) else value
        known = list(dict.fromkeys(one for one in several if one))
        if known:
            properties[name] = known
    return Entity(id, schema, properties)


def article(report: Report) -> Entity:
    """A report as an Article; ``contentHash`` is the SHA-1 of its text, as FollowTheMoney wants it."""
    title = headline_of(report) or f"Report {report.id}"
    text = report.text.encode("utf-8", "surrogatepass")
    return entity(
        entity_id("article", report.id),
        "Article",
        name=title,
        title=title,
        fileName=report.id,
        publisher=report.publisher,
        publishedAt=report.published.isoformat() if report.published else None,
        sourceUrl=report.url,
        contentHash=hashlib.sha1(text).hexdigest() if text else None,  # noqa: S324
    )


def documentation(claim: Claim, key: str, incident: str) -> Entity:
    """A claim as the Documentation of its incident's Event by its report's Article."""
    published = claim.published.isoformat() if claim.published else None
    return entity(
        entity_id("claim", key),
        "Documentation",
        document=entity_id("article", claim.report_id),
        entity=entity_id("event", incident),
        recordId=key,
        role="denial" if claim.denied else "claim",
        status=str(claim.factuality),
        summary=claim.sentence or claim.trigger,
        description=f"says: {claim.chain}" if claim.chain.voices else None,
        publisher=claim.publisher,
        date=published,
        **_dates(claim.when),
    )


def event(incident: Incident) -> Entity:
    """An incident as an Event, with both ends of its time; who is said to be behind it only where somebody says so."""
    asserted = incident.factuality is not Factuality.DENIED
    actors = [name for name in (incident.actor, *(incident.actors or ())) if name and asserted]
    code, disarm = event_code(incident.type, incident.subtype), technique(incident.type, incident.subtype)
    numbers = f"count {incident.count}; " if incident.count else ""
    return entity(
        entity_id("event", incident.id),
        "Event",
        name=title_of(incident),
        recordId=incident.id,
        country=countries(incident.actor_state, incident.target_state, *(incident.actors or ())),
        organizer=[party_id(name) for name in actors],
        involved=[party_id(incident.target)] if incident.target else None,
        proof=[entity_id("article", report) for report in incident.reports],
        summary=f"As told, not as established: {incident.credibility_reason}",
        notes=f"{numbers}factuality {incident.factuality}; realis {incident.realis}; independent origins "
        f"{incident.independent_origins}; credibility {incident.credibility} of 6",
        keywords=[
            incident.type,
            incident.subtype,
            f"PLOVER {code.event}/{code.mode}".rstrip("/") if code.event else None,
            f"CAMEO {code.cameo}" if code.cameo else None,
            f"DISARM {disarm.id}" if disarm else None,
        ],
        **_dates(incident.when),
    )


def party(name: str) -> Entity:
    """A party; what no table knows is a LegalEntity, which may be a person or a body."""
    terms = ftm_terms()["party"][str(kind_of(name))]
    body = bodies().get(name)
    state = name if name in states() else (body.state if body and body.kind == "agency" else None)
    return entity(
        party_id(name), terms["schema"], name=state_name(name), country=countries(state), topics=terms["topics"]
    )


def party_id(name: str) -> str:
    """The id of a party."""
    return entity_id("party", name)


def countries(*names: str | None) -> list[str]:
    """The codes of those that are states of today, as FollowTheMoney writes them."""
    return [name.lower() for name in names if name and name in states() and name not in _GONE]


def _dates(when: DateInterval | None) -> dict[str, str | None]:
    if when is None:
        return {}
    first, last = when.to_list()
    return {"startDate": first, "endDate": last}
