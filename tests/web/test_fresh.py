"""No page shows what was before a judgement."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from nongrata.ledger import Ledger, Verdict
from nongrata.web.shelf import Shelf
from tests.web.access import log_in

PAGES = ("/claims?type=cyberattack", "/claims?whom=BE", "/claims?q=Hackers", "/?type=cyberattack", "/?whom=BE", "/")


def numbers(client: TestClient) -> dict[str, str]:
    return {path: client.get(path).text for path in PAGES}


def test_a_rejected_claim_is_gone_from_every_page(own: TestClient, secrets: dict[str, str]) -> None:
    csrf = log_in(own, secrets["reviewer"])
    found = own.get("/api/v1/claims?type=cyberattack").json()["items"][0]
    before = numbers(own)
    assert "<strong>1 claim</strong>" in before["/claims?type=cyberattack"]
    assert "<strong>1 incident</strong>" in before["/?type=cyberattack"]
    own.post("/review/claim", data={"csrf": csrf, "key": found["key"], "verdict": "reject", "reason": "a film"})
    after = numbers(own)
    assert "<strong>0 claims</strong>" in after["/claims?type=cyberattack"]
    assert found["key"] not in after["/claims?whom=BE"]
    assert "Nothing fits" in after["/claims?q=Hackers"]
    assert "<strong>0 incidents</strong>" in after["/?type=cyberattack"]
    assert all(before[path] != after[path] for path in PAGES)
    own.post("/review/undo", data={"csrf": csrf})
    again = numbers(own)
    assert [again[path].count(found["key"]) for path in PAGES] == [before[path].count(found["key"]) for path in PAGES]


def test_claims_are_counted_as_they_are_before_incidents_are(
    own: TestClient, own_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Shelf, "refresh", lambda self: False)
    found = own.get("/api/v1/claims?type=cyberattack").json()["items"][0]
    assert "<strong>1 claim</strong>" in own.get("/claims?type=cyberattack").text
    with Ledger.open(own_ledger) as ledger:
        ledger.judge(Verdict.REJECT, found["key"], reason="a film")
    page = own.get("/claims?type=cyberattack").text
    assert "<strong>0 claims</strong>" in page
    assert "the newest claims are not in the incidents yet" in page
