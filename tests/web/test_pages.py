from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from nongrata.ledger import Ledger, LedgerView
from nongrata.model import Claim
from nongrata.reading.plain import parse_text
from nongrata.resolution.origins import UNTRACED
from nongrata.vocabulary.events import event_types
from nongrata.web.app import create_app
from nongrata.web.pages.incident import unknown_words
from nongrata.web.settings import WebSettings

BELGIAN = "expulsion BE RU"


def test_the_overview_shows_every_incident_as_row_bar_and_state(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get("/").text
    assert "4 incidents" in page
    for id in ids.values():
        assert f'<tr data-id="{id}"' in page
        assert f'class="bar" data-id="{id}"' in page or f'class="bar denied" data-id="{id}"' in page
    for code in ("BE", "RU", "MT"):
        assert f'data-state="{code}"' in page
    assert "Crimea is part of Ukraine" in page


def test_a_filter_lives_in_the_address(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get("/?type=expulsion&whom=Russia").text
    assert f'<tr data-id="{ids[BELGIAN]}"' in page
    assert f'<tr data-id="{ids["cyberattack None BE"]}"' not in page
    assert "1 incident" in page
    assert 'href="/?type=expulsion"' in page, "each value can be dropped"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("who=BE", {"expulsion BE RU"}),
        ("who=be,MT", {"expulsion BE RU", "expulsion MT IR"}),
        ("since=2023-01-01", {"expulsion MT IR"}),
        ("until=2022-04-01", {"expulsion BE RU"}),
        ("factuality=PS%2B", {"cyberattack None BE"}),
        ("factuality=PS+", {"cyberattack None BE"}),
        ("reviewed=yes", set()),
        ("type=cyberattack&type=threat", {"cyberattack None BE"}),
    ],
)
def test_filters(client: TestClient, ids: dict[str, str], query: str, found: set[str]) -> None:
    rows = re.findall(r'<tr data-id="([^"]+)"', client.get(f"/?{query}").text)
    assert set(rows) == {ids[name] for name in found}


@pytest.mark.parametrize("query", ["type=nothing", "since=spring", "credibility=9", "factuality=CT", "reviewed=maybe"])
def test_a_wrong_filter_says_what_to_do(client: TestClient, query: str) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 400
    assert "choose among" in answer.text or "write since as" in answer.text


