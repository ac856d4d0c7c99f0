"""What every STIX object of ours needs: ids that stay, times, the extension, parties as objects."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from nongrata.model import Claim, DateInterval, Factuality, Incident, Interval
from nongrata.publishing.parties import PartyKind, kind_of, state_name
from nongrata.vocabulary.mappings import event_code, hostile_types, stix_terms, technique
from nongrata.vocabulary.states import states

Object = dict[str, Any]


@cache
def _namespace() -> uuid.UUID:
    return uuid.UUID(stix_terms()["namespace"])


def id_of(type: str, content: str) -> str:
    """The id of an object: a UUIDv5 of its type and what it is about."""
    return f"{type}--{uuid.uuid5(_namespace(), f'{type}/{content}')}"


def frozen() -> str:
    """The moment of creation of what has no day of its own."""
    return str(stix_terms()["frozen"])


def begin_of(day: date) -> str:
    """The first moment of a day."""
    return f"{day.isoformat()}T00:00:00.000Z"


def end_of(day: date) -> str:
    """The last moment of a day."""
    return f"{day.isoformat()}T23:59:59.999Z"


def moment(at: datetime) -> str:
    """A moment in milliseconds, never before ``frozen``."""
    text = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    return max(text, frozen())


def made(type: str, content: str, tlp: str, created: str, modified: str | None = None) -> Object:
    """The properties that all our objects share."""
    terms = stix_terms()
    return {
        "type": type,
        "spec_version": "2.1",
        "id": id_of(type, content),
        "created_by_ref": terms["producer"]["id"],
        "created": created,
        "modified": max(modified or created, created),
        "object_marking_refs": [terms["tlp"][tlp]["id"]],
    }


def fixed_objects(tlp: str) -> list[Object]:
    """What opens every bundle: the producer, the marking, the definition of the extension."""
    terms = stix_terms()
    common = {"spec_version": "2.1", "created": frozen(), "modified": frozen()}
    producer, extension, marking = terms["producer"], terms["extension"], terms["tlp"][tlp]
    return [
        {"type": "identity", **common, "id": producer["id"], "name": producer["name"], "identity_class": "system"},
        {
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": marking["id"],
            "created": "2017-01-20T00:00:00.000Z",
            "definition_type": "tlp",
            "name": marking["name"],
            "definition": {"tlp": marking["tlp"]},
        },
        {
            "type": "extension-definition",
            **common,
            "created_by_ref": producer["id"],
            **extension,
            "extension_types": ["property-extension"],
        },
    ]


def identity(name: str, tlp: str) -> Object:
    """A party, voice or outlet as an identity; what no table knows has the class "unknown"."""
    kind = kind_of(name)
    terms = stix_terms()
    found = made("identity", name, tlp, frozen())
    found |= {"name": state_name(name), "identity_class": terms["identity_class"][str(kind)]}
    if kind in terms["sectors"]:
        found["sectors"] = terms["sectors"][str(kind)]
    return found


def actor_object(incident: Incident, name: str, tlp: str) -> Object:
    """An incident's actor: an identity, or what a hostile group or service of the vocabulary is called.

    Only groups and agencies that the vocabulary knows can become an intrusion-set or a threat-actor, an agency only
    where the claims are certain. A person, accused or not, is always an identity.
    """
    kind = kind_of(name)
    hostile = incident.type in hostile_types()
    if hostile and kind is PartyKind.GROUP:
        return made("intrusion-set", name, tlp, frozen()) | {"name": name}
    if hostile and kind is PartyKind.AGENCY and incident.factuality is Factuality.CERTAIN:
        return made("threat-actor", name, tlp, frozen()) | {"name": name, "threat_actor_types": ["nation-state"]}
    return identity(name, tlp)


def is_state(name: str | None) -> bool:
    """True for the code of a state."""
    return name is not None and name in states()


def line_of(claim: Claim) -> str:
    """A claim in a line, for readers who do not look into the extension: intervals with their phrases, and the chain.

    "expulsion: NO → RU; count ≥ 17 (at least 17); when 2024-03 (in March); CT+ actual; Ottilie Brask → Harbour Gazette"
    """
    actor = claim.actor or ", ".join(claim.actors or ()) or "unknown"
    parts = [f"{claim.type}{' denied' if claim.denied else ''}: {actor} → {claim.target or 'unknown'}"]
    for name, value, phrase in (
        ("count", claim.count, claim.count_text),
        ("when", claim.when.edtf if claim.when else None, claim.when_text),
    ):
        if value:
            parts.append(f"{name} {value}" + (f" ({phrase})" if phrase else ""))
    parts.append(f"{claim.factuality} {claim.realis}")
    if claim.chain.voices:
        parts.append(str(claim.chain))
    return "; ".join(parts)


def claim_extension(claim: Claim, key: str) -> Object:
    """The extension of a note or opinion: the claim's fields."""
    return _extension(
        _common(claim)
        | {
            "claim_key": key,
            "report_id": claim.report_id,
            "against": claim.against,
            "count": _number(claim.count, claim.count_text),
            "share": claim.share,
            "when": _days(claim.when, claim.when_text),
            "chain": [_kept({"name": v.name, "role": v.role, "state": v.state}) for v in claim.chain],
            "background": claim.background,
            "trigger": claim.trigger,
            "spans": {name: span.to_list() for name, span in claim.spans.items()},
            "also": [span.to_list() for span in claim.also],
            "reader": claim.reader,
            "reader_confidence": claim.confidence,
        }
    )


