from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from nongrata.ledger import LedgerView
from nongrata.web.app import create_app
from nongrata.web.settings import WebSettings
from tests.web import story


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
