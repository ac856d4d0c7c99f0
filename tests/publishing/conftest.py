from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from nongrata.ledger import Ledger, import_readings
from nongrata.ledger.claimfile import read_claims
from nongrata.reading.stats import ReadingStats

STORIES = Path(__file__).parents[3] / "shared" / "eval" / "stories" / "claims.jsonl"


def fill(place: Path, claims: Path) -> Ledger:
    """A ledger with the claims of a file, its incidents up to date."""
    ledger = Ledger.open(str(place))
    run = ledger.start_run("import", str(claims))
    import_readings(ledger, read_claims(claims, ReadingStats()), run)
    ledger.refresh()
    return ledger


def sample_claims(folder: Path) -> Path:
    """The samples' hand-coded claims with the texts they were coded from."""
    samples = files("nongrata").joinpath("samples")
    texts = {}
    for line in samples.joinpath("reports.jsonl").read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        texts[report["id"]] = report
    path = folder / "samples.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for line in samples.joinpath("expected.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known = {name: texts[row["id"]][name] for name in ("text", "title", "url") if name in texts[row["id"]]}
            stream.write(json.dumps(row | known) + "\n")
    return path


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of the samples; tests only read it."""
    folder = tmp_path_factory.mktemp("samples")
    with fill(folder / "samples.db", sample_claims(folder)) as ledger:
        yield ledger


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of the hand-coded stories beside the repository."""
    if not STORIES.exists():
        pytest.skip("needs ../shared")
    with fill(tmp_path_factory.mktemp("stories") / "stories.db", STORIES) as ledger:
        yield ledger


@pytest.fixture(params=["samples", pytest.param("stories", marks=pytest.mark.shared)])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """Each of the two ledgers."""
    found: Ledger = request.getfixturevalue(request.param)
    return found
