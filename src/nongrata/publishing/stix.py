"""A STIX 2.1 bundle: reports, claims as notes, denials as opinions, incidents, sightings by independent origins.

Ids, names and moments of creation follow from content alone and never change; "modified" of an incident and what hangs
on it is the moment at which the ledger took in its last report. A bundle is written object by object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from nongrata.ledger.rows import headline_of
from nongrata.model import Claim, Factuality, Incident, Report
from nongrata.publishing.jsonl import Told, note_apart
from nongrata.publishing.losses import LossList
from nongrata.publishing.sinks import Sink
from nongrata.publishing.snapshot import Reading, Snapshot, Telling
from nongrata.publishing.stix_parts import (
    Object,
    actor_object,
    begin_of,
    claim_extension,
    end_of,
    fixed_objects,
    frozen,
    id_of,
    identity,
    incident_extension,
    is_state,
    line_of,
    made,
    moment,
)
from nongrata.vocabulary.mappings import stix_terms

_LANGUAGE = re.compile(r"[a-z]{2}")


def write_stix(snapshot: Snapshot, sink: Sink, losses: LossList, told: Told, tlp: str = "clear") -> int:
    """Write the bundle; returns the number of objects."""
    bundle = _Bundle(sink)
    maker = Maker(tlp, losses)
    bundle.add(fixed_objects(tlp))
    done = 0
    for reading in snapshot.readings(of_incidents=True):
        bundle.add(maker.of_reading(reading))
        done += len(reading.claims)
        told(done)
    for telling in snapshot.incidents():
        bundle.add(maker.of_incident(telling))
        done += 1
        told(done)
    bundle.close()
    losses.add("claim", "stand in no incident (totals): left out", snapshot.outside_incidents())
    note_apart(snapshot, losses)
    return bundle.count


class _Bundle:
    """Writes objects, each id once."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._parties: set[str] = set()
        self.count = 0
        # A bundle's id carries no meaning in STIX 2.1; a fixed one keeps equal ledgers equal to the byte.
        sink.write(b'{"type": "bundle", "id": "' + id_of("bundle", "export").encode() + b'", "objects": [\n')

    def add(self, objects: Iterator[Object] | list[Object]) -> None:
        for one in objects:
            if _is_shared(one):
                if one["id"] in self._parties:
                    continue
                self._parties.add(one["id"])
            self._sink.write((b",\n" if self.count else b"") + msgspec.json.encode(one))
            self.count += 1

    def close(self) -> None:
        self._sink.write(b"\n]}\n")


_PARTIES = frozenset({"identity", "threat-actor", "intrusion-set"})


def _is_shared(one: Object) -> bool:
    """True for parties and their relationships, which come up again and again; their number grows with names only."""
    return one["type"] in _PARTIES or (one["type"] == "relationship" and not one["source_ref"].startswith("incident--"))


