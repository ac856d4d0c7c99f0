"""Why a report was read as it was."""

from __future__ import annotations

from datetime import date

from nongrata.extraction.reader import default_reader
from nongrata.reading.plain import parse_text

TEXT = "Norway may expel 12 Chilean diplomats over the hacking of its parliament, the ministry in Oslo said."


def test_every_claim_has_its_explanation() -> None:
    report = parse_text(TEXT, id="x", publisher="The Harbour Gazette", published=date(2024, 3, 5))
    reader = default_reader()
    explained = {(e.type, e.trigger): e for e in reader.explain(report) if e.verdict == "claim"}
    claims = reader.read(report)
    assert claims
    for claim in claims:
        one = explained[claim.type, claim.spans["trigger"]]
        assert one.confidence >= one.needed
        assert set(one.fields) == {"actor", "target", "count", "when"}


def test_it_names_the_candidates_and_the_operator() -> None:
    report = parse_text(TEXT, id="x", publisher="The Harbour Gazette", published=date(2024, 3, 5))
    one = next(e for e in default_reader().explain(report) if e.type == "expulsion" and e.verdict == "claim")
    assert one.fields["actor"][0].answer == "NO"
    assert one.fields["target"][0].answer == "CL"
    assert "officials" in one.fields["target"][0].shapes
    assert one.fields["count"][0].answer == "12"
    assert one.governed_by == "may: “may”"


def test_what_was_refused_is_told_too() -> None:
    report = parse_text("The club expelled a member over unpaid dues, and diplomats dined.", id="x")
    assert all(e.verdict.startswith("refused") or e.verdict == "claim" for e in default_reader().explain(report))
