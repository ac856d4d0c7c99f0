"""What is installed is known: every locked package by hash, every package that the program runs with by licence."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted([*(ROOT / "requirements").glob("*.lock"), *(ROOT / "requirements").glob("*.txt")])
PERMISSIVE = ("MIT", "BSD", "Apache", "ISC", "PSF", "Python-2.0", "0BSD", "CC0", "Unlicense", "Zlib")
NOT = re.compile(r"\b(A?GPL|SSPL|BUSL|Elastic|Commons Clause|Proprietary)\b")
WEAK = {
    "certifi": "MPL-2.0: a list of certificates, used as it is",
    "pathspec": "MPL-2.0: of the build, used as it is",
    "tqdm": "MPL-2.0 and MIT: used as it is",
    "psycopg": "LGPL-3.0: an extra, linked to as a library and exchangeable",
    "psycopg-binary": "LGPL-3.0, as psycopg",
    "orjson": "MPL-2.0 or Apache-2.0",
}
"""Weak copyleft, each for a reason."""


def entries(lock: Path) -> dict[str, str]:
    """The packages of a lock with what is said of each."""
    text = re.sub(r"\\\n\s*", " ", lock.read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {re.match(r"[\w.-]+", line)[0].lower(): line for line in lines}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_one_version_and_hashes(lock: Path) -> None:
    found = entries(lock)
    assert found
    for name, line in found.items():
        assert re.match(r"[\w.-]+==[\w.+!-]+ ", line), name
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), name
        assert "://" not in line, name


def licence_of(name: str) -> str:
    metadata = distribution(name).metadata
    classifiers = [one.split("::")[-1].strip() for one in metadata.get_all("Classifier") or () if "License" in one]
    return " ".join([metadata.get("License-Expression") or "", (metadata.get("License") or "")[:120], *classifiers])


def test_what_the_program_runs_with_is_free_to_use() -> None:
    judged = 0
    for name in entries(ROOT / "requirements" / "serve.lock"):
        try:
            licence = licence_of(name)
        except PackageNotFoundError:
            continue
        judged += 1
        if name in WEAK:
            continue
        assert not NOT.search(licence), f"{name}: {licence}"
        assert any(word in licence for word in PERMISSIVE), f"{name}: {licence!r}"
    assert judged > 20


def test_the_dev_lock_holds_what_the_program_runs_with() -> None:
    dev, serve = entries(ROOT / "requirements" / "dev.lock"), entries(ROOT / "requirements" / "serve.lock")
    versions = {name: line.split(" ")[0] for name, line in dev.items()}
    assert {name: line.split(" ")[0] for name, line in serve.items()}.items() <= versions.items()
