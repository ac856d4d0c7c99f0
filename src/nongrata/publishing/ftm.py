"""FollowTheMoney 4: entities as JSON lines, and statements as CSV, one value a row with who says it and since when."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator

import msgspec

from nongrata.model import Claim, Incident
from nongrata.publishing.ftm_parts import (
    DATASET,
    Entity,
    article,
    documentation,
    entity,
    entity_id,
    event,
    party,
    party_id,
)
from nongrata.publishing.ftm_parts import countries as country_codes
from nongrata.publishing.jsonl import Told, note_apart
from nongrata.publishing.losses import LossList
from nongrata.publishing.sinks import Sink
from nongrata.publishing.snapshot import Reading, Snapshot, Telling
from nongrata.vocabulary.mappings import ftm_terms

STATEMENT_COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id",
)  # fmt: skip
_REPORT_FIELDS = ("text", "blocks", "lang", "sources", "topics", "flags", "published_from")
_CLAIM_FIELDS = (
    "count", "count_text", "share", "against", "realis", "spans", "also", "background", "confidence", "reader",
)  # fmt: skip
"""What has no place in an Article or a Documentation."""


def write_entities(snapshot: Snapshot, sink: Sink, losses: LossList, told: Told) -> int:
    """Write one entity a line; returns how many."""
    count = done = 0
    known: set[str] = set()
    for thing in _things(snapshot):
        made = list(_of_reading(thing)) if isinstance(thing, Reading) else list(_of_telling(thing, known))
        _count_losses(thing, losses)
        for one in made:
            sink.write(msgspec.json.encode(one.to_dict()) + b"\n")
        count += len(made)
        done += len(thing.claims) if isinstance(thing, Reading) else 1
        told(done)
    _count_apart(snapshot, losses)
    return count


def write_statements(snapshot: Snapshot, sink: Sink, losses: LossList, told: Told) -> int:
    """Write one statement a row, as ``ftm`` and ``nomenklatura`` read them; returns how many.

    What a claim says of an incident is a statement with the report as its origin, the phrase behind a time as its
    original value, and the moment at which the ledger took the report in as first seen.
    """
    buffer = io.StringIO()
    # The dialect that followthemoney reads: every field in quotes.
    writer = csv.writer(buffer, dialect=csv.unix_dialect)
    writer.writerow(STATEMENT_COLUMNS)
    count = done = 0
    known: set[str] = set()
    for thing in _things(snapshot):
        rows = _reading_rows(thing) if isinstance(thing, Reading) else _telling_rows(thing, known)
        _count_losses(thing, losses)
        for row in rows:
            writer.writerow(row)
            count += 1
        sink.write(buffer.getvalue().encode("utf-8", "backslashreplace"))
        buffer.seek(0)
        buffer.truncate()
        done += len(thing.claims) if isinstance(thing, Reading) else 1
        told(done)
    _count_apart(snapshot, losses)
    return count


def _things(snapshot: Snapshot) -> Iterator[Reading | Telling]:
    yield from snapshot.readings(of_incidents=True)
    yield from snapshot.incidents()


def _of_reading(reading: Reading) -> Iterator[Entity]:
    yield article(reading.report)
    for claim, key, incident in zip(reading.claims, reading.keys, reading.incidents, strict=True):
        if incident is not None:
            yield documentation(claim, key, incident)


def _of_telling(telling: Telling, known: set[str]) -> Iterator[Entity]:
    """The event, and those of its parties that are not yet ``known``."""
    yield event(telling.incident)
    yield from _new_parties(telling.incident, known)


def _new_parties(incident: Incident, known: set[str]) -> Iterator[Entity]:
    for name in (incident.actor, *(incident.actors or ()), incident.target):
        if name and (made := party(name)).id not in known:
            known.add(made.id)
            yield made


def _reading_rows(reading: Reading) -> Iterator[tuple[str | None, ...]]:
    seen = reading.added.strftime("%Y-%m-%dT%H:%M:%S")
    origin = reading.report.id
    for one in _of_reading(reading):
        yield from _rows(one, origin, seen)
    said: set[str | None] = set()
    for claim, incident in zip(reading.claims, reading.incidents, strict=True):
        if incident is None or claim.denied:
            continue
        for row in _rows(_said(claim, incident), origin, seen, claim.when_text):
            if row[-1] not in said:
                said.add(row[-1])
                yield row


def _said(claim: Claim, incident: str) -> Entity:
    """What one claim says of its incident's Event."""
    when = claim.when.to_list() if claim.when else [None, None]
    actors = [name for name in (claim.actor, *(claim.actors or ())) if name]
    return entity(
        entity_id("event", incident),
        "Event",
        startDate=when[0],
        endDate=when[1],
        country=country_codes(claim.actor_state, claim.target_state),
        organizer=[party_id(name) for name in actors],
        involved=[party_id(claim.target)] if claim.target else None,
        proof=[entity_id("article", claim.report_id)],
    )


