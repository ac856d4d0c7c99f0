from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as Xml

import pytest
from starlette.testclient import TestClient

BELGIAN = "expulsion BE RU"


def test_incidents_come_in_pages(client: TestClient, ids: dict[str, str]) -> None:
    found, after = [], ""
    for _ in range(10):
        page = client.get("/api/v1/incidents", params={"limit": 1} | ({"after": after} if after else {})).json()
        found += [incident["id"] for incident in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert sorted(found) == sorted(ids.values())


def test_claims_come_in_pages_and_by_words(client: TestClient) -> None:
    first = client.get("/api/v1/claims?limit=3").json()
    second = client.get("/api/v1/claims", params={"limit": 100, "after": first["next"]}).json()
    keys = [claim["key"] for claim in (*first["items"], *second["items"])]
    assert len(keys) == len(set(keys)) == 8
    assert second["next"] is None
    found = client.get("/api/v1/claims", params={"q": "buses"}).json()["items"]
    assert [claim["report"] for claim in found] == ["northern-1"]
    assert found[0]["incident"]


def test_filters_are_those_of_the_pages(client: TestClient, ids: dict[str, str]) -> None:
    answer = client.get("/api/v1/incidents?type=expulsion&who=Belgium&until=2022-12-31").json()
    assert [incident["id"] for incident in answer["items"]] == [ids[BELGIAN]]
    assert "Belgium expelled 21 officials of Russia" in answer["items"][0]["sentence"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("type=nothing", 422),
        ("since=spring", 422),
        ("limit=0", 422),
        ("limit=9999", 422),
        ("colour=red", 422),
        ("after=x", 400),
    ],
)
def test_wrong_questions_are_told_so(client: TestClient, query: str, status: int) -> None:
    answer = client.get(f"/api/v1/incidents?{query}")
    assert answer.status_code == status
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("text/html;q=0.9, text/csv;q=0.5, application/x-ndjson", "application/x-ndjson"),
        ("application/geo+json", "application/geo+json"),
        ("text/*", "text/csv"),
    ],
)
def test_a_list_comes_as_it_is_asked_for(client: TestClient, accept: str, media: str) -> None:
    answer = client.get("/api/v1/incidents?limit=2", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(media)
    if media == "text/csv":
        assert len(list(csv.DictReader(io.StringIO(answer.text)))) == 2
        assert 'rel="next"' in answer.headers["link"]
    elif media == "application/x-ndjson":
        assert len([json.loads(line) for line in answer.text.splitlines()]) == 2
    elif media == "application/geo+json":
        assert [feature["type"] for feature in answer.json()["features"]] == ["Feature", "Feature"]


def test_nothing_that_is_asked_for_is_had(client: TestClient) -> None:
    assert client.get("/api/v1/incidents", headers={"Accept": "image/png"}).status_code == 406


def test_all_rows_of_a_filter_leave(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/export/csv?type=expulsion").text)))
    assert [row["type"] for row in rows] == ["expulsion"] * 3
    assert len(client.get("/export/jsonl").text.splitlines()) == 4
    assert len(client.get("/export/geojson?factuality=PS%2B").json()["features"]) == 1
    assert len(list(csv.DictReader(io.StringIO(client.get("/export/claims-csv").text)))) == 8
    assert len(client.get("/export/claims-jsonl?q=buses").text.splitlines()) == 1
    assert client.get("/export/exe").status_code == 404


def test_one_of_each(client: TestClient, ids: dict[str, str]) -> None:
    incident = client.get(f"/api/v1/incidents/{ids[BELGIAN]}").json()
    assert incident["origins"]
    claims = client.get(f"/api/v1/incidents/{ids[BELGIAN]}/claims").json()["items"]
    assert {claim["report"] for claim in claims} == set(incident["reports"])
    key = claims[0]["key"]
    assert client.get(f"/api/v1/claims/{key}").json()["incident"] == ids[BELGIAN]
    report = client.get("/api/v1/reports/gazette-1").json()
    begin, end = report["claims"][0]["spans"]["count"]
    assert report["text"][begin:end] == "21"
    notes = client.get("/api/v1/reports/gazette-1/annotations").json()["items"]
    assert any(note["target"]["selector"][1]["exact"] == "21" for note in notes)
    source = client.get("/api/v1/sources/Radio Zenne").json()
    assert source["takes_from"] == {"Jan Peeters": 2}
    assert source["passed_on_by"] == {"Harbour Gazette": 1, "The Lantern": 1}
    assert client.get("/api/v1/facets?type=cyberattack").json()["values"]["publisher"] == {"Harbour Gazette": 1}
    overview = client.get("/api/v1/overview").json()
    assert overview["incidents"] == 4
    assert sum(overview["months"].values()) == 4
    assert client.get("/api/v1/health").json()["status"] == "ok"


@pytest.mark.parametrize(
    "path", ["incidents/x", "incidents/x/claims", "claims/x", "reports/x", "reports/a/b/annotations", "sources/x"]
)
def test_what_is_not_there(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.json()["detail"]


def test_the_feed_tells_what_came_in_last(client: TestClient) -> None:
    answer = client.get("/feed.atom?type=expulsion")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    atom = {"a": "http://www.w3.org/2005/Atom"}
    feed = Xml.fromstring(answer.text)  # noqa: S314 - our own answer
    titles = [entry.findtext("a:title", namespaces=atom) for entry in feed.findall("a:entry", atom)]
    assert len(titles) == 3
    assert "Malta means to expel" in titles[0]
    assert all(entry.findtext("a:updated", namespaces=atom).endswith("Z") for entry in feed.findall("a:entry", atom))


def test_every_question_is_on_the_apis_page(client: TestClient) -> None:
    page = client.get("/api").text
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert path in page
        assert path.startswith("/api/v1/"), "pages are no part of the API"
