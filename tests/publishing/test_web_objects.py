from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nongrata.ledger import Ledger
from nongrata.model import InputError, Span
from nongrata.publishing.annotations import annotation_page, selectors
from nongrata.publishing.claimreview import claim_object, review_object, script_text
from tests.publishing import made


def test_every_span_is_one_annotation() -> None:
    page = annotation_page(made.REPORT, [made.EXPULSION, made.ARREST])
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert len(page["items"]) == len({item["id"] for item in page["items"]}) == 5
    for item in page["items"]:
        position, quote = item["target"]["selector"]
        text = made.TEXT
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
        assert item["target"]["source"] == made.REPORT.url
        assert item["generator"]["name"] == "made 1"
    assert page["items"][1]["body"]["value"] == "expulsion: count = 17 – …"


def test_a_text_without_an_address_is_known_by_its_hash() -> None:
    report = replace(made.REPORT, url=None)
    source = annotation_page(report, [made.ARREST])["items"][0]["target"]["source"]
    assert source == f"urn:sha256:{report.sha256}"


def test_what_cannot_be_annotated_is_refused() -> None:
    with pytest.raises(InputError, match="ingest its text"):
        annotation_page(replace(made.REPORT, text=""), [made.ARREST])
    with pytest.raises(InputError, match="ledger check"):
        selectors(made.REPORT, Span(0, len(made.TEXT) + 1))


def test_positions_count_code_points() -> None:
    report = replace(made.REPORT, text="🕵 spied")
    assert selectors(report, Span(2, 7))[1]["exact"] == "spied"


def test_a_claim_names_its_origin_and_its_article() -> None:
    found = claim_object(made.EXPULSION, made.REPORT)
    assert found["author"] == {"@type": "Person", "name": "Ottilie Brask", "jobTitle": "Minister"}
    assert found["appearance"]["publisher"] == {"@type": "Organization", "name": "Harbour Gazette"}
    assert found["text"] == made.EXPULSION.sentence


def test_a_review_rates_what_is_told(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        (incident,) = [one for one in ledger.incidents() if one.type == "expulsion"]
        claims = list(ledger.claims(incident.claims).values())
        reports = ledger.reports(incident.reports)
    found = review_object(incident, claims, reports, url="https://ledger.example/i", publisher="Ledger of Nordland")
    assert found["claimReviewed"] == "Expulsion: Norway → Russia, ≥ 17, 2024-03"
    assert found["itemReviewed"]["author"] == [{"@type": "Person", "name": "Ottilie Brask", "jobTitle": "Minister"}]
    assert len(found["itemReviewed"]["appearance"]) == 1
    assert found["reviewRating"]["ratingValue"] == 6 - incident.credibility
    unjudged = review_object(replace(incident, credibility=6), claims, reports, url="u", publisher="p")
    assert "ratingValue" not in unjudged["reviewRating"]
    assert found["datePublished"] == "2024-04-03"


def test_every_incident_can_be_reviewed(ledger: Ledger) -> None:
    for incident in ledger.incidents():
        claims = list(ledger.claims(incident.claims).values())
        reports = ledger.reports(incident.reports)
        found = review_object(incident, claims, reports, url="https://x.example", publisher="x")
        assert found["claimReviewed"]
        assert json.loads(script_text(found)) == found


def test_nothing_closes_the_script_element() -> None:
    text = script_text({"text": "</script><!-- & -->"})
    assert not set(text) & set("<>&")
    assert json.loads(text) == {"text": "</script><!-- & -->"}
