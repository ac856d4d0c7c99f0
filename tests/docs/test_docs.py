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
COMMANDS = script("make_cli").commands()
GROUPS = {name.split()[0] for name in COMMANDS if " " in name}
SHARED = {option for parameter in typer.main.get_command(app).params for option in parameter.opts}


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_resolve(page: Path) -> None:
    for link in links_of(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name_of(page)} links to {link}"
        assert not anchor or anchor in anchors_of(target), f"{name_of(page)} links to {link}"


def command_in(shown: list[str]) -> str | None:
    """The full name of the command, or of a group of commands, that a line calls; None when it calls none."""
    pairs = [" ".join(shown[at : at + size]) for size in (2, 1) for at in range(len(shown))]
    return next((name for name in pairs if name in COMMANDS or name in GROUPS), None)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_exist(page: Path) -> None:
    for shown in commands_of(page):
        name = command_in(shown)
        options = {word for word in shown if word.startswith("--")} - {"--help"}
        line = f"{name_of(page)} shows: nongrata {' '.join(shown)}"
        assert name or shown[0] in ("--help", "COMMAND"), line
        parameters = COMMANDS[name].params if name in COMMANDS else []
        own = {option for p in parameters for option in [*p.opts, *p.secondary_opts]}
        assert options <= SHARED | own, line


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_make_targets_and_scripts_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:^|`)make ([a-z]+)(?=`|\s{2,}#|$)", text_of(page), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{name_of(page)} shows make {target}"
    for path in re.findall(r"python (docs/\w+\.py)", text_of(page)):
        assert (ROOT / path).exists()


def test_every_command_is_in_the_readme() -> None:
    shown = {command_in(command) for command in commands_of(README)}
    assert {name for name in shown if name} >= {name for name in COMMANDS if " " not in name} - {"demo"}
    assert {name.split()[0] for name in shown if name} >= GROUPS
    assert "make demo" in text_of(README)


def test_the_cli_page_is_current() -> None:
    page = script("make_cli").page()
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == page, "run python docs/make_cli.py"


def test_demo_and_table_in_the_readme_are_current() -> None:
    readme = README.read_text(encoding="utf-8")
    assert script("update_readme").current(readme) == readme, "run python docs/update_readme.py"


def test_the_tutorial_shows_what_is_printed() -> None:
    page = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    assert script("update_readme").current_tutorial(page) == page, "run python docs/update_readme.py"


def test_every_page_has_its_place_on_the_site() -> None:
    listed = re.findall(r"^([\w/-]+)$", (ROOT / "docs" / "index.md").read_text(encoding="utf-8"), re.MULTILINE)
    pages = {str(page.relative_to(ROOT / "docs").with_suffix("")) for page in (ROOT / "docs").rglob("*.md")}
    assert set(listed) == pages - {"index"} - {name for name in pages if name.endswith(".template")}


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


def filled_in(line: str) -> list[str]:
    """The words of a line, with a claim's and an incident's real names where it says CLAIM and INCIDENT."""
    shown = words(line)
    if {"CLAIM", "INCIDENT"} & set(shown):
        incident = json.loads(CliRunner().invoke(app, ["incidents", "--format", "jsonl"]).stdout.splitlines()[0])
        real = {"CLAIM": incident["claims"][0], "INCIDENT": incident["id"]}
        shown = [real.get(word, word) for word in shown]
    return shown


def test_the_readme_runs_from_top_to_bottom(workplace: Path) -> None:
    lines = [line for line in fenced_lines(README) if line.startswith("nongrata ")]
    assert len(lines) >= 10
    for line in lines:
        done = CliRunner().invoke(app, filled_in(line))
        assert done.exit_code == 0, f"{line}: {done.output}\n{done.exception!r}"
    assert (workplace / "claims.jsonl").read_text(encoding="utf-8").strip()
    assert (workplace / "nongrata.db").exists()
    assert (workplace / "spring.db").exists()


def test_the_tutorial_can_be_followed(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NONGRATA_LEDGER", "tutorial.db")
    lines = [line for line in fenced_lines(ROOT / "docs" / "tutorial.md") if line.startswith("nongrata ")]
    assert len(lines) > 6
    for line in lines:
        done = CliRunner().invoke(app, filled_in(line))
        assert done.exit_code == 0, f"{line}: {done.output}\n{done.exception!r}"


@pytest.mark.parametrize("page", ["howto/reader.md", "api.md"])
def test_the_python_of_the_pages_runs(page: str, workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    assert CliRunner().invoke(app, ["--ledger", "nongrata.db", "demo"]).exit_code == 0
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, page, "exec"), names)  # noqa: S102 - our own examples
    assert capsys.readouterr().out.strip()
    if "fill" in names:
        names["fill"]("own.db", workplace / "reports.jsonl", names["AirspaceReader"]())  # type: ignore[operator]
        assert (workplace / "own.db").exists()


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
