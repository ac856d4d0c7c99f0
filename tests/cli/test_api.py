from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

import nongrata
from nongrata.model import Interval
from tests.ledger.helpers import FakeReader


def test_the_public_names_are_these():
    assert nongrata.__all__ == [
        "Claim",
        "DateInterval",
        "Incident",
        "Interval",
        "Ledger",
        "LedgerView",
        "NongrataError",
        "Report",
        "__version__",
        "read",
    ]
    assert all(getattr(nongrata, name) is not None for name in nongrata.__all__)
    assert dir(nongrata) == nongrata.__all__
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = nongrata.nothing


def test_importing_the_package_imports_nothing_else_of_it():
    code = "import sys, nongrata; print([m for m in sys.modules if m.startswith('nongrata.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['nongrata._version']"


def test_read_takes_a_text():
    claims = nongrata.read(
        "BE expelled 21 RU envoys.", publisher="Lantern", published=date(2024, 3, 5), reader=FakeReader()
    )
    assert [(claim.actor, claim.count, claim.publisher) for claim in claims] == [("BE", Interval(21, 21), "Lantern")]


def test_read_takes_a_path_and_the_name_of_a_file(tmp_path):
    path = tmp_path / "one.txt"
    path.write_text("BE expelled 21 RU envoys.")
    assert len(nongrata.read(path, reader=FakeReader())) == 1
    assert len(nongrata.read(str(path), reader=FakeReader())) == 1
    assert nongrata.read("no such file.txt", reader=FakeReader()) == []
