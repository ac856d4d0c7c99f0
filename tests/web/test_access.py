from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from nongrata.ledger import Ledger, LedgerView
from nongrata.ledger.tokens import Role, add_token, revoke_token, token_of, tokens
from nongrata.model import InputError, LedgerError
from nongrata.web.access.limits import Buckets
from nongrata.web.access.sessions import LIFE, Sessions
from nongrata.web.app import create_app
from nongrata.web.pages.login import own_path
from nongrata.web.serving import serve
from nongrata.web.settings import Limits, WebSettings
from tests.web.access import give, log_in

JUDGEMENT = {"verdict": "accept", "reason": "read it"}


def key_of(client: TestClient) -> str:
    return client.get("/api/v1/claims").json()["items"][0]["key"]


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_a_token_is_kept_as_a_hash_and_known_again(own_ledger: Path) -> None:
    secret = give(own_ledger, "Ann", Role.REVIEWER)
    assert secret.encode() not in own_ledger.read_bytes()
    with LedgerView.open(own_ledger) as view:
        assert token_of(view, secret).name == "Ann"
        for wrong in ("", "ngt_", secret[:-1], secret[:-1] + ("A" if secret[-1] != "A" else "B"), "ngt_" + "0" * 12):
            assert token_of(view, wrong) is None


def test_a_name_is_used_once_and_revoking_is_for_good(own_ledger: Path) -> None:
    secret = give(own_ledger, "Ann", Role.ADMIN)
    with Ledger.open(own_ledger) as ledger:
        revoke_token(ledger, "Ann")
        assert token_of(ledger, secret) is None
        with pytest.raises(LedgerError, match="another name"):
            add_token(ledger, "Ann", Role.READER)
        with pytest.raises(LedgerError, match="no token Bob"):
            revoke_token(ledger, "Bob")
        with pytest.raises(LedgerError, match="no name"):
            add_token(ledger, "Ann\x1b[31m", Role.READER)
        assert tokens(ledger)[0].revoked_at is not None
        assert [entry.action for entry in ledger.log(action="token")] == ["token revoke", "token add"]


@pytest.mark.parametrize(
    "path", ["/", "/claims", "/review", "/sources", "/method", "/api", "/api/v1/incidents", "/feed.atom"]
)
def test_reading_is_open_on_loopback(own: TestClient, path: str) -> None:
    assert own.get(path).status_code == 200


@pytest.fixture
def remote(own_ledger: Path, secrets: dict[str, str]) -> TestClient:
    return TestClient(create_app(WebSettings(str(own_ledger), host="0.0.0.0")), base_url="http://ledger.example")  # noqa: S104


