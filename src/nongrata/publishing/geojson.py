"""Incidents as GeoJSON (RFC 7946): one point each, inside the state on whose ground it takes effect."""

from __future__ import annotations

from typing import Any

import msgspec

from nongrata.model import Incident
from nongrata.publishing.columns import INCIDENT_COLUMNS
from nongrata.publishing.csvfile import note_incident
from nongrata.publishing.jsonl import Told, note_apart
from nongrata.publishing.losses import LossList
from nongrata.publishing.sinks import Sink
from nongrata.publishing.snapshot import Snapshot, Telling
from nongrata.vocabulary.mappings import places, sides

_BEGIN = b'{"type": "FeatureCollection", "features": [\n'


def write_geojson(snapshot: Snapshot, sink: Sink, losses: LossList, told: Told) -> int:
    """Write one feature an incident; returns the number of features."""
    sink.write(_BEGIN)
    count = 0
    for count, telling in enumerate(snapshot.incidents(), 1):
        note_incident(telling, losses)
        made = feature(telling)
        if made["geometry"] is None:
            losses.add("geometry", "incidents for which no state is known, on no point")
        sink.write((b",\n" if count > 1 else b"") + msgspec.json.encode(made))
        told(count)
    sink.write(b"\n]}\n")
    note_apart(snapshot, losses)
    return count


def feature(telling: Telling) -> dict[str, Any]:
    """An incident as a feature; its properties are the columns of the table of incidents.

    The point is one inside a state and tells no place: ``place_of`` says whose, "actor" or "target".
    """
    side, state = _ground(telling.incident)
    point = places()[state] if state else None
    properties = {column.name: column.value(telling) for column in INCIDENT_COLUMNS}
    return {
        "type": "Feature",
        "id": telling.incident.id,
        "geometry": {"type": "Point", "coordinates": [point.longitude, point.latitude]} if point else None,
        "properties": properties | {"place": state, "place_of": side if state else None},
    }


def _ground(incident: Incident) -> tuple[str, str | None]:
    """The side on whose ground the incident takes effect and its state; the other side where that one is unknown."""
    first = sides().get(incident.type, "target")
    for side in (first, "actor" if first == "target" else "target"):
        state = _state(getattr(incident, f"{side}_state"), getattr(incident, side))
        if state:
            return side, state
    return first, None


def _state(*names: str | None) -> str | None:
    return next((name for name in names if name is not None and name in places()), None)
