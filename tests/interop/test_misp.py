"""MISP has no place for STIX incidents: misp-stix refuses them. What arrives is what docs/exports.md lists."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from nongrata.ledger import Ledger
from nongrata.publishing import export
from nongrata.publishing.stix_parts import line_of
from tests.interop.conftest import Peer


def test_what_arrives(ledger: Ledger, tmp_path: Path, peer: Peer) -> None:
    export(ledger, "stix", tmp_path / "b.json")
    sent = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["objects"]
    kinds = Counter(one["type"] for one in sent)
    found = peer("misp.py", tmp_path / "b.json")
    events = found["events"]
    assert len(events) == kinds["report"]
    assert {event["info"] for event in events} == {one["name"] for one in sent if one["type"] == "report"}

    notes = [note for event in events for note in event.get("Note", ())]
    opinions = [one for event in events for one in event.get("Opinion", ())]
    claims = [claim for i in ledger.incidents() for claim in ledger.claims(i.claims).values()]
    placed = [claim for claim in claims if claim.published]
    asserted = [claim for claim in placed if not claim.denied]
    assert len(notes) == len(asserted)
    assert len(opinions) == len(placed) - len(asserted)
    # The chain and the intervals arrive, as a line that people read.
    assert Counter(note["comment"] for note in notes) == Counter(map(line_of, asserted))
    origins = Counter(claim.chain.origin.name for claim in asserted if claim.chain.origin)
    assert Counter(note["authors"] for note in notes if "authors" in note) == origins
    assert {one["opinion"] for one in opinions} <= {"0"}

    clusters = {c["value"] for e in events for g in e.get("Galaxy", ()) for c in g["GalaxyCluster"]}
    assert clusters == {one["name"] for one in sent if one["type"] in ("threat-actor", "intrusion-set")}
    values = [a for e in events for o in e.get("Object", ()) for a in o["Attribute"]]
    names = {a["value"] for a in values if a["object_relation"] == "name"}
    assert {one["name"] for one in sent if one["type"] == "identity"} - names <= {"nongrata"}
    # A report without a day has no object that its notes could hang on.
    undated = {"note", "opinion"} if len(placed) < len(claims) else set()
    assert "incident" in found["refused"]
    assert set(found["refused"]) <= {"incident"} | undated
