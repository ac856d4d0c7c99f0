"""CSV files of reports: a header row with the names of the input contract, one report a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from nongrata.model import InputError, Report
from nongrata.reading.decoding import decode, marked_encoding
from nongrata.reading.records import Record, report_of
from nongrata.reading.stats import Limits, ReadingStats

_COLUMNS = frozenset(Record.__struct_fields__)
_SNIFFED = 1 << 12


def read_csv(
    stream: BinaryIO, *, name: str, stats: ReadingStats, limits: Limits | None = None, encoding: str | None = None
) -> Iterator[Report]:
    """The reports of a table separated by commas, semicolons or tabs; other columns are passed over.

    ``sources`` and ``topics`` hold several names separated by semicolons. A row without text is skipped and counted.

    Raises:
        InputError: no ``text`` or ``html`` column, or not in the encoding.
    """
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    opening = buffered.peek(_SNIFFED)[:_SNIFFED]
    lines = io.TextIOWrapper(buffered, marked_encoding(opening) or encoding or "utf-8", newline="")
    csv.field_size_limit((limits or Limits()).line)
    try:
        yield from _rows(lines, name, stats)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not {lines.encoding}: {error.reason} in row {stats.reports + 2} or after it; name its encoding"
        ) from error


def _rows(lines: io.TextIOWrapper, name: str, stats: ReadingStats) -> Iterator[Report]:
    header = lines.readline()
    if "\x00" in header:
        decode(header.encode(), name=name)
    delimiter = separator_of(header)
    columns = [column.strip().casefold() for column in next(csv.reader([header], delimiter=delimiter), [])]
    if not {"text", "html"} & set(columns):
        found = ", ".join(columns[:8]) or "none"
        raise InputError(
            f"{name} has no column called text or html (its columns: {found}); rename the one that holds the report"
        )
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            stats.skip(name, f"not a row of a table: {error}", line=reader.line_num + 1, kind="not a row of a table")
            continue
        if any(cell.strip() for cell in row):
            yield from _report(dict(zip(columns, row, strict=False)), name, reader.line_num + 1, stats)


def separator_of(header: str) -> str:
    """What separates the columns of a table."""
    return max(",;\t", key=header.count)


def _report(row: dict[str, str], name: str, line: int, stats: ReadingStats) -> Iterator[Report]:
    fields = {column: value for column, value in row.items() if column in _COLUMNS and value.strip()}
    try:
        report = report_of(Record(**fields))
    except (InputError, ValueError) as error:
        stats.skip(name, str(error), line=line)
        return
    stats.reports += 1
    yield report
