"""``nongrata snapshot``: pages as files that need no server, no script, no other host; data and hashes beside them."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from nongrata.cli.app import run
from nongrata.ledger import ClaimFilter, IncidentFilter, Ledger, LedgerView
from nongrata.model import InputError
from nongrata.publishing import Options, export
from nongrata.web.archive import Archived, take
from nongrata.web.stillpage import still_page
from tests.publishing import made
from tests.publishing.test_tables import rows_of


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith(("hx-", "on")), name
            if name in ("href", "src") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.add(value)


def read(page: Path) -> _Links:
    parser = _Links()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser


@pytest.fixture(scope="module")
def taken(story_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Archived:
    return take(str(story_ledger), tmp_path_factory.mktemp("snapshots") / "one", IncidentFilter())


def test_every_link_leads_to_a_file(taken: Archived) -> None:
    pages = sorted(taken.folder.rglob("*.html"))
    assert len(pages) > 8
    for page in pages:
        for link in read(page).links:
            if re.match(r"https?://", link):
                continue
            path, _, fragment = link.partition("#")
            target = (page.parent / unquote(path)).resolve() if path else page
            assert target.is_file(), f"{page.name} links to {link}"
            assert taken.folder.resolve() in target.parents or target == page
            if fragment and target.suffix == ".html" and fragment.startswith("claim-"):
                assert fragment in read(target).ids


def test_nothing_needs_a_server_or_a_script(taken: Archived) -> None:
    for page in taken.folder.rglob("*.html"):
        assert not read(page).tags & {"form", "button", "input", "select"}
        text = page.read_text(encoding="utf-8")
        assert all('type="application/ld+json"' in tag for tag in re.findall(r"<script[^>]*>", text))
        assert "localhost" not in text
        assert 'class="snapshot"' in text
        assert re.search(r"Snapshot of \d{4}-\d\d-\d\d", text)
    assert not list(taken.folder.rglob("*.js"))
    for sheet in taken.folder.rglob("*.css"):
        for url in re.findall(r'url\("([^"]+)"\)', sheet.read_text(encoding="utf-8")):
            assert url.startswith("data:") or (sheet.parent / url).resolve().is_file()


def test_every_incident_and_its_reports_are_there(taken: Archived, story_ledger: Path) -> None:
    with LedgerView.open(story_ledger) as view:
        incidents = view.incidents()
    assert taken.site.incidents == len(incidents)
    for incident in incidents:
        text = (taken.folder / "incidents" / f"{incident.id}.html").read_text(encoding="utf-8")
        assert incident.id in text
        data = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1]
        assert json.loads(data)["url"] == f"incidents/{incident.id}.html"
    assert taken.site.reports == len({report for incident in incidents for report in incident.reports})
    assert {row["id"] for row in rows_of(taken.folder / "data" / "incidents.csv")} == {i.id for i in incidents}


def test_the_hashes_are_those_of_the_files(taken: Archived) -> None:
    sums = (taken.folder / "SHA256SUMS").read_bytes()
    assert hashlib.sha256(sums).hexdigest() == taken.sha256
    told = dict(reversed(line.split("  ", 1)) for line in sums.decode().splitlines())
    files = {path.relative_to(taken.folder).as_posix() for path in taken.folder.rglob("*") if path.is_file()}
    assert told.keys() == files - {"SHA256SUMS"}
    for name, sha256 in told.items():
        assert hashlib.sha256((taken.folder / name).read_bytes()).hexdigest() == sha256


def test_a_filter_keeps_what_it_lets_through(story_ledger: Path, tmp_path: Path) -> None:
    with LedgerView.open(story_ledger) as view:
        wanted = [i for i in view.incidents() if i.type == "expulsion"]
    taken = take(str(story_ledger), tmp_path / "s", IncidentFilter(types=("expulsion",)), url="https://x.example/s")
    assert taken.site.incidents == len(wanted) > 0
    assert {path.stem for path in (tmp_path / "s" / "incidents").glob("*.html")} == {i.id for i in wanted}
    assert "https://x.example/s/incidents/" in (tmp_path / "s" / "incidents" / f"{wanted[0].id}.html").read_text()
    assert {row["type"] for row in rows_of(tmp_path / "s" / "data" / "claims.csv")} == {"expulsion"}


def test_names_that_no_file_could_have(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "a.db") as ledger:
        run_id = ledger.start_run("test")
        names = ["a/../../b", "CON", "x" * 300, "brask-1", "BRASK-1", "ü ?#%2e", "..", "index"]
        for number, name in enumerate(names):
            report = replace(made.REPORT, id=name, text=f"{number} {made.TEXT}", publisher=f"Lantern {number}")
            claim = replace(made.ARREST, report_id=name, spans={}, publisher=report.publisher)
            ledger.add(run_id, [(report, [claim])], "made 1")
        ledger.refresh()
    taken = take(str(tmp_path / "a.db"), tmp_path / "s", IncidentFilter())
    assert taken.site.reports == len(names)
    assert len({file.casefold() for file in taken.site.files}) == len(taken.site.files)
    for page in (tmp_path / "s").rglob("*.html"):
        for link in read(page).links:
            path = link.partition("#")[0]
            assert not path or "://" in path or (page.parent / unquote(path)).resolve().is_file(), link
    assert not list(tmp_path.rglob("b.html"))


def test_a_folder_that_is_there_is_left_alone(story_ledger: Path, tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="new folder"):
        take(str(story_ledger), tmp_path / "s", IncidentFilter())
    assert [path.name for path in tmp_path.rglob("*")] == ["s", "mine.txt"]


def test_a_failure_leaves_nothing(story_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*words: object, **more: object) -> None:
        raise RuntimeError("no disk")

    monkeypatch.setattr("nongrata.web.archive.export", broken)
    with pytest.raises(RuntimeError):
        take(str(story_ledger), tmp_path / "s", IncidentFilter())
    assert list(tmp_path.iterdir()) == []


def test_withheld_persons_are_in_no_byte(tmp_path: Path) -> None:
    """The way that docs/exports.md names: a ledger without persons, and a snapshot of that."""
    from nongrata.ledger import import_readings
    from nongrata.ledger.claimfile import read_claims
    from nongrata.reading.stats import ReadingStats

    with made.make(tmp_path / "a.db") as ledger:
        export(ledger, "jsonl", tmp_path / "r.jsonl", Options(only=ClaimFilter(), redact=True))
    with Ledger.open(tmp_path / "r.db") as ledger:
        import_readings(ledger, read_claims(tmp_path / "r.jsonl", ReadingStats()), ledger.start_run("import"))
        ledger.refresh()
    taken = take(str(tmp_path / "r.db"), tmp_path / "s", IncidentFilter())
    assert taken.site.incidents > 2
    for path in (tmp_path / "s").rglob("*"):
        for name in made.PERSONS:
            assert name.encode().lower() not in path.name.encode().lower()
            assert path.is_dir() or name.encode().lower() not in path.read_bytes().lower()


def test_a_page_keeps_what_it_need_not_change() -> None:
    page = '<p title="a &amp; b">x &lt; &#39;y&#39; <br> <svg viewBox="0 0 1 1"><path d="M0"/></svg><!-- c --></p>'
    assert still_page(page, "a.html", lambda address, is_next: None, "") == page
    form = '<form><p>in<form></form><input></form><a href="/x?y" class="c">out</a>'
    assert still_page(form, "a.html", lambda address, is_next: None, "") == '<a class="c">out</a>'
    link = '<body><a rel="next" href="/b?after=1&amp;x#y">n</a>'
    asked = []

    def found(address: str, is_next: bool) -> str:
        asked.append((address, is_next))
        return "c/d.html"

    assert still_page(link, "c/e/f.html", found, "<i>{root}</i>") == (
        '<body><i>../..</i><a rel="next" href="../d.html#y">n</a>'
    )
    assert asked == [("/b?after=1&x", True)]


def test_the_command(
    story_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["nongrata", "--ledger", str(story_ledger), "snapshot", "--type", "expulsion", str(tmp_path / "s")]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit) as ended:
        run()
    assert not ended.value.code
    assert "to cite it by: " in capsys.readouterr().err
    assert (tmp_path / "s" / "index.html").is_file()
