"""What the documentation says is so: links lead somewhere, commands exist and run, made pages are current."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from nongrata import __version__
from nongrata.cli.app import app
from tests.docs.pages import (
    PAGES,
    ROOT,
    anchors_of,
    commands_of,
    fenced_lines,
    links_of,
    script,
    text_of,
    words,
)

README = ROOT / "README.md"
PROGRAM = typer.main.get_command(app)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_resolve(page: Path) -> None:
    for link in links_of(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name_of(page)} links to {link}"
        assert not anchor or anchor in anchors_of(target), f"{name_of(page)} links to {link}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_exist(page: Path) -> None:
    shared = {name for parameter in PROGRAM.params for name in parameter.opts}
    for shown in commands_of(page):
        named = [word for word in shown if word in PROGRAM.commands]
        options = {word for word in shown if word.startswith("--")} - {"--help"}
        alone = not named and (options <= shared or shown[0] == "COMMAND")
        assert named or alone, f"{name_of(page)} shows: nongrata {' '.join(shown)}"
        known = shared.union(*(p.opts for name in named[:1] for p in PROGRAM.commands[name].params))
        assert options <= known, f"{name_of(page)} shows: nongrata {' '.join(shown)}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_make_targets_and_scripts_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:^|`)make ([a-z]+)(?=`|\s{2,}#|$)", text_of(page), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{name_of(page)} shows make {target}"
    for path in re.findall(r"python (docs/\w+\.py)", text_of(page)):
        assert (ROOT / path).exists()


def test_every_command_is_in_the_readme() -> None:
    shown = {word for command in commands_of(README) for word in command if word in PROGRAM.commands}
    assert shown >= set(PROGRAM.commands) - {"demo"}
    assert "make demo" in text_of(README)


def test_the_cli_page_is_current() -> None:
    page = script("make_cli").page()
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == page, "run python docs/make_cli.py"


def test_the_demo_in_the_readme_is_current() -> None:
    update = script("update_readme")
    readme = README.read_text(encoding="utf-8")
    assert update.filled(readme, update.demo_output()) == readme, "run python docs/update_readme.py"


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that the README's examples name, made from the samples."""
    samples = files("nongrata").joinpath("samples")
    reports = samples.joinpath("reports.jsonl").read_text(encoding="utf-8")
    (tmp_path / "reports.jsonl").write_text(reports, encoding="utf-8")
    labels = samples.joinpath("expected.jsonl").read_text(encoding="utf-8")
    (tmp_path / "labels.jsonl").write_text(labels, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    for line in reports.splitlines()[:3]:
        report = json.loads(line)
        (tmp_path / "reports" / f"{report['id']}.txt").write_text(report["text"], encoding="utf-8")
    (tmp_path / "report.txt").write_text(json.loads(reports.splitlines()[0])["text"], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NONGRATA_LEDGER", raising=False)
    return tmp_path


def test_the_readme_runs_from_top_to_bottom(workplace: Path) -> None:
    lines = [line for line in fenced_lines(README) if line.startswith("nongrata ")]
    assert len(lines) >= 10
    for line in lines:
        done = CliRunner().invoke(app, words(line))
        assert done.exit_code == 0, f"{line}: {done.output}\n{done.exception!r}"
    assert (workplace / "claims.jsonl").read_text(encoding="utf-8").strip()
    assert (workplace / "nongrata.db").exists()
    assert (workplace / "spring.db").exists()


def test_the_python_example_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    code = re.search(r"```python\n(.*?)```", text_of(README), re.DOTALL)[1]
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own example
    assert capsys.readouterr().out.splitlines() == re.findall(r"^ +# (.+)$", code, re.MULTILINE)


def test_the_citation_names_this_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.+)$", citation, re.MULTILINE)[1] == __version__


def test_the_changelog_keeps_its_form() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", heading) for heading in headings[1:])


def test_the_documented_fields_are_the_fields() -> None:
    from nongrata.model import Claim, Incident

    page = text_of(ROOT / "docs" / "formats.md")
    shown = set(re.findall(r"`(\w+)`", page))
    claim = Claim(report_id="r", type="stand", against="RU").to_dict()
    incident = Incident(
        id="i", type="stand", actor=None, target=None, count=None, when=None, origins=(), reports=(), claims=()
    ).to_dict()
    assert set(claim) <= shown
    assert set(incident) <= shown