class Maker:
    """Makes the objects of readings and incidents, all with one marking, and counts what they cannot carry."""

    def __init__(self, tlp: str, losses: LossList) -> None:
        self._tlp = tlp
        self._losses = losses

    def of_reading(self, reading: Reading) -> Iterator[Object]:
        """The notes and opinions of a report's claims, and the report."""
        report = reading.report
        told = []
        for claim, key, incident in zip(reading.claims, reading.keys, reading.incidents, strict=True):
            if incident is None:
                continue
            told.append(self._claim(claim, key, incident, report))
        yield from told
        if report.publisher:
            yield identity(report.publisher, self._tlp)
        incidents = dict.fromkeys(id_of("incident", id) for id in reading.incidents if id)
        refs = [one["id"] for one in told] + list(incidents)
        self._note_report(report)
        if report.published is None:
            self._losses.add("report", "without a day of publication, which STIX demands: no report object")
        elif refs:
            yield self._report(report, refs)

    def of_incident(self, telling: Telling) -> Iterator[Object]:
        """The incident, whom it is said to be by and against, and how many independent origins tell it."""
        incident, modified = telling.incident, moment(telling.last_added)
        self._losses.add("incident.placements", "reasons why a claim stands in it left out", len(incident.placements))
        found = made("incident", incident.id, self._tlp, frozen(), modified)
        found |= {"name": f"{incident.type} {incident.id}", "description": _described(incident)}
        if confidence := stix_terms()["confidence"].get(str(incident.credibility)):
            found["confidence"] = confidence
        yield found | {"extensions": incident_extension(incident)}
        if incident.factuality is not Factuality.DENIED:
            yield from self._parties(incident, found["id"], modified)
        if incident.independent_origins:
            yield from self._sighting(telling, found["id"], modified)

    def _report(self, report: Report, refs: list[str]) -> Object:
        reference: Object = {"source_name": report.publisher or "unknown publisher", "external_id": report.id}
        if report.url and _is_url(report.url):
            reference["url"] = report.url
        elif report.url:
            self._losses.add("report.url", "no valid address: left out")
        if report.text:
            reference["hashes"] = {"SHA-256": report.sha256}
        published = begin_of(report.published) if report.published else frozen()
        found = made("report", report.id, self._tlp, published)
        found |= {"name": headline_of(report) or f"Report {report.id}", "published": published, "object_refs": refs}
        if report.lang and _LANGUAGE.fullmatch(report.lang):
            found["lang"] = report.lang
        return found | {"external_references": [reference]}

    def _note_report(self, report: Report) -> None:
        left_out: dict[str, Any] = {
            "text": report.text,
            "blocks": report.blocks,
            "sources": report.sources,
            "topics": report.topics,
            "flags": report.flags,
            "published_from": report.published_from,
        }
        self._losses.add_present("report", "left out", left_out)

    def _claim(self, claim: Claim, key: str, incident: str, report: Report) -> Object:
        created = begin_of(claim.published) if claim.published else frozen()
        origin = claim.chain.origin
        about = [id_of("incident", incident)]
        if report.published:
            # Importers that know no incidents (MISP) keep what is said of the report.
            about.append(id_of("report", report.id))
        shared: Object = {"object_refs": about, "extensions": claim_extension(claim, key)}
        if origin:
            shared["authors"] = [origin.name]
        line = line_of(claim)
        words = claim.sentence or claim.trigger or line
        if claim.denied:
            denial = {"opinion": "strongly-disagree", "explanation": f"{words}\n{line}"}
            return made("opinion", key, self._tlp, created) | denial | shared
        return made("note", key, self._tlp, created) | {"abstract": line, "content": words} | shared

    def _parties(self, incident: Incident, incident_id: str, modified: str) -> Iterator[Object]:
        for name in dict.fromkeys(filter(None, (incident.actor, *(incident.actors or ())))):
            actor = actor_object(incident, name, self._tlp)
            yield actor
            yield self._related(incident, incident_id, "attributed-to", actor["id"], modified)
            if actor["type"] != "identity" and incident.actor_state and is_state(incident.actor_state):
                yield from self._served(actor, incident.actor_state)
        if incident.target:
            target = identity(incident.target, self._tlp)
            yield target
            yield self._related(incident, incident_id, "targets", target["id"], modified)

    def _served(self, actor: Object, state: str) -> Iterator[Object]:
        served = identity(state, self._tlp)
        yield served
        found = made("relationship", f"{actor['id']} attributed-to {served['id']}", self._tlp, frozen())
        yield found | {
            "relationship_type": "attributed-to",
            "source_ref": actor["id"],
            "target_ref": served["id"],
            "description": "as claims in the ledger say; see the notes on the incidents",
        }

    def _related(self, incident: Incident, source: str, how: str, target: str, modified: str) -> Object:
        found = made("relationship", f"{source} {how} {target}", self._tlp, frozen(), modified)
        found |= {"relationship_type": how, "source_ref": source, "target_ref": target}
        found["description"] = f"as told: factuality {incident.factuality}, {incident.credibility_reason}"
        if incident.when:
            found |= {"start_time": begin_of(incident.when.first), "stop_time": end_of(incident.when.last)}
        return found

    def _sighting(self, telling: Telling, incident_id: str, modified: str) -> Iterator[Object]:
        told = [claim for claim in telling.claims if not claim.denied]
        publishers = list(dict.fromkeys(claim.publisher for claim in told if claim.publisher))
        days = [claim.published for claim in told if claim.published]
        found = made("sighting", telling.incident.id, self._tlp, frozen(), modified) | {
            "sighting_of_ref": incident_id,
            "count": telling.incident.independent_origins,
            "summary": True,
            "description": "count is the number of independent origins, not of reports or copies",
        }
        if days:
            found |= {"first_seen": begin_of(min(days)), "last_seen": end_of(max(days))}
        if publishers:
            found["where_sighted_refs"] = [id_of("identity", name) for name in publishers]
        yield found


def _described(incident: Incident) -> str:
    parties = f"{incident.actor or ', '.join(incident.actors or ()) or 'unknown'} → {incident.target or 'unknown'}"
    count = f", {incident.best_count}" if incident.best_count else ""
    when = f", {incident.when.edtf}" if incident.when else ""
    return f"{incident.type}: {parties}{count}{when}. As told, not as established: {incident.credibility_reason}"


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s<>\"{}|\\^`]", text)
