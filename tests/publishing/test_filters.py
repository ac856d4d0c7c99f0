"""The filters of the ledger hold in every format."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from nongrata.ledger import ClaimFilter, IncidentFilter, Ledger
from nongrata.publishing import Options, export

FILTERS = [
    {"types": ("expulsion",)},
    {"actors": ("BE",), "since": date(2018, 1, 1)},
    {"targets": ("ru", "IN"), "until": date(2020, 1, 1)},
    {"credibility": (1, 2)},
    {"types": ("expulsion", "espionage"), "actors": ("RU",), "credibility": (2, 3, 6)},
]


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_incidents_and_what_hangs_on_them(wanted: dict[str, object], samples: Ledger, tmp_path: Path) -> None:
    options = Options(only=ClaimFilter(**wanted))
    incidents = {incident.id: incident for incident in samples.incidents(IncidentFilter(**wanted))}
    assert incidents
    export(samples, "csv", tmp_path / "i.csv", options)
    with (tmp_path / "i.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["id"] for row in csv.DictReader(stream)] == list(incidents)
    export(samples, "ftm", tmp_path / "e.json", options)
    rows = [json.loads(line) for line in (tmp_path / "e.json").read_text(encoding="utf-8").splitlines()]
    told = {row["properties"]["recordId"][0] for row in rows if row["schema"] == "Documentation"}
    assert told == {key for incident in incidents.values() for key in incident.claims}
    export(samples, "stix", tmp_path / "b.json", options)
    objects = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["objects"]
    assert sum(one["type"] == "incident" for one in objects) == len(incidents)
    assert sum(one["type"] in ("note", "opinion") for one in objects) == len(told)


@pytest.mark.parametrize("wanted", [*FILTERS, {"text": "diplomats"}, {"reviewed": True}, {"reviewed": False}], ids=str)
def test_claims(wanted: dict[str, object], samples: Ledger, tmp_path: Path) -> None:
    only = ClaimFilter(**wanted)
    export(samples, "claims-csv", tmp_path / "c.csv", Options(only=only))
    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as stream:
        found = {row["key"] for row in csv.DictReader(stream)}
    assert found == {claim.key for claim in samples.search(only, limit=1000).found}