def test_empty_values_lead_to_the_short_address(client: TestClient) -> None:
    answer = client.get("/?type=expulsion&who=&whom=&since=", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?type=expulsion"


def test_a_selection_in_the_address_shows_the_card(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/?sel={ids[BELGIAN]}").text
    assert 'aria-selected="true"' in page
    card = page[page.index('id="card"') :]
    assert re.search(
        r"says? that Belgium expelled 21 officials of Russia on 29 March 2022; Embassy of Russia denies it", card
    )
    assert "weakest link" in card


def test_a_card_comes_alone_for_a_page_that_is_there(client: TestClient, ids: dict[str, str]) -> None:
    card = client.get(f"/card?type=expulsion&sel={ids[BELGIAN]}").text
    assert "<html" not in card
    assert "weakest link" in card
    assert 'href="/?type=expulsion" data-unselect' in card
    assert client.get("/card?sel=inc-nothing").status_code == 404


def test_the_matrix_sums_one_type_only(client: TestClient) -> None:
    assert "Choose one type" in client.get("/").text
    assert "Interval sums of expulsion" in client.get("/?type=expulsion").text


def test_an_incident_shows_its_evidence(client: TestClient, ids: dict[str, str]) -> None:
    page = client.get(f"/incidents/{ids[BELGIAN]}").text
    assert re.search(r"3 reports, \d independent origins?", page)
    assert '<mark class="f-count " title="count">21</mark>' in page
    assert "Embassy of Russia" in page
    assert "denies it" in page
    assert "Where they disagree" in page
    assert "Answered by" in page
    assert "@misc{" in page
    assert "application/ld+json" in page
    assert "does not say that it is true" in page


def test_an_incident_that_is_not_there(client: TestClient) -> None:
    answer = client.get("/incidents/inc-nothing")
    assert answer.status_code == 404
    assert "look for it in the overview" in answer.text


def test_citations(client: TestClient, ids: dict[str, str]) -> None:
    assert client.get(f"/incidents/{ids[BELGIAN]}/cite.bib").text.startswith("@misc{")
    assert client.get(f"/incidents/{ids[BELGIAN]}/cite.json").json()[0]["type"] == "dataset"
    assert client.get(f"/incidents/{ids[BELGIAN]}/cite.exe").status_code == 404


def test_a_report_shows_its_text_marked_and_what_was_left_out(client: TestClient) -> None:
    page = client.get("/reports/gazette-1").text
    assert '<mark class="c1 f-actor " title="c1 actor">Belgium</mark>' in page
    assert "left out: it asks something of the reader" in page
    assert "read, no claim" in page
    assert client.get("/reports/gazette-1/text").text.startswith("Brussels sends envoys home")


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    for path in ("/", "/nothing", "/reports/gazette-1", "/static/x/css/base.css"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_asks_for_anything_from_elsewhere(client: TestClient, ids: dict[str, str]) -> None:
    for path in ("/", f"/incidents/{ids[BELGIAN]}", "/reports/gazette-1"):
        page = client.get(path).text
        assert not re.findall(r'(?:src|<link rel="(?!canonical)[^>]* href)="(?:https?:)?//', page)
        assert not re.findall(r"<[^>]+ (?:style|on\w+)=", page), "no inline style or handler"
        for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("path", ["../app.py", "..%2fapp.py", "css/../../app.py", "%2e%2e/%2e%2e/api.py", "fonts/"])
def test_static_files_lead_nowhere_else(client: TestClient, path: str) -> None:
    assert client.get(f"/static/x/{path}").status_code == 404


def test_copies_stand_on_the_pages_of_reports_and_sources(own_ledger: Path, own: TestClient) -> None:
    told = "The minister spoke at length of maps, and of a clerk who had sold them to a man in a grey coat by the pier."
    with Ledger.open(own_ledger) as ledger:
        for number, outlet in enumerate(("Quay Post", "Tern")):
            report = parse_text(told, id=f"{outlet}-1", publisher=outlet, published=date(2024, 4, 2 + number))
            ledger.add(ledger.start_run("import"), [(report, [Claim(report.id, "threat", publisher=outlet)])], "hand")
        ledger.refresh()
    copying = own.get("/reports/Tern-1").text
    assert "Whom it copies" in copying
    assert 'href="/reports/Quay%20Post-1"' in copying
    assert "the same words" in copying
    assert "Who copies it" in own.get("/reports/Quay%20Post-1").text
    assert "Whom it copies" not in own.get("/reports/gazette-1").text
    assert 'href="/sources/Quay%20Post"' in own.get("/sources/Tern").text.partition("Whose texts it copies")[2]
    row = own.get("/api/v1/reports/Tern-1").json()
    assert [one["id"] for one in row["copies"]] == ["Quay Post-1"]
    assert own.get("/api/v1/sources/Quay%20Post").json()["copied_by"] == {"Tern": 1}


@pytest.mark.parametrize("path", ["/", "/claims", "/review"])
def test_an_empty_ledger_says_what_to_do(tmp_path: Path, path: str) -> None:
    Ledger.open(tmp_path / "empty.db").close()
    with TestClient(create_app(WebSettings(str(tmp_path / "empty.db"))), base_url="http://localhost") as client:
        page = client.get(path).text
    assert "nongrata ingest SOURCE" in page
    assert "Nothing fits" not in page


def test_the_method_counts_the_types_there_are(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Twelve kinds of acts are coded. Left out" in client.get("/method").text
    shipped = event_types()
    added = shipped | {"boarding": replace(shipped["sabotage"], name="boarding", own=True)}
    monkeypatch.setattr("nongrata.web.pages.method.event_types", lambda: added)
    assert "13 kinds of acts are coded, 1 of them added here. Left out" in client.get("/method").text


def test_tellings_that_could_not_be_traced_are_not_called_known(story_ledger: Path) -> None:
    with LedgerView.open(story_ledger) as view:
        some = view.incidents()[0]
    origin = replace(some.origins[0], reasons=(UNTRACED,))
    words = unknown_words(replace(some, origins=(origin,), unknown_lineage=()))
    assert "Whether they know it from one source or from several could not be traced: they count as one." in words
    assert not any("traced" in one for one in unknown_words(replace(some, unknown_lineage=())))