def incident_extension(incident: Incident) -> Object:
    """The extension of an incident."""
    code, disarm = event_code(incident.type, incident.subtype), technique(incident.type, incident.subtype)
    return _extension(
        _common(incident)
        | {
            "incident_id": incident.id,
            "count": _number(incident.count),
            "best_count": _number(incident.best_count),
            "when": _days(incident.when),
            "best_when": _days(incident.best_when),
            "independent_origins": incident.independent_origins,
            "origins": [_kept(origin.to_dict()) for origin in incident.origins],
            "credibility": incident.credibility,
            "credibility_reason": incident.credibility_reason,
            "contradictions": [
                _kept({"field": c.field, "values": list(c.values), "claims": list(c.claims)})
                for c in incident.contradictions
            ],
            "in_response_to": list(incident.in_response_to),
            "possibly_same": list(incident.possibly_same),
            "plover_event": code.event,
            "plover_mode": code.mode,
            "plover_context": code.context,
            "cameo": code.cameo,
            "disarm": disarm.id if disarm else None,
        }
    )


def _common(thing: Claim | Incident) -> Object:
    return {
        "event_type": thing.type,
        "subtype": thing.subtype,
        "actor": thing.actor,
        "actor_state": thing.actor_state,
        "actors": list(thing.actors or ()),
        "target": thing.target,
        "target_state": thing.target_state,
        "factuality": str(thing.factuality),
        "realis": str(thing.realis),
    }


def _extension(values: Mapping[str, Any]) -> Object:
    return {stix_terms()["extension"]["id"]: {"extension_type": "property-extension", **_kept(values)}}


def _kept(values: Mapping[str, Any]) -> Object:
    """Without what is not known: STIX has neither null nor empty lists."""
    return {name: value for name, value in values.items() if not _empty(value)}


def _empty(value: object) -> bool:
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


def _number(interval: Interval | None, phrase: str | None = None) -> Object | None:
    return _kept_number(interval, phrase) if interval else None


def _kept_number(interval: Interval, phrase: str | None) -> Object:
    known: Sequence[tuple[str, Any]] = (("lo", interval.lo), ("hi", interval.hi), ("phrase", phrase or None))
    return {name: value for name, value in known if value is not None}


def _days(days: DateInterval | None, phrase: str | None = None) -> Object | None:
    if days is None:
        return None
    first, last = days.to_list()
    return _kept({"first": first, "last": last, "edtf": days.edtf, "phrase": phrase})
