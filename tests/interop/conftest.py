from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nongrata.ledger import Ledger
from tests.publishing.conftest import STORIES, fill, sample_claims

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-interop" / "bin" / "python"
PEERS = Path(__file__).parent / "peers"

Peer = Callable[..., Any]


@pytest.fixture(scope="session")
def peer() -> Peer:
    """Runs a script of ``peers/`` with the tools of others; gives the JSON that it prints."""
    if not PYTHON.exists():
        if os.environ.get("CI"):
            pytest.fail("the tools of others are not installed: make interop")
        pytest.skip("needs make interop")

    def call(script: str, *paths: Path) -> Any:
        words = [str(PYTHON), str(PEERS / script), *map(str, paths)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)

    return call


@pytest.fixture(scope="session", params=["samples", pytest.param("stories", marks=pytest.mark.shared)])
def ledger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of the samples, and one of the hand-coded stories; tests only read them."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "stories" and not STORIES.exists():
        pytest.skip("needs ../shared")
    claims = STORIES if request.param == "stories" else sample_claims(folder)
    with fill(folder / "a.db", claims) as made:
        yield made
