"""Fill the blocks of a page that show what commands print: ``<!-- run nongrata show {incident} --> ... <!-- /run -->``.

The commands are run from top to bottom on a ledger of the samples. ``{incident}`` is the incident that most reports
tell, other words are as they stand. ``update_readme.py`` calls this for the tutorial.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

WIDTH = 100
LINES = 40
_BLOCK = re.compile(r"<!-- run nongrata (.+?) -->\n.*?<!-- /run -->", re.DOTALL)


def current(page: str) -> str:
    """The page with its blocks as they should be now.

    Raises:
        subprocess.CalledProcessError: a command failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        _run(["demo"], Path(folder))
        names = {"incident": _most_told(Path(folder))}
        return _BLOCK.sub(lambda match: _filled(match[1], names, Path(folder)), page)


def _filled(line: str, names: dict[str, str], folder: Path) -> str:
    asked = line.format(**names)
    printed = _run(shlex.split(asked), folder).splitlines()
    shown = printed[:LINES] + (["..."] if len(printed) > LINES else [])
    return "\n".join(
        [f"<!-- run nongrata {line} -->", "```text", f"$ nongrata {asked}", *shown, "```", "<!-- /run -->"]
    )


def _most_told(folder: Path) -> str:
    lines = _run(["incidents", "--target", "BE", "--format", "jsonl"], folder).splitlines()
    incidents = [json.loads(line) for line in lines]
    return str(max(incidents, key=lambda one: (len(one["reports"]), one["id"]))["id"])


def _run(words: list[str], folder: Path) -> str:
    plain = {
        "COLUMNS": str(WIDTH),
        "NO_COLOR": "1",
        "TERM": "dumb",
        "PYTHONIOENCODING": "utf-8",
        "NONGRATA_LEDGER": str(folder / "tutorial.db"),
    }
    done = subprocess.run(  # noqa: S603  commands of our own page
        [sys.executable, "-m", "nongrata", *words],
        env={**os.environ, **plain},
        cwd=folder,
        stdout=subprocess.PIPE,
        check=True,
    )
    return "\n".join(line.rstrip() for line in done.stdout.decode("utf-8").splitlines()).strip("\n")