@pytest.mark.parametrize(
    "path", ["/", "/claims", "/reports/gazette-1", "/reports/gazette-1/text", "/export/csv", "/feed.atom"]
)
def test_beyond_loopback_reading_needs_a_token(remote: TestClient, secrets: dict[str, str], path: str) -> None:
    answer = remote.get(path, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=")
    assert remote.get(path, headers=bearer(secrets["reader"])).status_code == 200


def test_beyond_loopback_the_api_says_401(remote: TestClient, secrets: dict[str, str]) -> None:
    answer = remote.get("/api/v1/incidents")
    assert answer.status_code == 401
    assert "Bearer" in answer.headers["www-authenticate"]
    assert remote.get("/api/v1/incidents", headers=bearer(secrets["reader"])).status_code == 200
    assert remote.get("/api/v1/health").status_code == 200


def test_no_page_of_a_stranger_tells_what_is_in_the_ledger(remote: TestClient) -> None:
    for path in ("/login", "/nothing", "/static/x/nothing.css"):
        page = remote.get(path).text
        assert not re.search(r"\d+ (reports|claims|incidents)", page), path


def test_beyond_loopback_a_token_is_needed_to_serve(story_ledger: Path) -> None:
    with pytest.raises(InputError, match="nongrata token add"):
        serve(WebSettings(str(story_ledger), host="0.0.0.0"))  # noqa: S104


def test_a_foreign_host_name_is_refused_on_loopback(own: TestClient) -> None:
    assert own.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert own.get("/", headers={"Host": "[evil.example"}).status_code == 400
    assert own.get("/", headers={"Host": "127.0.0.1:8642"}).status_code == 200


WRITES = [
    ("/api/v1/judgements", {"json": JUDGEMENT | {"claim": "0" * 20}}),
    (f"/api/v1/judgements/{'0' * 32}/take-back", {"json": {}}),
    ("/api/v1/sources/The Lantern/ratings", {"json": {"grade": "C", "reason": "because"}}),
    ("/review/claim", {"data": {"key": "0" * 20, "verdict": "accept"}}),
    ("/review/pair", {"data": {"key": "0" * 20, "other": "1" * 20, "verdict": "same"}}),
    ("/review/correct", {"data": {"key": "0" * 20, "actor": "FR"}}),
    ("/review/undo", {"data": {}}),
    ("/review/new", {"data": {"sentence": "A", "type": "threat"}}),
    ("/sources/The Lantern", {"data": {"grade": "C", "reason": "because"}}),
]


@pytest.mark.parametrize(("path", "body"), WRITES)
def test_no_write_without_a_token(own: TestClient, path: str, body: dict) -> None:
    assert own.post(path, **body).status_code == 401


@pytest.mark.parametrize(("path", "body"), WRITES)
def test_a_reader_cannot_write(own: TestClient, secrets: dict[str, str], path: str, body: dict) -> None:
    answer = own.post(path, headers=bearer(secrets["reader"]), **body)
    assert answer.status_code == 403
    assert "role" in answer.text


@pytest.mark.parametrize(("path", "body"), [write for write in WRITES if "Lantern" in write[0]])
def test_a_reviewer_cannot_do_what_an_admin_may(
    own: TestClient, secrets: dict[str, str], path: str, body: dict
) -> None:
    assert own.post(path, headers=bearer(secrets["reviewer"]), **body).status_code == 403
    assert own.get("/api/v1/log", headers=bearer(secrets["reviewer"])).status_code == 403
    assert own.post(path, headers=bearer(secrets["admin"]), **body).status_code in (200, 201)


@pytest.mark.parametrize(("path", "body"), [write for write in WRITES if not write[0].startswith("/api")])
def test_a_form_without_the_sessions_secret_is_refused(
    own: TestClient, secrets: dict[str, str], path: str, body: dict
) -> None:
    log_in(own, secrets["admin"])
    assert own.post(path, **body).status_code == 403
    assert own.post(path, data=body["data"] | {"csrf": "x" * 32}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://[evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_forms_of_other_sites_are_refused(own: TestClient, secrets: dict[str, str], headers: dict[str, str]) -> None:
    csrf = log_in(own, secrets["reviewer"])
    data = {"key": key_of(own), "verdict": "accept", "csrf": csrf}
    assert own.post("/review/claim", data=data, headers=headers).status_code == 403
    assert own.post("/login", data={"token": secrets["admin"]}, headers=headers).status_code == 403
    assert (
        own.post("/review/claim", data=data, headers={"Origin": "http://localhost"}, follow_redirects=False).status_code
        == 303
    )


def test_the_session_cookie_is_out_of_reach(own: TestClient, secrets: dict[str, str]) -> None:
    answer = own.post("/login", data={"token": secrets["reviewer"]}, follow_redirects=False)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie, "http on loopback"


def test_logging_out_and_revoking_end_the_session(own: TestClient, secrets: dict[str, str], own_ledger: Path) -> None:
    csrf = log_in(own, secrets["reviewer"])
    assert own.post("/logout", data={"csrf": "wrong"}).status_code == 403
    own.post("/logout", data={"csrf": csrf})
    assert "Log in</a> with a reviewer" in own.get("/review").text
    log_in(own, secrets["reviewer"])
    with Ledger.open(own_ledger) as ledger:
        revoke_token(ledger, "reviewer one")
    assert "Log in</a> with a reviewer" in own.get("/review").text


def test_tokens_cannot_be_guessed_for_long(own_ledger: Path, secrets: dict[str, str]) -> None:
    settings = WebSettings(str(own_ledger), limits=Limits(logins=3, logins_per_minute=1))
    client = TestClient(create_app(settings), base_url="http://localhost")
    answers = [client.post("/login", data={"token": f"ngt_{n:012x}_{'A' * 43}"}).status_code for n in range(5)]
    assert answers == [401, 401, 401, 429, 429]
    assert client.post("/login", data={"token": secrets["admin"]}).status_code == 429, "a right one waits, too"
    wrong = [client.get("/api/v1/health", headers=bearer("ngt_nothing")) for _ in range(4)]
    assert wrong[-1].status_code == 429
    assert int(wrong[-1].headers["retry-after"]) > 0


def test_one_client_cannot_take_all(own_ledger: Path) -> None:
    settings = WebSettings(str(own_ledger), limits=Limits(burst=5, per_second=0.01))
    client = TestClient(create_app(settings), base_url="http://localhost")
    assert [client.get("/api/v1/health").status_code for _ in range(7)] == [200] * 5 + [429] * 2


def test_a_body_that_is_too_large_is_refused(own: TestClient, secrets: dict[str, str]) -> None:
    def pieces():
        for _ in range(20):
            yield b"x" * 100_000

    assert own.post("/login", content=b"x" * 1_100_000).status_code == 413
    assert (
        own.post("/login", content=pieces(), headers={"Content-Type": "application/x-www-form-urlencoded"}).status_code
        == 413
    )


def test_buckets_fill_again() -> None:
    now = [0.0]
    buckets = Buckets(2, 0.5, clock=lambda: now[0])
    assert [buckets.take("a"), buckets.take("a")] == [0.0, 0.0]
    assert buckets.take("a") == pytest.approx(2.0)
    assert buckets.take("b") == 0.0
    now[0] = 2.0
    assert buckets.take("a") == 0.0


def test_sessions_end() -> None:
    now = [0.0]
    sessions = Sessions(clock=lambda: now[0])
    cookie = sessions.begin("abc")
    assert sessions.find(cookie) is not None
    assert sessions.find(cookie + "x") is None
    now[0] = LIFE + 1
    assert sessions.find(cookie) is None


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/a\\b",
        "javascript:alert(1)",
        "/x\r\nSet-Cookie: a",
    ],
)
def test_logging_in_leads_nowhere_else(path: str) -> None:
    assert own_path(path) == "/"
    assert own_path("/review?at=claim:1") == "/review?at=claim:1"


def test_what_is_written_is_logged_in_the_name_of_the_token(own: TestClient, secrets: dict[str, str]) -> None:
    key = key_of(own)
    answer = own.post("/api/v1/judgements", json=JUDGEMENT | {"claim": key}, headers=bearer(secrets["reviewer"]))
    assert answer.status_code == 201
    assert answer.json()["user"] == "reviewer one"
    log = own.get("/api/v1/log", headers=bearer(secrets["admin"])).json()
    assert ("judge accept", "reviewer one", "read it") in [(e["action"], e["user"], e["reason"]) for e in log]
