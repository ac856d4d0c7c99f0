"""Reading the tab-separated vocabulary files that ship with the package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from nongrata.model import VocabularyError


def read_text(name: str) -> str:
    """The whole of a shipped vocabulary file, e.g. ``"states.tsv"``."""
    return files("nongrata.vocabulary").joinpath(name).read_text(encoding="utf-8")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file by column name; lines that start with ``#`` are comments.

    Raises:
        VocabularyError: a row has not as many columns as the header line; the message names file and line.
    """
    header: list[str] | None = None
    for number, line in enumerate(read_text(name).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
        elif len(cells) == len(header):
            yield dict(zip(header, cells, strict=True))
        else:
            raise VocabularyError(
                f"line {number} of {name} has {len(cells)} columns and the header {len(header)}: correct that line"
            )


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell, which are separated by ``|``; an empty cell has none."""
    return tuple(value for value in cell.split("|") if value)
