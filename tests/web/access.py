"""People with tokens, for the tests of what they may do."""

from __future__ import annotations

import re
from pathlib import Path

from starlette.testclient import TestClient

from nongrata.ledger import Ledger
from nongrata.ledger.tokens import Role, add_token


def give(path: Path | str, name: str, role: Role) -> str:
    """Make a token; its secret."""
    with Ledger.open(path) as ledger:
        return add_token(ledger, name, role)[1]


def log_in(client: TestClient, secret: str) -> str:
    """Log in; the secret that the session's forms carry."""
    answer = client.post("/login", data={"token": secret, "next": "/review"}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return re.search(r'name="csrf" value="([^"]+)"', client.get("/review").text)[1]
