"""FollowTheMoney's library needs ICU and a compiler, so its schemata (data/followthemoney.json) stand for it here."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from nongrata.ledger import Ledger
from nongrata.publishing import export
from nongrata.publishing.ftm import STATEMENT_COLUMNS
from nongrata.vocabulary.mappings import ftm_terms
from tests.publishing import made

SCHEMATA = json.loads((Path(__file__).parent / "data" / "followthemoney.json").read_text(encoding="utf-8"))["schemata"]
_CHECKS = {
    "date": lambda value: date.fromisoformat(value),
    "country": lambda value: re.fullmatch(r"[a-z]{2}", value),
    "checksum": lambda value: re.fullmatch(r"[0-9a-f]{40}", value),
    "topic": lambda value: value in ("gov", "gov.security"),
    "entity": lambda value: re.fullmatch(r"nongrata-[a-z]+-[0-9a-f]{40}", value),
}


def check(entity: dict[str, Any], schema_of: dict[str, str]) -> None:
    """What the library checks: known properties, required ones, values of their type, references in range."""
    schema = SCHEMATA[entity["schema"]]
    assert not schema["abstract"]
    assert set(schema["required"]) <= entity["properties"].keys(), entity
    for name, values in entity["properties"].items():
        declared = schema["properties"][name]
        assert values
        for value in values:
            assert isinstance(value, str)
            assert value
            assert _CHECKS.get(declared["type"], bool)(value), (name, value)
            if declared["type"] == "entity":
                assert declared["range"] in SCHEMATA[schema_of[value]]["ancestors"], (name, value)


def entities_of(place: Path) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def test_entities_obey_the_schemata(ledger: Ledger, tmp_path: Path) -> None:
    export(ledger, "ftm", tmp_path / "e.json")
    found = entities_of(tmp_path / "e.json")
    schema_of = {id: one["schema"] for id, one in found.items()}
    for one in found.values():
        check(one, schema_of)
    events = {one["properties"]["recordId"][0]: one["properties"] for one in found.values() if one["schema"] == "Event"}
    incidents = {incident.id: incident for incident in ledger.incidents()}
    assert events.keys() == incidents.keys()
    for id, properties in events.items():
        when = incidents[id].when
        assert properties.get("startDate") == ([when.first.isoformat()] if when else None)
        assert properties.get("endDate") == ([when.last.isoformat()] if when else None)
        assert len(properties["proof"]) == len(incidents[id].reports)


def test_statements_make_the_same_entities(ledger: Ledger, tmp_path: Path) -> None:
    export(ledger, "ftm", tmp_path / "e.json")
    outcome = export(ledger, "ftm-statements", tmp_path / "s.csv")
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, dialect=csv.unix_dialect))
    assert outcome.rows["s.csv"] == len(rows)
    assert tuple(rows[0]) == STATEMENT_COLUMNS
    assert len({row["id"] for row in rows}) == len(rows)
    values: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    schema_of = {}
    for row in rows:
        assert row["prop_type"] == SCHEMATA[row["schema"]]["properties"][row["prop"]]["type"]
        assert (row["dataset"], row["external"], row["canonical_id"]) == ("nongrata", "f", row["entity_id"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", row["first_seen"])
        assert schema_of.setdefault(row["entity_id"], row["schema"]) == row["schema"]
        values[row["entity_id"]][row["prop"]].add(row["value"])
    for id, properties in values.items():
        check({"schema": schema_of[id], "properties": {n: sorted(v) for n, v in properties.items()}}, schema_of)
    entities = entities_of(tmp_path / "e.json")
    assert entities.keys() <= values.keys()
    for id, entity in entities.items():
        if entity["schema"] != "Event":
            assert {name: set(v) for name, v in entity["properties"].items()} == dict(values[id])


def test_statements_say_who_says_what(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        lost = {loss.field for loss in export(ledger, "ftm-statements", tmp_path / "s.csv").losses}
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, dialect=csv.unix_dialect))
    starts = [row for row in rows if (row["schema"], row["prop"], row["value"]) == ("Event", "startDate", "2024-03-01")]
    assert [(row["origin"], row["original_value"]) for row in starts] == [("brask-1", "in March")]
    assert {"claim.count", "claim.spans", "incident.origins", "claim"} <= lost
    assert any(row["prop"] == "role" and row["value"] == "denial" for row in rows)


def test_nobody_is_called_a_spy(ledger: Ledger, tmp_path: Path) -> None:
    export(ledger, "ftm", tmp_path / "e.json")
    topics = {t for one in entities_of(tmp_path / "e.json").values() for t in one["properties"].get("topics", ())}
    assert topics <= {"gov", "gov.security"}
    for party in ftm_terms()["party"].values():
        assert not any(topic.startswith("role.") for topic in party["topics"])


def test_the_types_are_followthemoneys() -> None:
    for name, kind in ftm_terms()["types"].items():
        declared = {schema["properties"][name]["type"] for schema in SCHEMATA.values() if name in schema["properties"]}
        assert declared == {kind}
