"""JSON lines, one report a line, in constant memory: a bad line costs itself and no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from nongrata.model import InputError, Report
from nongrata.reading.records import Record, report_of
from nongrata.reading.stats import Limits, ReadingStats, size

_CHUNK = 1 << 16
_BOM = b"\xef\xbb\xbf"
_DECODER = msgspec.json.Decoder(Record)


def read_jsonl(stream: BinaryIO, *, name: str, stats: ReadingStats, limits: Limits | None = None) -> Iterator[Report]:
    """The reports of a stream of JSON lines.

    Lines that are no JSON, no record of the contract, or longer than ``limits.line`` are skipped and counted in
    ``stats`` with their number (from 1). Blank lines are passed over.
    """
    limit = (limits or Limits()).line
    for number, line in bounded_lines(stream, limit):
        if line is None:
            stats.skip(name, f"the line is longer than {size(limit)}", line=number)
            continue
        if number == 1:
            line = line.removeprefix(_BOM)
        if not line.strip():
            continue
        try:
            report = report_of(_DECODER.decode(line))
        except msgspec.DecodeError as error:
            stats.skip(name, f"not a report in JSON: {error}", line=number, kind="not a report in JSON")
        except RecursionError:
            stats.skip(name, "it nests too deep", line=number)
        except UnicodeDecodeError as error:
            stats.skip(name, f"not UTF-8: {error}", line=number, kind="not UTF-8")
        except (InputError, ValueError) as error:
            stats.skip(name, str(error), line=number)
        else:
            stats.reports += 1
            yield report


def bounded_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a stream with their numbers from 1, without their ends; None for one of more than ``limit`` bytes.

    At no time more than ``limit`` and one chunk are held.
    """
    number = 1
    while True:
        line = stream.readline(limit + 1)
        if not line:
            return
        if len(line) > limit and not line.endswith(b"\n"):
            _pass_over(stream)
            yield number, None
        else:
            yield number, line.rstrip(b"\r\n")
        number += 1


def _pass_over(stream: BinaryIO) -> None:
    while True:
        chunk = stream.readline(_CHUNK)
        if not chunk or chunk.endswith(b"\n"):
            return
