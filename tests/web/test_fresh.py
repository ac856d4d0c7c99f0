"""No page shows what was before a judgement."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from nongrata.ledger import ClaimFilter, IncidentFilter, Ledger, Verdict
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


@pytest.fixture
def shelf(own_ledger: Path) -> Iterator[Shelf]:
    made = Shelf(str(own_ledger))
    yield made
    made.close()


def reject(path: Path, type: str) -> None:
    with Ledger.open(path) as ledger:
        [claim] = ledger.search(ClaimFilter(types=(type,))).found
        ledger.judge(Verdict.REJECT, claim.key, reason="not so")


def test_a_large_ledger_is_refreshed_in_a_process_of_its_own(
    shelf: Shelf, own_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nongrata.web.shelf.LARGE", 0)
    monkeypatch.setattr(Ledger, "refresh", lambda self: pytest.fail("not in this process"))
    reject(own_ledger, "cyberattack")
    assert shelf.view.stale
    assert shelf.refresh()
    assert not shelf.view.stale
    [child] = multiprocessing.active_children()
    child.kill()
    child.join()
    with Ledger.open(own_ledger) as ledger:
        ledger.take_back(ledger.judgements()[0].id, reason="it was so")
    assert not shelf.refresh(), "the process is gone"
    assert shelf.refresh(), "a new one takes over"
    assert not shelf.view.stale
    shelf.close()
    assert multiprocessing.active_children() == []


def test_who_comes_while_incidents_are_computed_has_them_computed_again(
    shelf: Shelf, own_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed, asked = [], []
    real = Ledger.refresh

    def slow(ledger: Ledger) -> bool:
        done = real(ledger)
        computed.append(done)
        if len(computed) == 1:
            reject(own_ledger, "cyberattack")
            asked.append(shelf.refresh())
        return done

    monkeypatch.setattr(Ledger, "refresh", slow)
    with Ledger.open(own_ledger) as ledger:
        claim = ledger.search(ClaimFilter(types=("expulsion",))).found[0]
        ledger.judge(Verdict.ACCEPT, claim.key, reason="so it is")
    assert shelf.refresh()
    assert (computed, asked) == ([True, True], [False])
    assert not shelf.view.stale


def test_a_ledger_that_cannot_be_written_stays_as_it_is(shelf: Shelf, own_ledger: Path) -> None:
    reject(own_ledger, "cyberattack")
    with Ledger.open(own_ledger) as other, other.writing():
        shelf._writer = Ledger.open(own_ledger, wait=0.1)
        assert not shelf.refresh()
    assert shelf.view.stale
    assert shelf.refresh()


def test_after_a_refresh_nobody_waits_for_the_counts_of_the_whole_ledger(
    shelf: Shelf, own_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shelf.overview(IncidentFilter()).incidents
    reject(own_ledger, "cyberattack")
    assert shelf.refresh()
    monkeypatch.setattr(shelf.view, "overview", lambda only: pytest.fail("counted again"))
    monkeypatch.setattr(shelf.view, "counts", lambda: pytest.fail("counted again"))
    assert shelf.overview(IncidentFilter()).incidents == before - 1
    assert shelf.state().incidents == before - 1
