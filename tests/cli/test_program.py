from __future__ import annotations

import re
import resource
import subprocess
import sys
import types

import pytest

from nongrata._version import __version__

PROGRAM = [sys.executable, "-m", "nongrata"]
HEAVY = {"sqlalchemy", "alembic", "onnxruntime", "tokenizers", "numpy", "rapidfuzz", "ahocorasick_rs", "msgspec"}


def test_version(nongrata):
    done = nongrata("--version")
    assert (done.code, done.out) == (0, f"nongrata {__version__}\n")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_help_fits_and_names_every_command(nongrata, columns):
    done = nongrata("--help", columns=columns)
    assert done.code == 0
    for command in ("read", "ingest", "import", "incidents", "show", "tally", "evaluate", "demo"):
        assert command in done.out


@pytest.mark.parametrize("command", ["read", "ingest", "import", "incidents", "show", "tally", "evaluate", "demo"])
def test_every_command_has_help(nongrata, command):
    assert nongrata(command, "--help").code == 0


def test_help_imports_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nongrata", "--help"], capture_output=True, text=True, check=True
    )
    imported = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
    assert "nongrata.cli.app" in imported
    assert {name.split(".")[0] for name in imported} & HEAVY == set()


def test_help_is_quick():
    """The goal is 0.3 s on an idle machine; processor time is what a busy one does not blur."""
    spent = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*PROGRAM, "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(spent) < 0.5


def test_a_broken_pipe_ends_quietly():
    writer = subprocess.Popen([*PROGRAM, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.close()
    _, err = writer.communicate()
    assert err in (b"", None)


def test_control_c_ends_quietly(nongrata, monkeypatch):
    def interrupted(size: int) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=types.SimpleNamespace(read=interrupted)))
    done = nongrata("ingest", "-")
    assert (done.code, done.out, done.err) == (130, "", "")
