"""The container file holds to what linters ask and to what is in the clone. (hadolint 2.15.1 finds nothing either.)"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "Containerfile").read_text(encoding="utf-8")
LINES = [re.sub(r"\s+", " ", line) for line in re.sub(r"\\\n", " ", TEXT).splitlines() if line and line[0] != "#"]
STEPS = [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in LINES]


def values(name: str) -> list[str]:
    return [words for step, words in STEPS if step == name]


def test_only_known_steps_in_their_usual_order() -> None:
    known = {"FROM", "WORKDIR", "COPY", "RUN", "LABEL", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK"}
    assert {step for step, _ in STEPS} == known | {"ENTRYPOINT", "CMD"}
    assert STEPS[0][0] == "FROM"
    assert [step for step, _ in STEPS][-2:] == ["ENTRYPOINT", "CMD"]


def test_images_are_named_in_full_and_pinned() -> None:
    for words in values("FROM"):
        image = words.split(" ")[0]
        assert re.fullmatch(r"docker\.io/library/[a-z]+:[\w.-]*\d[\w.-]*", image), image


def test_it_runs_as_somebody_without_rights() -> None:
    (user,) = values("USER")
    assert user.isdecimal()
    assert int(user) >= 10000
    made = next(number for number, (step, words) in enumerate(STEPS) if step == "RUN" and f"--uid {user} " in words)
    assert made < STEPS.index(("USER", user))


def test_what_is_installed_is_pinned_by_hash() -> None:
    installs = [words for words in values("RUN") if "pip install" in words]
    assert installs
    for words in installs:
        for part in words.split("&&"):
            if "pip install" in part:
                assert "--no-cache-dir" in part
                assert "--require-hashes" in part or ("--no-deps" in part and part.strip().endswith(" ."))
    assert not any(word in TEXT for word in ("curl ", "wget ", "sudo ", "ADD ", ":latest", "apt-get upgrade"))


def test_what_is_copied_is_there() -> None:
    for words in values("COPY"):
        if words.startswith("--from="):
            continue
        *sources, _ = words.split(" ")
        for source in sources:
            assert (ROOT / source).exists(), source


def test_the_package_builds_from_what_is_copied_alone(tmp_path: Path) -> None:
    for words in values("COPY"):
        if words.startswith("--from="):
            continue
        *sources, target = words.split(" ")
        for source in sources:
            place = tmp_path / target
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, place)
    made = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    done = subprocess.run(made, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def test_entry_and_command_are_lists_and_what_they_call_exists() -> None:
    from nongrata.web.access.principal import FREE

    assert values("ENTRYPOINT") == ['["nongrata"]']
    assert values("CMD") == ['["serve", "--host", "0.0.0.0"]']
    (check,) = values("HEALTHCHECK")
    path = re.search(r"http://127\.0\.0\.1:8642(/[\w/]+)", check)[1]
    assert path in FREE
