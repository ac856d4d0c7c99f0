"""A type of a user's own is read without code, all the way to the exports; the shipped types are read as before."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HOWTO = Path(__file__).parents[2] / "docs" / "howto" / "event-type.md"
SENTENCES = [
    "Chile closed its border with Peru on Tuesday, the interior ministry in Santiago said.",
    "Finland may close three crossings on its border with Norway next week.",
    "Ghana denied closing its border with Togo.",
    "The Kenyan government ordered the closure of all border crossings with Uganda.",
    "Two crossings to Zambia were sealed by Botswana after the clash.",
    "Brazil will not close its border with Bolivia, its president said.",
    "Norway opened a shop close to the Swedish border.",
    "Kenya expelled four Ghanaian diplomats on Monday and closed its embassy near the border.",
]
EXPECTED = [
    {"actor": "CL", "target": "PE", "when": ["2024-03-05", "2024-03-05"], "factuality": "CT+", "count": None},
    {"actor": "FI", "target": "NO", "when": ["2024-03-11", "2024-03-17"], "factuality": "PS+", "count": [3, 3]},
    {"actor": "GH", "target": "TG", "factuality": "CT-"},
    {"actor": "KE", "target": "UG", "factuality": "CT+", "count": [2, None]},
    {"actor": "BW", "target": "ZM", "factuality": "CT+", "count": [2, 2]},
    {"actor": "BR", "target": "BO", "factuality": "CT-"},
]


def types_of_the_howto() -> str:
    found = re.search(r"```toml\n(.*?)```", HOWTO.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def call(folder: Path, *words: str, own: bool = True) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "NONGRATA_VOCABULARY"}
    if own:
        environment["NONGRATA_VOCABULARY"] = str(folder / "words")
    return subprocess.run([sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the type of the how-to page, some reports, and a ledger of them."""
    made = tmp_path_factory.mktemp("own")
    (made / "words").mkdir()
    (made / "words" / "events.toml").write_text(types_of_the_howto(), encoding="utf-8")
    with (made / "reports.jsonl").open("w", encoding="utf-8") as out:
        for number, text in enumerate(SENTENCES):
            row = {"id": f"r-{number}", "text": text, "published": "2024-03-06", "publisher": "Fjord Lookout"}
            out.write(json.dumps(row) + "\n")
    return made


