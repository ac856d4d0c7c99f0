from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from nongrata.model import InputError
from nongrata.web.corrections import value_of
from tests.web.access import log_in


@pytest.fixture
def reviewer(own: TestClient, secrets: dict[str, str]) -> tuple[TestClient, str]:
    """Somebody logged in, with the secret of the forms."""
    return own, log_in(own, secrets["reviewer"])


def queue(client: TestClient) -> list[str]:
    return re.findall(r'href="/review\?at=([^"]+)"(?: aria-current="true")?><span>', client.get("/review").text)


def test_the_queue_puts_new_kinds_and_low_confidence_in_order(own: TestClient) -> None:
    page = own.get("/review").text
    assert page.index("new kind") < page.index("low confidence")
    assert "0</b> of 8 claims reviewed" in page


def test_accept_goes_on_to_the_next_and_undo_brings_it_back(reviewer: tuple[TestClient, str]) -> None:
    client, csrf = reviewer
    first, second = queue(client)[:2]
    key = first.partition("%3A")[2] or first.partition(":")[2]
    data = {"csrf": csrf, "key": key, "verdict": "accept", "next": second.replace("%3A", ":")}
    page = client.post("/review/claim", data=data)
    assert "Accepted." in page.text
    assert "1</b> of 8 claims reviewed" in page.text
    assert first not in queue(client)
    undone = client.post("/review/undo", data={"csrf": csrf})
    assert "Taken back." in undone.text
    assert first in queue(client)
    client.post("/review/claim", data=data)
    client.post("/review/undo", data={"csrf": csrf})
    assert client.post("/review/undo", data={"csrf": csrf}).status_code == 400, "nothing is left to take back"


def test_reject_takes_a_claim_out_of_its_incident(reviewer: tuple[TestClient, str]) -> None:
    client, csrf = reviewer
    found = client.get("/api/v1/claims?type=cyberattack").json()["items"][0]
    client.post("/review/claim", data={"csrf": csrf, "key": found["key"], "verdict": "reject", "reason": "a film"})
    assert client.get("/api/v1/incidents?type=cyberattack").json()["items"] == []
    assert client.get(f"/claims/{found['key']}").status_code == 404


def test_correct_changes_what_was_typed_and_nothing_else(reviewer: tuple[TestClient, str]) -> None:
    client, csrf = reviewer
    found = client.get("/api/v1/claims?type=cyberattack").json()["items"][0]
    data = {
        "csrf": csrf,
        "key": found["key"],
        "actor": "Blue Heron",
        "count": "2-5",
        "target": "BE",
        "when": "2022-04-05",
    }
    assert "Corrected." in client.post("/review/correct", data=data).text
    now = client.get("/api/v1/claims?type=cyberattack").json()["items"][0]
    assert (now["actor"], now["count"], now["when"]) == ("Blue Heron", [2, 5], ["2022-04-05", "2022-04-05"])
    assert now["sentence"] == found["sentence"]
    same = {"csrf": csrf, "key": now["key"], "actor": "Blue Heron", "count": "2-5"}
    assert client.post("/review/correct", data=same).status_code == 400


@pytest.mark.parametrize("values", [{"count": "many"}, {"when": "spring"}, {"type": "picnic"}, {"factuality": "sure"}])
def test_a_wrong_correction_is_refused_whole(reviewer: tuple[TestClient, str], values: dict[str, str]) -> None:
    client, csrf = reviewer
    found = client.get("/api/v1/claims?type=cyberattack").json()["items"][0]
    answer = client.post("/review/correct", data={"csrf": csrf, "key": found["key"], "actor": "FR"} | values)
    assert answer.status_code == 400
    assert client.get(f"/api/v1/claims/{found['key']}").json()["actor"] is None, "nothing of it was kept"


def test_two_incidents_are_said_to_be_one(reviewer: tuple[TestClient, str]) -> None:
    client, csrf = reviewer
    first, second = (client.get(f"/api/v1/incidents?who={who}").json()["items"][0] for who in ("MT", "RU"))
    data = {"csrf": csrf, "key": first["claims"][0], "other": second["claims"][0], "verdict": "same"}
    assert "same happening" in client.post("/review/pair", data=data).text
    assert len(client.get("/api/v1/incidents").json()["items"]) == 3
    old = client.get(f"/incidents/{first['id']}", follow_redirects=False)
    other = client.get(f"/incidents/{second['id']}", follow_redirects=False)
    assert sorted((old.status_code, other.status_code)) == [200, 301], "the id that is gone leads on"


