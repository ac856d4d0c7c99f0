"""The measured accuracy, as the documentation tells it: its page comes with the package."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

_SIGNS = re.compile(r"\*\*|`|(?<!\w)\*|\*(?!\w)")


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (with its ``level``), a paragraph, or a table (first row: the header)."""

    level: int = 0
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@cache
def accuracy() -> tuple[Part, ...]:
    """The page ``docs/accuracy.md`` in parts; empty where the package was built without it."""
    packed = files("nongrata.web").joinpath("data", "accuracy.md")
    beside = Path(__file__).parents[3] / "docs" / "accuracy.md"
    if packed.is_file():
        return parts_of(packed.read_text(encoding="utf-8"))
    return parts_of(beside.read_text(encoding="utf-8")) if beside.is_file() else ()


def parts_of(markdown: str) -> tuple[Part, ...]:
    """A page of headings, paragraphs and tables in parts; how it is made, which only builders need, is left out."""
    found = []
    for block in re.split(r"\n\s*\n", markdown):
        lines = block.strip().splitlines()
        if not lines or lines[0].startswith(("Made by", "# ")):
            continue
        if lines[0].startswith("#"):
            marks, _, words = lines[0].partition(" ")
            found.append(Part(level=len(marks), text=_plain(words)))
        elif lines[0].startswith("|"):
            cells = [tuple(_plain(cell.strip()) for cell in line.strip("|").split("|")) for line in lines]
            found.append(Part(rows=(cells[0], *cells[2:])))
        else:
            found.append(Part(text=_plain(" ".join(lines))))
    return tuple(found)


def _plain(text: str) -> str:
    return _SIGNS.sub("", text)
