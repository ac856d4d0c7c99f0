from __future__ import annotations

import json
from pathlib import Path

from nongrata.ledger import ClaimFilter, Ledger
from nongrata.publishing import Options, export
from nongrata.vocabulary.events import event_types
from nongrata.vocabulary.mappings import places, sides
from nongrata.vocabulary.states import states
from tests.publishing import made


def test_every_state_has_a_point_and_every_type_a_side() -> None:
    assert set(places()) == set(states())
    assert all(-90 <= p.latitude <= 90 and -180 <= p.longitude <= 180 for p in places().values())
    assert set(sides()) == set(event_types())
    assert set(sides().values()) == {"actor", "target"}


def test_one_feature_an_incident(ledger: Ledger, tmp_path: Path) -> None:
    outcome = export(ledger, "geojson", tmp_path / "a.geojson")
    found = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    assert [one["id"] for one in found["features"]] == [incident.id for incident in ledger.incidents()]
    nowhere = sum(one["geometry"] is None for one in found["features"])
    assert {loss.field: loss.count for loss in outcome.losses}.get("geometry", 0) == nowhere
    for one in found["features"]:
        if one["geometry"]:
            place = places()[one["properties"]["place"]]
            assert one["geometry"] == {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def test_a_measure_lies_at_home_and_an_attack_with_its_victim(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        export(ledger, "geojson", tmp_path / "a.geojson")
    features = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"]
    sides_of = {f["properties"]["type"]: (f["properties"]["place"], f["properties"]["place_of"]) for f in features}
    assert sides_of["expulsion"] == ("NO", "actor")
    assert sides_of["cyberattack"] == ("NO", "target")


def test_nothing_is_a_collection_of_nothing(samples: Ledger, tmp_path: Path) -> None:
    export(samples, "geojson", tmp_path / "a.geojson", Options(only=ClaimFilter(types=("none",))))
    assert json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8")) == {
        "type": "FeatureCollection",
        "features": [],
    }