def test_a_claim_typed_by_hand(reviewer: tuple[TestClient, str]) -> None:
    client, csrf = reviewer
    data = {
        "csrf": csrf,
        "publisher": "Dune Weekly",
        "published": "2024-02-01",
        "text": "Norway summoned the envoy of Chile. Nothing else was said.",
        "sentence": "Norway summoned the envoy of Chile.",
        "trigger": "summoned",
        "type": "protest",
        "actor": "Norway",
        "target": "cl",
        "when": "2024-02-01",
        "factuality": "CT+",
    }
    page = client.post("/review/new", data=data)
    assert page.status_code == 200, page.text
    assert "hand (reviewer one)" in page.text
    claim = client.get("/api/v1/claims?type=protest").json()["items"][0]
    assert (claim["actor"], claim["target"], claim["source_chain"]) == ("NO", "CL", ["Dune Weekly"])
    assert claim["incident"], "it stands in an incident"


def test_a_claim_is_added_to_a_report_whose_claims_stay(reviewer: tuple[TestClient, str]) -> None:
    client, csrf = reviewer
    before = client.get("/api/v1/reports/gazette-1").json()["claims"]
    sentence = "The ministry had warned of such a step for weeks."
    data = {
        "csrf": csrf,
        "report": "gazette-1",
        "sentence": sentence,
        "trigger": "warned",
        "type": "threat",
        "actor": "BE",
    }
    assert client.post("/review/new", data=data).status_code == 200
    after = client.get("/api/v1/reports/gazette-1").json()["claims"]
    assert {claim["key"] for claim in after} > {claim["key"] for claim in before}
    assert {claim["reader"] for claim in after} == {"story 1", "hand (reviewer one)"}
    assert client.post("/review/new", data=data).status_code == 400, "it is there already"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sentence": "Not in the text."}, "copy it as it stands"),
        ({"trigger": "elsewhere"}, "copy them as they stand"),
        ({"count": "lots"}, "no count"),
        ({"report": "nothing"}, "leave it out"),
    ],
)
def test_a_wrong_claim_is_told_what_to_do(reviewer: tuple[TestClient, str], change: dict[str, str], words: str) -> None:
    client, csrf = reviewer
    data = {
        "csrf": csrf,
        "report": "gazette-1",
        "sentence": "The ministry had warned of such a step for weeks.",
        "type": "threat",
    }
    answer = client.post("/review/new", data=data | change)
    assert answer.status_code in (400, 404)
    assert words in answer.text


def test_an_admin_rates_a_source_and_its_history_stays(own: TestClient, secrets: dict[str, str]) -> None:
    csrf = log_in(own, secrets["admin"])
    for grade, reason in (("B", "long record"), ("E", "invented a minister")):
        own.post("/sources/The Lantern", data={"csrf": csrf, "grade": grade, "reason": reason})
    page = own.get("/sources/The Lantern").text
    assert page.index("invented a minister") < page.index("long record")
    incident = own.get("/api/v1/claims?publisher=The Lantern").json()["items"][0]["incident"]
    assert "The Lantern is rated E" in own.get(f"/incidents/{incident}").text


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("count", "21", [21, 21]),
        ("count", "24–99", [24, 99]),
        ("count", "17-", [17, None]),
        ("when", "2024-03-01/2024-03-31", ["2024-03-01", "2024-03-31"]),
        ("source_chain", "Ann → Radio -> Gazette", ["Ann", "Radio", "Gazette"]),
        ("actor", "russia", "RU"),
        ("actor", "", None),
        ("background", "yes", True),
    ],
)
def test_typed_values(name: str, text: str, value: object) -> None:
    assert value_of(name, text) == value


@pytest.mark.parametrize(("name", "text"), [("count", "-3"), ("count", "9" * 30), ("when", "2024"), ("when", "a/b/c")])
def test_typed_nonsense(name: str, text: str) -> None:
    with pytest.raises(InputError):
        value_of(name, text)
