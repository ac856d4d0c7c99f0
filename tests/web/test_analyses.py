"""The pages of the analyses: each question is answered, drawn and given away; what cannot be is said."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from nongrata.ledger import Ledger
from nongrata.model import Chain, Claim, DateInterval, Interval, Report
from nongrata.web.app import create_app
from nongrata.web.questions import QUESTIONS
from nongrata.web.settings import WebSettings

START = date(2021, 1, 4)
EVIL = '<img src=x onerror="alert(1)">'


def told(
    n: int, kind: str, who: str, whom: str, day: date, chain: tuple[str, ...] = ("Gazette",)
) -> tuple[Report, list[Claim]]:
    report = Report(id=f"r{n}", text=f"Report {n}.", publisher=chain[-1], published=day, published_from="given")
    claim = Claim(
        report_id=report.id, type=kind, actor=who, actor_state=who, target=whom, target_state=whom,
        count=Interval.exact(2) if kind == "expulsion" else None, when=DateInterval.day(day), chain=Chain.of(chain),
        published=day, publisher=chain[-1],
    )  # fmt: skip
    return report, [claim]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A browser on a ledger in which every stand of NO is answered, and CL and PE expel in turn."""
    path = tmp_path_factory.mktemp("asked") / "ledger.db"
    rows = []
    for n in range(25):
        day = START + timedelta(37 * n)
        rows.append(told(3 * n, "stand", "NO", "GH", day))
        rows.append(told(3 * n + 1, "cyberattack", "MA", "NO", day + timedelta(1), (EVIL, "Post")))
    for n in range(4):
        day = START + timedelta(200 * n)
        rows.append(told(500 + 2 * n, "expulsion", "CL", "PE", day))
        rows.append(told(501 + 2 * n, "expulsion", "PE", "CL", day + timedelta(6)))
    for n, host in enumerate(("UY", "PY", "BO", "EC", "CO")):
        rows.append(told(600 + n, "expulsion", host, "PE", START + timedelta(303 + n)))
    with Ledger.open(path) as ledger:
        ledger.add(ledger.start_run("test"), rows, "hand")
        ledger.refresh()
    return TestClient(create_app(WebSettings(str(path))), base_url="http://localhost")


def test_the_questions_are_listed(asked: TestClient) -> None:
    page = asked.get("/analyses").text
    assert all(f'href="/analyses/{name}"' in page for name in QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_is_answered_in_words_and_drawn(asked: TestClient, name: str) -> None:
    page = asked.get(f"/analyses/{name}")
    assert page.status_code == 200
    assert "<svg" in page.text
    assert "No answer" not in page.text
    assert EVIL not in page.text
    if name != "tally":
        assert "Limits:" in page.text


def test_the_answers_are_the_right_ones(asked: TestClient) -> None:
    assert "Beyond chance: within" in asked.get("/analyses/respond?first=stand&then=cyberattack").text
    ladder = asked.get("/analyses/reciprocity").text
    assert "answered 4 of 4 measures of CL" in ladder
    assert "answered 4 of 4 measures of CL" in asked.get("/analyses/reciprocity?one=Chile&other=peru").text
    assert "CL is first, tied with 1 other: 4" in asked.get("/analyses/compare?by=actor").text


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_figures_can_be_taken_away(asked: TestClient, name: str) -> None:
    lines = asked.get(f"/analyses/{name}?format=jsonl").text.splitlines()
    assert lines
    keys = list(json.loads(lines[0]))
    table = asked.get(f"/analyses/{name}?format=csv")
    assert table.text.splitlines()[0].split(",") == keys
    assert "attachment" in table.headers["content-disposition"]
    assert asked.get(f"/analyses/{name}?format=svg").text.startswith("<svg")


def test_what_cannot_be_answered_is_said(asked: TestClient) -> None:
    page = asked.get("/analyses/respond?first=assault")
    assert page.status_code == 200
    assert "This cannot be answered" in page.text
    assert asked.get("/analyses/respond?first=assault&format=csv").status_code == 400
    assert "This cannot be answered" in asked.get("/analyses/waves?since=2030-01-01").text


@pytest.mark.parametrize(
    "address",
    ["respond?first=nonsense", "compare?by=moon", "compare?share=lots", "compare?since=monday", "tally?format=exe"],
)
def test_wrong_questions_are_refused(asked: TestClient, address: str) -> None:
    assert asked.get(f"/analyses/{address}").status_code == 400


def test_an_unknown_analysis_is_not_found(asked: TestClient) -> None:
    assert asked.get("/analyses/astrology").status_code == 404


def test_an_empty_ledger_has_no_answers(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    with Ledger.open(path) as ledger:
        ledger.refresh()
    client = TestClient(create_app(WebSettings(str(path))), base_url="http://localhost")
    for name in QUESTIONS:
        assert client.get(f"/analyses/{name}").status_code == 200


def test_from_a_sum_to_its_incidents_and_their_sentences(client: TestClient) -> None:
    page = client.get("/analyses/tally").text
    [link] = re.findall(r'href="(/\?type=expulsion&amp;who=BE&amp;whom=RU)"', page)
    found = client.get(link.replace("&amp;", "&")).text
    assert "<strong>1 incident</strong>" in found
    incident = re.search(r'href="(/incidents/inc-[0-9a-f]+)"', found)
    assert incident is not None
    assert "21 Russian" in re.sub(r"<[^>]+>", "", client.get(incident[1]).text)
    assert "<th>month</th>" not in page, "a column without values"
    sentence = re.search(r'not accounted for\. <a href="(/claims/[0-9a-f]+)">Its sentence</a>', page)
    assert sentence is not None
    assert "Dozens of envoys" in re.sub(r"<[^>]+>", "", client.get(sentence[1]).text)


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("by=month", "/?type=expulsion&amp;since=2022-03-01&amp;until=2022-03-31"),
        ("by=actor", "/?type=expulsion&amp;who=MT"),
        ("by=target&since=2022-01-01", "/?type=expulsion&amp;whom=RU&amp;since=2022-01-01"),
        ("by=type&type=cyberattack&type=expulsion", "/?type=cyberattack"),
        ("by=pair&type=cyberattack", '/?type=cyberattack&amp;whom=BE">among these'),
    ],
)
def test_rows_of_a_tally_lead_to_what_they_sum(client: TestClient, query: str, link: str) -> None:
    assert f'href="{link}' in client.get(f"/analyses/tally?{query}").text


def test_rows_of_other_answers_lead_on(client: TestClient) -> None:
    assert 'href="/?type=expulsion&amp;whom=RU"' in client.get("/analyses/compare?by=target").text
    assert 'href="/sources/Harbour%20Gazette"' in client.get("/analyses/drift").text