@pytest.fixture(scope="module")
def read(folder: Path) -> list[dict[str, object]]:
    done = call(folder, "-m", "nongrata", "read", "reports.jsonl", "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_it_is_read_with_parties_time_number_and_doubt(read: list[dict[str, object]]) -> None:
    for row, expected in zip(read, EXPECTED, strict=False):
        (claim,) = (c for c in row["claims"] if c["type"] == "border_closure")  # type: ignore[attr-defined]
        assert {field: claim[field] for field in expected} == expected
        assert claim["confidence"] >= 0.5
        assert "+own." in claim["reader"]


def test_what_only_looks_like_it_is_not_read(read: list[dict[str, object]]) -> None:
    assert [c for c in read[6]["claims"] if c["type"] == "border_closure"] == []  # type: ignore[attr-defined]


def test_voices_are_those_of_the_sentence(read: list[dict[str, object]]) -> None:
    claim = read[0]["claims"][0]  # type: ignore[index]
    assert claim["source_chain"] == ["interior ministry in Santiago", "Fjord Lookout"]


def test_the_shipped_types_are_read_as_without_it(folder: Path, read: list[dict[str, object]]) -> None:
    done = call(folder, "-m", "nongrata", "read", "reports.jsonl", "--format", "jsonl", own=False)
    without = [json.loads(line)["claims"] for line in done.stdout.splitlines()]
    for row, bare in zip(read, without, strict=True):
        shipped = [c for c in row["claims"] if c["type"] != "border_closure"]  # type: ignore[attr-defined]
        assert [{**c, "reader": ""} for c in shipped] == [{**c, "reader": ""} for c in bare]
    assert any(without)


def test_its_examples_are_tried(folder: Path) -> None:
    done = call(folder, "-m", "nongrata", "types", "border_closure")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("as told") == types_of_the_howto().count("examples]]")
    assert "crossings" in done.stdout


def test_an_example_that_comes_out_otherwise_is_told(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    turned = types_of_the_howto().replace('actor = "CL"\ntarget = "PE"', 'actor = "PE"\ntarget = "CL"')
    (tmp_path / "words" / "events.toml").write_text(turned, encoding="utf-8")
    done = call(tmp_path, "-m", "nongrata", "types", "border_closure")
    assert done.returncode == 1
    assert "read as actor CL, target PE" in done.stdout


def test_it_is_explained(folder: Path) -> None:
    (folder / "one.txt").write_text(SENTENCES[1], encoding="utf-8")
    done = call(folder, "-m", "nongrata", "read", "one.txt", "--explain")
    assert "border_closure  “close”  claim" in done.stdout
    assert "may" in done.stdout.split("governed", 1)[-1] or "may:" in done.stdout


def test_it_travels_through_ledger_incidents_tallies_exports_and_pages(folder: Path) -> None:
    assert call(folder, "-m", "nongrata", "ingest", "reports.jsonl").returncode == 0
    listed = call(folder, "-m", "nongrata", "incidents", "--type", "border_closure", "--format", "jsonl").stdout
    incidents = [json.loads(line) for line in listed.splitlines()]
    assert {"CL", "FI", "KE", "BW"} <= {incident["actor"] for incident in incidents}
    tally = call(folder, "-m", "nongrata", "tally", "--type", "border_closure", "--by", "actor").stdout
    assert "BW" in tally
    shown = call(folder, "-m", "nongrata", "show", next(i["id"] for i in incidents if i["actor"] == "BW")).stdout
    assert "border_closure" in shown
    for format in ("csv", "jsonl", "stix", "geojson"):
        done = call(folder, "-m", "nongrata", "export", "--format", format, f"out.{format}")
        assert done.returncode == 0, done.stderr
        assert "border_closure" in (folder / f"out.{format}").read_text(encoding="utf-8")
    places = json.loads((folder / "out.geojson").read_text(encoding="utf-8"))["features"]
    botswana = next(f["properties"] for f in places if f["properties"]["actor"] == "BW")
    assert botswana["place_of"] == "actor"
    pages = (
        "from starlette.testclient import TestClient\n"
        "from nongrata.web.app import create_app\n"
        "from nongrata.web.settings import WebSettings\n"
        "with TestClient(create_app(WebSettings('nongrata.db')), base_url='http://localhost') as browser:\n"
        "    print(browser.get('/?type=border_closure').text)\n"
        "    print(browser.get('/api/v1/incidents?type=border_closure').text)\n"
    )
    shown = call(folder, "-c", pages)
    assert shown.returncode == 0, shown.stderr
    assert "closed 2 border crossings to Zambia" in shown.stdout
    assert '"type":"border_closure"' in shown.stdout


def test_a_changed_type_is_read_again(folder: Path) -> None:
    assert call(folder, "-m", "nongrata", "--ledger", "again.db", "ingest", "reports.jsonl").returncode == 0
    done = call(folder, "-m", "nongrata", "--ledger", "again.db", "reread", own=False)
    assert "border_closure" in done.stdout


WRONG = [
    ('[border]\ngloss = "x"\nactor = "a"\ntarget = "b"\ncounts = ""\n', "no stem"),
    ('[Border]\ngloss = "x"\nactor = "a"\ntarget = "b"\ncounts = ""\nverbs = ["close"]\n', "no name for a type"),
    ('[border]\ngloss = "x"\nactor = "a"\ntarget = "b"\ncounts = ""\nverb = ["close"]\n', 'use "verbs"'),
    ('[border]\ngloss = "x"\nactor = "a"\ntarget = "b"\ncounts = ""\nverbs = ["Close"]\n', "lower-case"),
    ('[border]\ngloss = "x"\nactor = "a"\ntarget = "b"\ncounts = ""\nverbs = [""]\n', "lower-case"),
    ('[border]\ngloss = "x"\nactor = "a"\ntarget = "b"\ncounts = ""\nverbs = ["close"]\nsort = "x"\n', '"measure"'),
    ('gloss = "x"\n', "stands in no table"),
    (
        '[b]\ngloss = "x"\nactor = "a"\ntarget = "b"\ncounts = ""\nverbs = ["close"]\n[b.told]\npast = "closed"\n',
        "incomplete",
    ),
    (
        '[b]\ngloss = "x"\nactor = "a"\ntarget = "b"\ncounts = ""\nverbs = ["close"]\n'
        '[b.told]\npast = "closed"\nbase = "b"\ncounted = "{who}"\none = "x"\nuncounted = "y"\n',
        "neither",
    ),
    (
        '[b]\ngloss = "x"\nactor = "a"\ntarget = "b"\ncounts = ""\nverbs = ["close"]\n[[b.examples]]\nnone = true\n',
        "no text",
    ),
    (
        '[b]\ngloss = "x"\nactor = "a"\ntarget = "b"\ncounts = ""\nverbs = ["close"]\n'
        '[[b.examples]]\ntext = "t"\nwho = "CL"\n',
        '"who"',
    ),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_mistake_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, told: str) -> None:
    from nongrata.model import VocabularyError
    from nongrata.vocabulary.events import event_types

    (tmp_path / "events.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("NONGRATA_VOCABULARY", str(tmp_path))
    with pytest.raises(VocabularyError, match=re.escape(told)) as error:
        event_types.__wrapped__()
    assert "\n" not in str(error.value)
    assert "your events.toml" in str(error.value)
