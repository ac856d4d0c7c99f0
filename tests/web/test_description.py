"""The API against its own description: whatever is asked, no answer is a server's fault or breaks its schema."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from nongrata.ledger.tokens import Role
from nongrata.web.app import create_app
from nongrata.web.settings import Limits, WebSettings
from tests.web import story
from tests.web.access import give

EXAMPLES = int(os.environ.get("NONGRATA_API_EXAMPLES", "8"))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "api.db"
    story.fill(path)
    return path


@pytest.fixture(scope="module")
def secret(place: Path) -> str:
    return give(place, "prober", Role.ADMIN)


@pytest.fixture(scope="module")
def described(place: Path, secret: str):
    limits = Limits(burst=1e9, per_second=1e9, logins=10**9, logins_per_minute=1e9)
    app = create_app(WebSettings(str(place), limits=limits))
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers={"Host": "localhost"})


def test_every_answer_is_as_described(described, secret: str) -> None:
    asked = []
    for found in described.get_all_operations():
        operation = found.ok()
        asked.append(operation.label)
        hold_against(operation, secret)
    assert len(asked) >= 14, asked


def hold_against(operation, secret: str) -> None:
    """Ask one question in many ways, right and wrong."""

    either = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE) | operation.as_strategy()

    @given(case=either)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    def ask(case) -> None:
        headers = {"Host": "localhost", "Authorization": f"Bearer {secret}"}
        case.call_and_validate(headers=headers, excluded_checks=[negative_data_rejection, positive_data_acceptance])

    ask()
