from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from stix2validator import ValidationOptions, validate_instance

from nongrata.ledger import Ledger
from nongrata.model import Claim, Report
from nongrata.publishing import Options, export
from nongrata.vocabulary.mappings import stix_terms
from tests.publishing import made

Objects = dict[str, dict[str, Any]]
EXPECTED_WARNINGS = {"103", "202", "302"}
"""Taken on purpose, see docs/exports.md."""


def judged(place: Path) -> tuple[list[str], set[str]]:
    """What the OASIS validator says of a bundle: its errors, and the codes of its warnings."""
    found = validate_instance(json.loads(place.read_text(encoding="utf-8")), ValidationOptions(version="2.1"))
    return [str(error) for error in found.errors], {re.search(r"\{(\d+)\}", str(one))[1] for one in found.warnings}


def bundle(ledger: Ledger, place: Path, options: Options | None = None) -> Objects:
    """The objects of an export by id; every id is there once."""
    outcome = export(ledger, "stix", place, options)
    found = json.loads(place.read_text(encoding="utf-8"))["objects"]
    assert outcome.rows[place.name] == len(found)
    objects = {one["id"]: one for one in found}
    assert len(objects) == len(found)
    return objects


def test_the_oasis_validator_finds_no_error(ledger: Ledger, tmp_path: Path) -> None:
    bundle(ledger, tmp_path / "b.json")
    errors, warnings = judged(tmp_path / "b.json")
    assert errors == []
    assert warnings <= EXPECTED_WARNINGS


def test_every_reference_leads_somewhere(ledger: Ledger, tmp_path: Path) -> None:
    objects = bundle(ledger, tmp_path / "b.json")
    for one in objects.values():
        for name, value in one.items():
            if name.endswith("_ref"):
                assert value in objects, (one["id"], name)
            if name.endswith("_refs"):
                assert set(value) <= objects.keys(), (one["id"], name)
        assert "x_" not in "".join(one)


def test_extensions_obey_the_published_schema(ledger: Ledger, tmp_path: Path) -> None:
    schema = json.loads(files("nongrata.vocabulary").joinpath("mappings/stix-extension.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    extension = stix_terms()["extension"]["id"]
    checked = 0
    for one in bundle(ledger, tmp_path / "b.json").values():
        if one["type"] in ("incident", "note", "opinion"):
            validator.validate(one["extensions"][extension])
            checked += 1
    assert checked > 50


def test_claims_incidents_and_origins_are_all_there(ledger: Ledger, tmp_path: Path) -> None:
    objects = bundle(ledger, tmp_path / "b.json")
    kinds = Counter(one["type"] for one in objects.values())
    incidents = ledger.incidents()
    placed = list(ledger.claims(key for i in incidents for key in i.claims).values())
    assert kinds["incident"] == len(incidents)
    assert kinds["opinion"] == sum(claim.denied for claim in placed)
    assert kinds["note"] == len(placed) - kinds["opinion"]
    counts = {one["sighting_of_ref"]: one["count"] for one in objects.values() if one["type"] == "sighting"}
    assert sorted(counts.values()) == sorted(n for n in (i.independent_origins for i in incidents) if n)
    assert {one["confidence"] for one in objects.values() if "confidence" in one} <= {90, 70, 50, 30, 10}
    assert all("confidence" not in one for one in objects.values() if one["type"] == "note")


def one_more_report() -> tuple[Report, list[Claim]]:
    text = "NO has expelled 17, the Lantern says."
    report = Report(id="later-1", text=text, publisher="Lantern", published=date(2024, 4, 5))
    claim = replace(made.EXPULSION, report_id=report.id, publisher="Lantern", published=report.published, also=())
    return report, [replace(claim, spans={})]


def test_one_more_report_changes_only_what_it_changes(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        before = bundle(ledger, tmp_path / "1.json")
        assert bundle(ledger, tmp_path / "2.json") == before
        assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
        report, claims = one_more_report()
        ledger.add(ledger.start_run("test"), [(report, claims)], "made 1")
        ledger.refresh()
        after = bundle(ledger, tmp_path / "3.json")
    assert before.keys() <= after.keys()
    new = Counter(after[id]["type"] for id in after.keys() - before.keys())
    assert new == {"note": 1, "report": 1}
    (expulsion,) = [one["id"] for one in before.values() if one["type"] == "incident" and "expulsion" in one["name"]]
    for id, one in before.items():
        assert (after[id].get("name"), after[id]["created"]) == (one.get("name"), one["created"])
        if after[id] != one:
            assert after[id]["modified"] > one["modified"]
            assert expulsion in (id, one.get("source_ref"), one.get("sighting_of_ref"))


def test_an_accused_person_is_never_a_threat_actor(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        objects = bundle(ledger, tmp_path / "b.json").values()
    dask = [one for one in objects if one.get("name") == "Corvin Dask"]
    assert {one["type"] for one in dask} == {"identity"}
    assert {one["name"] for one in objects if one["type"] == "intrusion-set"} == {"NoName057(16)"}


def test_no_person_of_any_ledger_is_a_threat_actor(ledger: Ledger, tmp_path: Path) -> None:
    from nongrata.vocabulary.bodies import bodies

    objects = bundle(ledger, tmp_path / "b.json").values()
    found = {one["name"] for one in objects if one["type"] in ("threat-actor", "intrusion-set")}
    known = {name: body.kind for name, body in bodies().items()}
    known |= {alias: body.kind for body in bodies().values() for alias in body.aliases}
    assert {known[name] for name in found} <= {"agency", "group"}


def test_intervals_phrases_and_chains_are_in_the_extension(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        objects = list(bundle(ledger, tmp_path / "b.json", Options(tlp="amber")).values())
    note = next(one for one in objects if one["type"] == "note" and one["content"] == made.EXPULSION.sentence)
    told = note["extensions"][stix_terms()["extension"]["id"]]
    assert told["count"] == {"lo": 17, "phrase": "at least 17"}
    assert told["when"] == {"first": "2024-03-01", "last": "2024-03-31", "edtf": "2024-03", "phrase": "in March"}
    assert told["chain"][0] == {"name": "Ottilie Brask", "role": "Minister", "state": "NO"}
    assert note["authors"] == ["Ottilie Brask"]
    assert all(
        one["object_marking_refs"] == ["marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"]
        for one in objects
        if one.get("created_by_ref") and one["type"] != "extension-definition"
    )
    (denial,) = [one for one in objects if one["type"] == "opinion"]
    assert denial["opinion"] == "strongly-disagree"


def test_what_is_lost_is_said(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        undated = replace(made.REPORT, id="undated", text="Other", published=None, url="not an address")
        claim = replace(made.ARREST, report_id="undated", published=None)
        ledger.add(ledger.start_run("test"), [(undated, [claim])], "made 1")
        ledger.refresh()
        losses = export(ledger, "stix", tmp_path / "b.json").losses
    lost = {(loss.field, loss.reason[:12]): loss.count for loss in losses}
    assert lost["report", "without a da"] == 1
    assert lost["claim", "stand in no "] == 1
    assert lost["report.text", "left out"] == 3
    assert lost["judgement", "in the ledge"] == 1


@pytest.mark.parametrize("tlp", ["clear", "green", "amber", "red"])
def test_markings_are_those_of_the_standard(tlp: str, tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        bundle(ledger, tmp_path / "b.json", Options(tlp=tlp))
    assert judged(tmp_path / "b.json")[0] == []
