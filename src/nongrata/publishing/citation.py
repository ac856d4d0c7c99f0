"""Citing an incident: BibTeX and CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html).

What is cited is the ledger's record of the incident, with the day on which it was looked up, because a record grows
with its reports; the reports stand in the note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from nongrata._version import __version__
from nongrata.model import Incident, Report
from nongrata.publishing.parties import state_name

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: "\\" + character for character in "{}$&#_%"},
}


def title_of(incident: Incident) -> str:
    """What an incident is, in a line: "Expulsion: Norway → Russia, 17 or more, 2024-03"."""
    actor = incident.actor or ", ".join(map(state_name, incident.actors or ())) or "unknown"
    words = f"{incident.type.replace('_', ' ').capitalize()}: {state_name(actor)}"
    if incident.target:
        words += f" → {state_name(incident.target)}"
    if incident.best_count:
        words += f", {incident.best_count}"
    when = incident.best_when or incident.when
    return f"{words}, {when}" if when else words


def csl(incident: Incident, reports: Sequence[Report], looked_up: date) -> dict[str, Any]:
    """The citation as a CSL-JSON item."""
    item: dict[str, Any] = {
        "id": incident.id,
        "type": "dataset",
        "title": title_of(incident),
        "author": [{"literal": "nongrata ledger"}],
        "publisher": f"nongrata {__version__}",
        "number": incident.id,
        "accessed": _date_parts(looked_up),
        "note": note_of(incident, reports),
    }
    if incident.when:
        item["original-date"] = _date_parts(incident.when.first, incident.when.last)
    return item


def bibtex(incident: Incident, reports: Sequence[Report], looked_up: date) -> str:
    """The citation as a BibTeX entry, with what TeX would run made harmless."""
    fields = {
        "title": "{" + _tex(title_of(incident)) + "}",
        "author": "{nongrata ledger}",
        "howpublished": _tex(f"nongrata {__version__}, record {incident.id}"),
        "year": str(looked_up.year),
        "urldate": looked_up.isoformat(),
        "note": _tex(note_of(incident, reports)),
    }
    key = re.sub(r"[^A-Za-z0-9-]", "", incident.id)
    return "@misc{" + key + ",\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"


def note_of(incident: Incident, reports: Sequence[Report]) -> str:
    """What stands behind the record: origins, credibility, denials, the reports."""
    asserting = [origin.label for origin in incident.origins if not origin.denies]
    denying = [origin.label for origin in incident.origins if origin.denies]
    number = incident.independent_origins
    words = [f"{number} independent origin{'' if number == 1 else 's'} ({', '.join(asserting)})" if asserting else ""]
    words.append(f"denied by {', '.join(denying)}" if denying else "")
    words.append(f"credibility {incident.credibility} of 6")
    words.append("told by " + "; ".join(_reference(report) for report in reports) if reports else "")
    return ". ".join(word for word in words if word)


def _reference(report: Report) -> str:
    parts = [
        report.publisher or "unknown publisher",
        str(report.published) if report.published else "",
        report.url or "",
    ]
    return " ".join(part for part in parts if part)


def _date_parts(*days: date) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day] for day in dict.fromkeys(days)]}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in " ".join(text.split()))
