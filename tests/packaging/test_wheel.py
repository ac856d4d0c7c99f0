"""The wheel has all that the program needs and nothing else; the sdist has the rest of the clone."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "nongrata"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and an sdist, made as ``make dist`` makes them."""
    out = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    return out


def wheel_of(built: Path) -> Path:
    (wheel,) = built.glob("*.whl")
    return wheel


def test_the_wheel_holds_the_package_and_nothing_else(built: Path) -> None:
    with zipfile.ZipFile(wheel_of(built)) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        metadata = next(wheel.read(name).decode() for name in wheel.namelist() if name.endswith("/METADATA"))
    files = {
        f"nongrata/{path.relative_to(SOURCE)}"
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    brought = project["tool"]["hatch"]["build"]["targets"]["wheel"].get("force-include", {})
    assert names == files | set(brought.values())
    for extra in ("web", "postgres", "analytics", "stix", "cluster"):
        assert f"Provides-Extra: {extra}\n" in metadata
    assert "License-Expression: Apache-2.0\n" in metadata


def test_the_models_are_small_enough_to_carry() -> None:
    folders = (SOURCE / "extraction" / "weights", SOURCE / "language" / "english")
    assert sum(path.stat().st_size for folder in folders for path in folder.rglob("*") if path.is_file()) <= 60e6


def test_the_sdist_can_be_tested_and_built_again(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames() if "/" in name}
    for wanted in (
        "Makefile", "pyproject.toml", "SECURITY.md", "LICENSE", "README.md", "CITATION.cff", "requirements/dev.lock",
        "tests/packaging/test_wheel.py", "docs/cli.md", "bench/startup.py", "packaging/smoke.py",
        "src/nongrata/extraction/weights/reader.onnx.gz",
    ):  # fmt: skip
        assert wanted in names, wanted
    assert not [name for name in names if name.endswith((".db", ".pyc"))]


def test_the_wheel_runs_without_the_clone(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*pip, str(wheel_of(built))], check=True, capture_output=True)
    environment = os.environ | {"PYTHONPATH": str(target)}
    where = [sys.executable, "-P", "-c", "import nongrata; print(nongrata.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout
    assert Path(found.strip()).is_relative_to(target)
    words = [sys.executable, "-P", "-m", "nongrata", "read", "-", "--published", "2022-03-31", "--format", "jsonl"]
    text = "Belgium expelled 21 Russian diplomats on Tuesday, the foreign ministry said."
    done = subprocess.run(words, cwd=tmp_path, env=environment, input=text, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert '"type":"expulsion"' in done.stdout.replace(" ", "")
