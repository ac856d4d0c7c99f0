"""Exporting: a ledger, a filter and a format in; files, a descriptor and a loss list out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from nongrata.ledger import ClaimFilter, LedgerView
from nongrata.model import InputError
from nongrata.publishing import csvfile, ftm, geojson, jsonl, parquet, stix
from nongrata.publishing.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Column
from nongrata.publishing.datapackage import Provenance, Resource, descriptor
from nongrata.publishing.jsonl import Told
from nongrata.publishing.losses import Loss, LossList
from nongrata.publishing.sinks import Sink, sink_to, unwritable
from nongrata.publishing.snapshot import Snapshot, snapshot

Writer = Callable[[Snapshot, Sink, LossList, Told], int]


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a format: ``write`` fills it and returns its rows; ``of`` tells what the filter selects in it."""

    name: str
    of: str
    mediatype: str
    write: Writer
    columns: Sequence[Column[Any]] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an export made: the files with the descriptor last, rows by file, and what was lost."""

    files: tuple[Path, ...]
    rows: Mapping[str, int]
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How to export.

    ``licence`` is a name of the Open Definition; ``redact`` withholds the names of persons; ``tlp`` is the marking of
    STIX objects: clear, green, amber or red.
    """

    only: ClaimFilter = field(default_factory=ClaimFilter)
    redact: bool = False
    licence: str = "CC-BY-4.0"
    tlp: str = "clear"


def _stix_part(tlp: str) -> Part:
    write = partial(stix.write_stix, tlp=tlp)
    return Part("bundle.json", "incidents", "application/stix+json;version=2.1", write)


_PARQUET = "application/vnd.apache.parquet"
_INCIDENTS_CSV = Part("incidents.csv", "incidents", "text/csv", csvfile.write_incidents, INCIDENT_COLUMNS)
_CLAIMS_CSV = Part("claims.csv", "claims", "text/csv", csvfile.write_claims, CLAIM_COLUMNS)
_JSONL = Part("claims.jsonl", "claims", "application/x-ndjson", jsonl.write_jsonl)

FORMATS: Mapping[str, tuple[Part, ...]] = {
    "csv": (_INCIDENTS_CSV,),
    "claims-csv": (_CLAIMS_CSV,),
    "jsonl": (_JSONL,),
    "geojson": (Part("incidents.geojson", "incidents", "application/geo+json", geojson.write_geojson),),
    "ftm": (Part("entities.ftm.json", "incidents", "application/x-ndjson", ftm.write_entities),),
    "ftm-statements": (Part("statements.csv", "incidents", "text/csv", ftm.write_statements),),
    "stix": (_stix_part("clear"),),
    "parquet": (
        Part("incidents.parquet", "incidents", _PARQUET, parquet.write_incidents, parquet.PARQUET_INCIDENT_COLUMNS),
        Part("claims.parquet", "claims", _PARQUET, parquet.write_claims, CLAIM_COLUMNS),
        Part("reports.parquet", "claims", _PARQUET, parquet.write_reports, parquet.REPORT_COLUMNS),
    ),
    "package": (_INCIDENTS_CSV, _CLAIMS_CSV, _JSONL),
}
"""The formats by name; one of several files goes into a folder."""


def export(
    view: LedgerView,
    format: str,
    out: Path,
    options: Options | None = None,
    told: Callable[[str, int], None] = lambda name, done: None,
) -> Outcome:
    """Write a part of a ledger in a format, as it stands now.

    Beside a file lies its descriptor (``OUT.datapackage.json``); a format of several files fills a folder with a
    ``datapackage.json``. A file takes its place only when it is whole. Memory does not grow with the ledger.

    Args:
        view: the ledger, its incidents up to date.
        format: one of ``FORMATS``.
        out: the file, or the folder for a format of several files.
        options: filter, withholding of persons, licence.
        told: is called with a file's name and how many claims or incidents are done.

    Raises:
        InputError: there is no such format, the filter does not fit it, or the place cannot be written.
        LedgerError: the ledger cannot be read.
    """
    chosen = options or Options()
    parts = _parts(format, chosen)
    _check_filter(format, parts, chosen.only)
    into_folder = len(parts) > 1
    if into_folder:
        _make_folder(out)
    elif out.is_dir():
        raise InputError(f"{out} is a folder: give a file for the format {format}")
    losses, resources, files = LossList(), [], []
    with snapshot(view, chosen.only, redact=chosen.redact) as taken:
        for part in parts:
            path = out / part.name if into_folder else out
            lost = LossList()
            resources.append(_written(part, path, taken, lost, told))
            losses.take(lost, part.name if into_folder else "")
            files.append(path)
        provenance = Provenance(
            taken.shown_filter(), chosen.redact, chosen.licence, taken.readers(), taken.tally(), losses.losses
        )
    beside = out / "datapackage.json" if into_folder else out.with_name(out.name + ".datapackage.json")
    with sink_to(beside) as sink:
        sink.write(msgspec.json.format(msgspec.json.encode(descriptor(resources, provenance)), indent=2) + b"\n")
    return Outcome((*files, beside), {r.path: r.rows for r in resources}, losses.losses)


def _parts(format: str, options: Options) -> tuple[Part, ...]:
    if format == "stix":
        return (_stix_part(options.tlp),)
    try:
        return FORMATS[format]
    except KeyError as error:
        raise InputError(f"there is no format {format}: choose one of {', '.join(FORMATS)}") from error


def _check_filter(format: str, parts: Sequence[Part], only: ClaimFilter) -> None:
    """Refuse a filter that a file of the format cannot obey."""
    claims_only = only.text or only.factuality or only.publishers or only.reviewed is not None
    if claims_only and any(part.of == "incidents" for part in parts):
        raise InputError(
            f"words, factuality, publisher and reviewed choose claims, and {format} holds incidents: "
            "leave them out or choose a format of claims"
        )


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(out, error) from error


def _written(part: Part, path: Path, taken: Snapshot, losses: LossList, told: Callable[[str, int], None]) -> Resource:
    with sink_to(path) as sink:
        rows = part.write(taken, sink, losses, lambda done: told(part.name, done))
    name = part.name.replace(".", "-")
    return Resource(name, path.name, part.mediatype, rows, sink.size, sink.sha256, part.columns)
