from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from nongrata.ledger import LedgerView
from nongrata.ledger.tokens import Role
from nongrata.ledger.upkeep import backup
from nongrata.web.app import create_app
from nongrata.web.settings import WebSettings
from tests.web import story
from tests.web.access import give


@pytest.fixture(scope="session")
def story_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The story's ledger, for reading only."""
    path = tmp_path_factory.mktemp("web") / "story.db"
    story.fill(path)
    return path


@pytest.fixture(scope="session")
def client(story_ledger: Path) -> Iterator[TestClient]:
    """A browser without script on the story."""
    with TestClient(create_app(WebSettings(str(story_ledger))), base_url="http://localhost") as made:
        yield made


@pytest.fixture(scope="session")
def ids(story_ledger: Path) -> dict[str, str]:
    """Ids of the story's incidents by what they are."""
    with LedgerView.open(story_ledger) as view:
        found = {f"{i.type} {i.actor} {i.target}": i.id for i in view.incidents()}
    assert len(found) == 4, found
    return found


@pytest.fixture
def own_ledger(story_ledger: Path, tmp_path: Path) -> Path:
    """A copy of the story's ledger, for writing."""
    path = tmp_path / "own.db"
    with LedgerView.open(story_ledger) as view:
        backup(view, path)
    return path


@pytest.fixture
def secrets(own_ledger: Path) -> dict[str, str]:
    """Tokens of a reader, a reviewer and an admin."""
    return {str(role): give(own_ledger, f"{role} one", role) for role in Role}


@pytest.fixture
def own(own_ledger: Path, secrets: dict[str, str]) -> Iterator[TestClient]:
    """A browser on the copy."""
    with TestClient(create_app(WebSettings(str(own_ledger))), base_url="http://localhost") as made:
        yield made
