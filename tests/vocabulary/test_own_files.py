"""A user adds outlets and event types in files of their own, without code; each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

TYPE = """
[airspace_closure]
gloss = "A state closes its sky to the aircraft of another."
actor = "the closing state"
target = "the state shut out"
counts = ""
verbs = ["close"]
nouns = []
phrases = ["overflight ban"]
weak = []
firm = []
beside = []
not = []
[airspace_closure.subtypes]
"""
HEADER = "name\taliases\tkind\tlanguage\tstate\tfamily\twire\tweak\n"


def call(folder: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"NONGRATA_VOCABULARY": str(folder / "words")}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, input=stdin, capture_output=True, text=True
    )


def own(folder: Path, name: str, text: str) -> None:
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / name).write_text(text, encoding="utf-8")


def test_an_outlet_of_ones_own(tmp_path: Path) -> None:
    own(tmp_path, "outlets.tsv", HEADER + "Fjord Lookout\tfjordlookout.example\tdaily\tno\tNO\t\t0\t\n")
    code = "from nongrata.vocabulary.outlets import outlet; print(outlet('fjordlookout.example').state)"
    assert call(tmp_path, "-c", code).stdout.strip() == "NO"


def test_a_type_of_ones_own_is_gated_imported_listed_and_exported(tmp_path: Path) -> None:
    own(tmp_path, "events.toml", TYPE)
    code = "from nongrata.language.gate import gate; print({h.stem for h in gate().hits('an overflight ban')})"
    assert "overflight ban" in call(tmp_path, "-c", code).stdout
    claim = {"type": "airspace_closure", "actor": "NO", "target": "RU", "when": ["2024-03-01", "2024-03-02"]}
    claim["source_chain"] = ["Fjord Lookout"]
    line = {"id": "f-1", "published": "2024-03-02", "publisher": "Fjord Lookout", "claims": [claim]}
    (tmp_path / "claims.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert call(tmp_path, "-m", "nongrata", "import", "claims.jsonl").returncode == 0
    listed = call(tmp_path, "-m", "nongrata", "incidents", "--type", "airspace_closure", "--format", "jsonl").stdout
    assert json.loads(listed)["actor"] == "NO"
    for format in ("csv", "geojson", "stix", "ftm"):
        done = call(tmp_path, "-m", "nongrata", "export", "--format", format, f"out.{format}")
        assert done.returncode == 0, done.stderr
        assert "airspace_closure" in (tmp_path / f"out.{format}").read_text(encoding="utf-8")


def test_mistakes_are_told_in_a_line(tmp_path: Path) -> None:
    own(tmp_path, "events.toml", "[airspace_closure]\n")
    done = call(tmp_path, "-m", "nongrata", "read", "-", stdin="Belgium expelled 21 Russian diplomats.")
    assert done.returncode == 1
    assert "airspace_closure" in done.stderr
    assert "Traceback" not in done.stderr
    own(tmp_path, "events.toml", "nonsense")
    assert "your events.toml" in call(tmp_path, "-m", "nongrata", "read", "-", stdin="Belgium expelled 21.").stderr
    (tmp_path / "words" / "events.toml").unlink()
    (tmp_path / "words").rmdir()
    assert "is no folder" in call(tmp_path, "-m", "nongrata", "read", "-", stdin="Belgium expelled 21.").stderr
