"""Put what commands print into the README and the tutorial, and the table of the report. ``--check`` writes nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
TUTORIAL = Path(__file__).parent / "tutorial.md"
WIDTH = 100


def demo_output() -> str:
    """What ``nongrata demo`` writes to standard output at a fixed width, without colours.

    Raises:
        subprocess.CalledProcessError: the demo failed.
    """
    plain = {"COLUMNS": str(WIDTH), "NO_COLOR": "1", "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "nongrata", "demo"],
            env={**os.environ, **plain},
            cwd=folder,
            stdout=subprocess.PIPE,
            check=True,
        )
    lines = done.stdout.decode("utf-8").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def filled(readme: str, name: str, text: str) -> str:
    """The README with the block between ``<!-- name -->`` and ``<!-- /name -->`` replaced.

    Raises:
        ValueError: the marks are not there, or more than once.
    """
    block = re.compile(f"<!-- {name} -->\\n.*?<!-- /{name} -->", re.DOTALL)
    if len(block.findall(readme)) != 1:
        raise ValueError(f"README.md needs one <!-- {name} --> ... <!-- /{name} --> block")
    return block.sub(lambda _: f"<!-- {name} -->\n{text}\n<!-- /{name} -->", readme)


def current(readme: str) -> str:
    """The README with both blocks as they should be now."""
    sys.path.insert(0, str(Path(__file__).parent))
    from report_table import table

    readme = filled(readme, "demo", f"```text\n{demo_output()}\n```")
    return filled(readme, "report", table())


def current_tutorial(page: str) -> str:
    """The tutorial with its blocks as they should be now."""
    sys.path.insert(0, str(Path(__file__).parent))
    from run_blocks import current as with_blocks

    return with_blocks(page)


def main() -> int:
    """Fill both pages, or with ``--check`` compare them; 1 when one is out of date."""
    stale = 0
    for page, fill in ((README, current), (TUTORIAL, current_tutorial)):
        old = page.read_text(encoding="utf-8")
        new = fill(old)
        stale += old != new
        if "--check" not in sys.argv[1:]:
            page.write_text(new, encoding="utf-8")
    if "--check" in sys.argv[1:]:
        sys.stdout.write("run python docs/update_readme.py\n" if stale else "the pages are current\n")
        return int(stale > 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
