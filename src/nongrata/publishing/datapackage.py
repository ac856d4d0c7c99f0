"""The descriptor beside an export: a Frictionless Data Package (https://specs.frictionlessdata.io/data-package/)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from nongrata._version import __version__
from nongrata.ledger import ClaimFilter
from nongrata.publishing.columns import Column
from nongrata.publishing.csvfile import SEPARATOR
from nongrata.publishing.losses import Loss

CODEBOOK = "1"
"""Version of the codebook that claims are coded by; it changes when the meaning of a field does."""

_LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}
_KINDS = {"json": "string"}


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of an export: its name beside the descriptor, rows (lines, features, objects), bytes and hash."""

    name: str
    path: str
    mediatype: str
    rows: int
    bytes: int
    sha256: str
    columns: Sequence[Column[Any]] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a descriptor says of an export beside its files."""

    only: ClaimFilter
    redacted: bool
    licence: str
    readers: Sequence[str]
    counts: dict[str, int]
    losses: Sequence[Loss]


def descriptor(resources: Sequence[Resource], provenance: Provenance) -> dict[str, Any]:
    """The data package as a JSON object; what Frictionless has no field for is under ``nongrata``."""
    return {
        "profile": "data-package",
        "name": "nongrata-export",
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [_licence(provenance.licence)],
        "resources": [_resource(resource) for resource in resources],
        "nongrata": {
            "version": __version__,
            "codebook": CODEBOOK,
            "readers": list(provenance.readers),
            "filter": filter_object(provenance.only),
            "persons_withheld": provenance.redacted,
            "counts": provenance.counts,
            "losses": [dataclasses.asdict(loss) for loss in provenance.losses],
            "licence_covers": "the coding (claims, incidents); texts, titles and sentences are their publishers'",
        },
    }


def filter_object(only: ClaimFilter) -> dict[str, Any]:
    """The properties of a filter that restrict something."""
    found = dataclasses.asdict(only)
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
        if value not in (None, "", ())
    }


def _licence(name: str) -> dict[str, str]:
    path = _LICENCES.get(name)
    return {"name": name, "path": path} if path else {"name": name}


def _resource(resource: Resource) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": resource.name,
        "path": resource.path,
        "mediatype": resource.mediatype,
        "encoding": "utf-8",
        "bytes": resource.bytes,
        "hash": f"sha256:{resource.sha256}",
        "rows": resource.rows,
    }
    if resource.columns:
        found["profile"] = "tabular-data-resource"
        found["schema"] = {"fields": [_field(column) for column in resource.columns], "missingValues": [""]}
    return found


def _field(column: Column[Any]) -> dict[str, str]:
    field = {"name": column.name, "type": _KINDS.get(column.kind, column.kind), "description": column.about}
    if column.kind == "list":
        # Data Package v1 has no lists of texts; v2 has, with this delimiter.
        field |= {"type": "list", "delimiter": SEPARATOR, "itemType": "string"}
    return field
