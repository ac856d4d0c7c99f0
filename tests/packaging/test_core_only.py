"""Without extras the program reads and lists; what needs an extra says what to type."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.packaging.extras import MODULES

ROOT = Path(__file__).parents[2]
TEXT = "Belgium expelled 21 Russian diplomats on Tuesday, the foreign ministry said."
WITHOUT = (
    f"import sys; sys.modules.update(dict.fromkeys({[name for some in MODULES.values() for name in some]!r}));"
    "from nongrata.cli import main; main()"
)


def call(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The program, in a Python in which no extra can be imported."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *words], cwd=folder, input=TEXT, capture_output=True, text=True, timeout=120
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of one report, made without extras."""
    made = tmp_path_factory.mktemp("core")
    done = call(made, "ingest", "-", "--publisher", "Harbour Gazette", "--published", "2022-03-31")
    assert done.returncode == 0, done.stderr
    return made


@pytest.mark.parametrize(
    "words",
    [
        ("read", "-", "--published", "2022-03-31"),
        ("incidents",),
        ("tally",),
        ("search", "diplomats"),
        ("log",),
        ("ledger", "check"),
        ("review", "list"),
        ("export", "--format", "package", "package"),
        ("export", "--format", "stix", "bundle.json"),
        ("export", "--format", "ftm", "entities.json"),
    ],
    ids=" ".join,
)
def test_the_core_needs_no_extra(folder: Path, words: tuple[str, ...]) -> None:
    done = call(folder, *words)
    assert done.returncode == 0, done.stderr
    assert "pip install" not in done.stderr


NEEDS = [
    ("cluster", ("cluster", "run", ".", "out")),
    ("remote", ("ingest", "s3://bucket/day.warc.gz")),
    ("web", ("serve",)),
    ("web", ("snapshot", "s")),
    ("analytics", ("export", "--format", "parquet", "p")),
    ("stix", ("export", "--format", "stix", "--check", "b.json")),
    ("postgres", ("--ledger", "postgresql://nobody@localhost/none", "incidents")),
]


@pytest.mark.parametrize(("extra", "words"), NEEDS, ids=[words[0] for _, words in NEEDS])
def test_a_missing_extra_says_what_to_type(folder: Path, extra: str, words: tuple[str, ...]) -> None:
    done = call(folder, *words)
    assert done.returncode == 1
    assert done.stderr == f'nongrata: this needs the extra "{extra}": pip install "nongrata[{extra}]"\n'


def test_every_extra_for_users_is_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(MODULES) == set(project["optional-dependencies"]) - {"dev", "docs", "train"}
