"""Reading one shard into one claims file, which is there only when it is whole. Runs in a worker, or right here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from nongrata.cluster.shards import Shard, at_hand
from nongrata.extraction.interface import Reader
from nongrata.model import Claim, InputError, Report
from nongrata.publishing.jsonl import claim_object, report_object
from nongrata.publishing.sinks import sink_to
from nongrata.reading.sources import open_reports
from nongrata.reading.stats import ReadingStats

SHIPPED = "nongrata.extraction.reader:default_reader"
"""Where a worker finds the shipped reader."""


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is read: how many reports and claims, what was skipped, and the SHA-256 of its claims file."""

    source: str
    reader: str
    reports: int
    claims: int
    sha256: str
    skipped: Mapping[str, int] = field(default_factory=dict)


def make_reader(factory: str) -> Reader:
    """The reader that ``module:function`` makes."""
    module, _, name = factory.partition(":")
    made: Callable[[], Reader] = getattr(import_module(module), name)
    return made()


def claims_file(out: Path, shard: Shard) -> Path:
    """Where a shard's claims go."""
    return out / f"{shard.name}.jsonl"


def line_of(report: Report, claims: list[Claim]) -> bytes:
    """A line of a claims file: the report with its text and all facts, and its claims."""
    row = report_object(report) | {"claims": [claim_object(claim) for claim in claims]}
    return msgspec.json.encode(row) + b"\n"


def read_shard(reader: Reader, shard: Shard, out: Path, *, silent: bool = True) -> Done:
    """Read a shard; the claims file takes its place first, then the note that it is done.

    Args:
        reader: reads the reports.
        shard: what to read.
        out: the folder of claims files, which all workers see.
        silent: keep reports without a claim as well.

    Raises:
        InputError: the shard cannot be read, or the folder not be written.
    """
    stats = ReadingStats()
    reports = claims = 0
    with at_hand(shard) as path, sink_to(claims_file(out, shard)) as sink:
        for report, found in reader.read_many(open_reports(path, stats=stats)):
            reports += 1
            claims += len(found)
            if found or silent:
                sink.write(line_of(report, found))
    done = Done(shard.source, reader.name, reports, claims, sink.sha256, dict(stats.reasons))
    with sink_to(_note(out, shard)) as note:
        note.write(msgspec.json.encode(asdict(done)) + b"\n")
    return done


def done_before(out: Path, shard: Shard, reader: str) -> Done | None:
    """The shard as it was read before by the same reader; None when it has to be read."""
    try:
        row: dict[str, Any] = msgspec.json.decode(_note(out, shard).read_bytes())
        done = Done(**row)
    except (OSError, msgspec.DecodeError, TypeError):
        return None
    whole = done.source == shard.source and done.reader == reader and claims_file(out, shard).exists()
    return done if whole else None


def claims_files(out: Path) -> list[tuple[Path, str]]:
    """The claims files of a folder that are whole and not empty, by name, each with its reader's name."""
    found = []
    for note in sorted(out.glob("*.done.json")):
        path = note.with_name(note.name.removesuffix(".done.json") + ".jsonl")
        if path.exists() and path.stat().st_size:
            found.append((path, str(msgspec.json.decode(note.read_bytes())["reader"])))
    return found


def prepared(out: Path) -> Path:
    """The folder of claims files, made where it is not there.

    Raises:
        InputError: it cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out} cannot be made ({error.strerror}): give a folder that all workers see") from error
    return out


def _note(out: Path, shard: Shard) -> Path:
    return out / f"{shard.name}.done.json"
