"""The documentation as the tests see it: pages, their links, and the commands they show."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "src" / "nongrata" / "samples" / "README.md",
    ]
)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_MADE = re.compile(r"<!-- (demo|report) -->.*?<!-- /\1 -->", re.DOTALL)


def text_of(page: Path) -> str:
    """A page without what scripts fill in."""
    return _MADE.sub("", page.read_text(encoding="utf-8"))


def fenced_lines(page: Path) -> list[str]:
    """The lines of its code blocks, comments cut off."""
    blocks = [body for _, body in _FENCE.findall(text_of(page))]
    return [line.split("  #")[0].strip() for body in blocks for line in body.splitlines() if line.strip()]


def commands_of(page: Path) -> list[list[str]]:
    """Every ``nongrata ...`` that a page shows, in blocks and in passing, as words."""
    shown = [*fenced_lines(page), *_INLINE.findall(_FENCE.sub("", text_of(page)))]
    return [words(line) for line in shown if line.startswith("nongrata ")]


def words(line: str) -> list[str]:
    """The words of a command line, the program's name left out."""
    return shlex.split(line)[1:]


def links_of(page: Path) -> list[str]:
    """Every link target of a page that is not on the web."""
    return [link for link in _LINK.findall(_FENCE.sub("", text_of(page))) if "://" not in link]


def anchors_of(page: Path) -> set[str]:
    """The anchors that a page's headings make, as GitHub makes them."""
    headings = _HEADING.findall(_FENCE.sub("", text_of(page)))
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def script(name: str) -> ModuleType:
    """A script of the docs folder as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