def _telling_rows(telling: Telling, known: set[str]) -> Iterator[tuple[str | None, ...]]:
    seen = telling.first_added.strftime("%Y-%m-%dT%H:%M:%S")
    whole = event(telling.incident)
    # What claims say has their reports as its origin; here is what only the ledger says.
    own = ("name", "recordId", "summary", "notes", "keywords")
    yield from _rows(Entity(whole.id, whole.schema, {n: whole.properties[n] for n in own}), "ledger", seen)
    for one in _parties_of_claims(telling, known):
        yield from _rows(one, "vocabulary", seen)


def _parties_of_claims(telling: Telling, known: set[str]) -> Iterator[Entity]:
    """The parties that any claim of the incident names, and those of the incident, that are not yet ``known``."""
    yield from _new_parties(telling.incident, known)
    for claim in telling.claims:
        for name in (claim.actor, *(claim.actors or ()), claim.target):
            if name and (made := party(name)).id not in known:
                known.add(made.id)
                yield made


def _rows(one: Entity, origin: str, seen: str, phrase: str | None = None) -> Iterator[tuple[str | None, ...]]:
    types = ftm_terms()["types"]
    for prop, values in one.properties.items():
        original = phrase if phrase and prop in ("startDate", "endDate") else None
        for value in values:
            key = f"{DATASET}.{one.id}.{prop}.{value}.{origin}"
            id = hashlib.sha1(key.encode("utf-8", "surrogatepass")).hexdigest()  # noqa: S324
            yield (
                one.id, one.id, prop, types[prop], one.schema, value, DATASET, origin, None, original, "f", seen, seen,
                id,
            )  # fmt: skip


def _count_losses(thing: Reading | Telling, losses: LossList) -> None:
    if isinstance(thing, Telling):
        incident = thing.incident
        losses.add("incident.count", "only as words in the notes", int(incident.count is not None))
        losses.add("incident.origins", "only their number, in the notes", len(incident.origins))
        losses.add("incident.contradictions", "left out", len(incident.contradictions))
        losses.add("incident.placements", "reasons why a claim stands in it left out", len(incident.placements))
        losses.add("incident.in_response_to", "left out", len(incident.in_response_to))
        losses.add("incident.possibly_same", "left out", len(incident.possibly_same))
        return
    losses.add_present("report", "left out", {name: getattr(thing.report, name) for name in _REPORT_FIELDS})
    for claim in thing.claims:
        losses.add_present("claim", "left out", {name: getattr(claim, name) for name in _CLAIM_FIELDS})
        told = sum(bool(voice.role or voice.state) for voice in claim.chain)
        losses.add("claim.source_chain", "roles and states of voices left out", told)


def _count_apart(snapshot: Snapshot, losses: LossList) -> None:
    losses.add("claim", "stand in no incident (totals): left out", snapshot.outside_incidents())
    note_apart(snapshot, losses)
