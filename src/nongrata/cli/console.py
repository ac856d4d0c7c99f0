"""Where output goes: tables to a terminal or a pipe, machine formats as UTF-8, words for people to standard error."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from nongrata.model.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console


class Format(StrEnum):
    """How a table is written."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class ClaimFormat(StrEnum):
    """How claims are written."""

    TABLE = "table"
    JSONL = "jsonl"


@contextmanager
def output_to(path: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that replaces the one at ``path`` only when everything is written.

    Raises:
        InputError: the file cannot be written.
    """
    if path is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        yield sys.stdout
        return
    part = path.with_name(path.name + ".part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}): give another file with --output") from error
    finally:
        part.unlink(missing_ok=True)


def console_on(stream: TextIO) -> Console:
    """A console on a stream: colours only on a terminal, as wide as the terminal or ``COLUMNS``."""
    from nongrata.cli.safeconsole import SafeConsole

    return SafeConsole(file=stream, highlight=False, emoji=False, markup=False, soft_wrap=False)


def say(words: str) -> None:
    """Tell the person at the terminal something that is no result."""
    print(words, file=sys.stderr)  # noqa: T201


def write_jsonl(stream: TextIO, rows: Iterable[Any]) -> None:
    """One JSON object a line."""
    import msgspec

    for row in rows:
        stream.write(msgspec.json.encode(row).decode("utf-8") + "\n")


def write_csv(stream: TextIO, header: list[str], rows: Iterable[list[Any]]) -> None:
    """Comma-separated values with a header; what a spreadsheet would run as a formula gets a leading apostrophe."""
    import csv

    # A file gets the values as they are; a terminal must not run what a report's text tells it to.
    shown = stream.isatty()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(value, shown) for value in row])


def _cell(value: object, shown: bool) -> object:
    from nongrata.model.harmless import harmless, no_formula

    return no_formula(harmless(value) if shown and isinstance(value, str) else value)
