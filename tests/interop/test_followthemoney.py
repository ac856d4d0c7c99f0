"""followthemoney reads our entities, nomenklatura's store our statements; nothing is refused or cleaned away."""

from __future__ import annotations

import json
from pathlib import Path

from nongrata.ledger import Ledger
from nongrata.publishing import export
from nongrata.publishing.ftm_parts import entity_id
from tests.interop.conftest import Peer
from tests.publishing import made


def test_the_library_reads_what_was_written(ledger: Ledger, tmp_path: Path, peer: Peer) -> None:
    export(ledger, "ftm", tmp_path / "e.json")
    export(ledger, "ftm-statements", tmp_path / "s.csv")
    found = peer("ftm.py", tmp_path / "e.json", tmp_path / "s.csv")
    written = {}
    for line in (tmp_path / "e.json").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        written[one["id"]] = {name: sorted(values) for name, values in one["properties"].items()}
    assert found["entities"] == written
    for incident in ledger.incidents():
        event = found["entities"][entity_id("event", incident.id)]
        days = [incident.when.first.isoformat(), incident.when.last.isoformat()] if incident.when else [None, None]
        assert [event.get("startDate", [None])[0], event.get("endDate", [None])[0]] == days


def test_a_statement_store_assembles_the_same_entities(ledger: Ledger, tmp_path: Path, peer: Peer) -> None:
    export(ledger, "ftm", tmp_path / "e.json")
    export(ledger, "ftm-statements", tmp_path / "s.csv")
    found = peer("ftm.py", tmp_path / "e.json", tmp_path / "s.csv")
    events = {entity_id("event", incident.id) for incident in ledger.incidents()}
    assert found["said"].keys() == events
    for id, properties in found["entities"].items():
        if id not in events:
            assert found["assembled"][id] == properties
    for incident in ledger.incidents():
        if incident.when and not all(claim.denied for claim in ledger.claims(incident.claims).values()):
            assert found["said"][entity_id("event", incident.id)]


def test_who_said_which_day_is_kept_apart(tmp_path: Path, peer: Peer) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        export(ledger, "ftm", tmp_path / "e.json")
        export(ledger, "ftm-statements", tmp_path / "s.csv")
        (incident,) = [one for one in ledger.incidents() if one.type == "expulsion"]
    said = peer("ftm.py", tmp_path / "e.json", tmp_path / "s.csv")["said"][entity_id("event", incident.id)]
    assert [row[:4] for row in said] == [
        ["brask-1", "endDate", "2024-03-31", "in March"],
        ["brask-1", "startDate", "2024-03-01", "in March"],
    ]
