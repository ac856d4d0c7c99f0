"""Sets of others through the command line: by a shipped mapping, by a mapping of one's own, twice."""

from __future__ import annotations

import json

OWN = """
name = "Harbour register"
id = "harbour-{number}"

[[claim]]
type = "expulsion"
actor = {column = "host", kind = "state"}
target = {column = "sender", kind = "state"}
when = {column = "known", kind = "day"}
"""


def test_a_shipped_mapping(nongrata, tmp_path):
    rows = [
        {"id": "e-1", "receiver_country": ["Estonia"], "initiator_country": ["Chile"], "start_date": ["2021-03-04"]},
        {"id": "e-2", "receiver_country": ["Estonia"], "initiator_country": ["Atlantis"], "start_date": []},
    ]
    (tmp_path / "set.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = nongrata("import", "set.jsonl", "--set", "eurepoc")
    assert done.code == 0
    assert done.err.startswith("2 reports read, 2 claims added")
    assert "1 name of states is not known" in done.err
    assert nongrata("import", "set.jsonl", "--set", "eurepoc").err.startswith(
        "0 reports read, 0 claims added; 2 already"
    )
    incidents = nongrata("incidents", "--format", "jsonl").rows
    assert [(row["actor_state"], row["target"]) for row in incidents] == [("CL", "EE"), (None, "EE")]


def test_a_mapping_of_ones_own(nongrata, tmp_path):
    (tmp_path / "harbour.toml").write_text(OWN)
    (tmp_path / "harbour.csv").write_text("number,host,sender,known\n1,Norway,Chile,2024-03-05\n")
    assert nongrata("import", "harbour.csv", "--set", "harbour.toml").code == 0
    (incident,) = nongrata("incidents", "--format", "jsonl").rows
    assert (incident["actor"], incident["target"], incident["when"]) == ("NO", "CL", ["2024-03-05", "2024-03-05"])
    assert incident["origins"][0]["label"] == "Harbour register"


def test_mappings_that_are_none(nongrata, tmp_path):
    (tmp_path / "harbour.csv").write_text("number\n1\n")
    done = nongrata("import", "harbour.csv", "--set", "atlantis")
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "one of: cfr, ddosia, eurepoc, euvsdisinfo" in done.err
