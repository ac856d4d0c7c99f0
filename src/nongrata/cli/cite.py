"""``nongrata cite``: an incident as a citation."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from nongrata.cli.console import output_to, write_jsonl
from nongrata.cli.settings import open_fresh
from nongrata.cli.show import find
from nongrata.model.errors import LedgerError


class CitationFormat(StrEnum):
    """How a citation is written."""

    BIBTEX = "bibtex"
    CSL = "csl"


def cite(
    context: typer.Context,
    id: Annotated[str, typer.Argument(help="Id of an incident, or how it begins.", show_default=False)],
    format: Annotated[CitationFormat, typer.Option(help="BibTeX, or CSL-JSON.")] = CitationFormat.BIBTEX,
) -> None:
    """Print how to cite an incident: its record as of today, its origins and the reports that tell it."""
    from datetime import UTC, datetime

    from nongrata.publishing.citation import bibtex, csl

    with open_fresh(context) as view:
        kind, full = find(view, id)
        incident = view.incident(full) if kind == "incident" else None
        if incident is None:
            raise LedgerError(f"{id} is no incident that can be cited: list them with `nongrata incidents`")
        kept = view.reports(incident.reports)
    reports = [kept[report] for report in incident.reports if report in kept]
    today = datetime.now(UTC).date()
    with output_to(None) as stream:
        if format is CitationFormat.CSL:
            write_jsonl(stream, [csl(incident, reports, today)])
        else:
            stream.write(bibtex(incident, reports, today))
