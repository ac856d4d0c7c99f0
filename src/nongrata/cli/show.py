"""``nongrata show``: one incident, report, claim or total with everything behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from nongrata.cli.console import ClaimFormat, console_on, output_to, write_jsonl
from nongrata.cli.settings import open_fresh
from nongrata.model.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from nongrata.ledger import LedgerView


def show(
    context: typer.Context,
    id: Annotated[
        str, typer.Argument(help="Id of an incident, report, total or claim, or how it begins.", show_default=False)
    ],
    format: Annotated[ClaimFormat, typer.Option(help="A view for people, or JSON lines.")] = ClaimFormat.TABLE,
) -> None:
    """Show an incident with its claims, chains and contradictions; or a report, a claim, a total with what it sums."""
    with open_fresh(context) as view, output_to(None) as stream:
        kind, full = find(view, id)
        show_one = {"incident": _incident, "report": _report, "total": _total}.get(kind, _claim)
        row, page = show_one(view, full)
        if format is ClaimFormat.JSONL:
            write_jsonl(stream, [row])
        else:
            page(console_on(stream))


Shown = tuple[dict[str, Any], "Callable[[Console], None]"]
"""A thing as an object of its format, and what prints its page."""


def _incident(view: LedgerView, full: str) -> Shown:
    from nongrata.cli.evidence import print_incident

    incident = view.incident(full)
    if incident is None:
        raise LedgerError(
            f"the incident {full} is gone and nothing took its place: list them with `nongrata incidents`"
        )
    return incident.to_dict(), lambda console: print_incident(console, view, incident, asked=full)


def _report(view: LedgerView, full: str) -> Shown:
    from nongrata.cli.evidence import print_report_page
    from nongrata.cli.read import claims_object

    report, claims = view.reports([full])[full], view.claims_of_report(full)
    row = claims_object(report, claims) | view.copy_lineage(full).to_dict()
    return row, lambda console: print_report_page(console, view, report, claims)


def _total(view: LedgerView, full: str) -> Shown:
    from nongrata.cli.evidence import print_total

    total = view.total(full)
    if total is None:
        raise LedgerError(f"the figure {full} is gone: list what there is with `nongrata tally`")
    return total.to_dict(), lambda console: print_total(console, view, total)


def _claim(view: LedgerView, full: str) -> Shown:
    from nongrata.cli.evidence import print_claim_page

    claim = view.claims([full])[full]
    return claim.to_dict(), lambda console: print_claim_page(console, view, claim)


def find(view: LedgerView, prefix: str) -> tuple[str, str]:
    """The one thing that ``prefix`` names; a full id wins over longer ones that begin with it.

    Raises:
        LedgerError: nothing or several things begin so.
    """
    found = view.ids_like(prefix)
    exact = [thing for thing in found if thing[1] == prefix]
    if exact or len(found) == 1:
        return (exact or found)[0]
    if not found:
        raise LedgerError(f"nothing in {view.shown} is called {prefix}: list the incidents with `nongrata incidents`")
    some = ", ".join(name for _, name in found[:5])
    raise LedgerError(f"{prefix} may be any of {some}{', ...' if len(found) > 5 else ''}: give more of the id")
