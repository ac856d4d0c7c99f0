"""Reading the vocabulary files: those that ship with the package, and a user's own beside them.

The folder that the variable ``NONGRATA_VOCABULARY`` names may hold files of the same names (``outlets.tsv``,
``events.toml``) whose rows and tables come after the shipped ones; one with a shipped name stands in its place.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from nongrata.model import VocabularyError


def read_text(name: str) -> str:
    """The whole of a shipped vocabulary file, e.g. ``"states.tsv"``."""
    return files("nongrata.vocabulary").joinpath(name).read_text(encoding="utf-8")


def own_text(name: str) -> str | None:
    """A user's own file of that name; None where there is none.

    Raises:
        VocabularyError: ``NONGRATA_VOCABULARY`` names no folder, or the file cannot be read.
    """
    folder = os.environ.get("NONGRATA_VOCABULARY")
    if not folder:
        return None
    if not Path(folder).is_dir():
        raise VocabularyError(f"NONGRATA_VOCABULARY names {folder}, which is no folder: correct or unset it")
    path = Path(folder) / name
    try:
        return path.read_text(encoding="utf-8") if path.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path} cannot be read as UTF-8 text ({error}): correct it") from error


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file by column name, a user's own last; lines that start with ``#`` are comments.

    Raises:
        VocabularyError: a row has not as many columns as the header line; the message names file and line.
    """
    yield from _rows(name, read_text(name))
    own = own_text(name)
    if own is not None:
        yield from _rows(f"your {name}", own)


def _rows(name: str, text: str) -> Iterator[dict[str, str]]:
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
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
