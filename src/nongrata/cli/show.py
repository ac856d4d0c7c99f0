"""``nongrata show``: one incident, report or claim with everything behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.console import ClaimFormat, console_on, output_to, write_jsonl
from nongrata.cli.settings import open_fresh, settings_of
from nongrata.model.errors import LedgerError

if TYPE_CHECKING:
    from nongrata.ledger import LedgerView


def show(
    context: typer.Context,
    id: Annotated[
        str, typer.Argument(help="Id of an incident or report, key of a claim, or how it begins.", show_default=False)
    ],
    format: Annotated[ClaimFormat, typer.Option(help="A view for people, or JSON lines.")] = ClaimFormat.TABLE,
) -> None:
    """Show an incident with its claims, chains and contradictions; or a report, or a claim."""
    from nongrata.cli.evidence import print_claim_page, print_incident, print_report_page
    from nongrata.cli.read import claims_object

    with open_fresh(context) as view, output_to(None) as stream:
        kind, full = find(view, id, settings_of(context).ledger)
        console = console_on(stream)
        if kind == "incident":
            incident = view.incident(full)
            if incident is None:
                raise LedgerError(
                    f"the incident {full} is gone and nothing took its place: list them with `nongrata incidents`"
                )
            if format is ClaimFormat.JSONL:
                write_jsonl(stream, [incident.to_dict()])
            else:
                print_incident(console, view, incident, asked=full)
        elif kind == "report":
            report, claims = view.reports([full])[full], view.claims_of_report(full)
            if format is ClaimFormat.JSONL:
                write_jsonl(stream, [claims_object(report, claims)])
            else:
                print_report_page(console, report, claims)
        else:
            claim = view.claims([full])[full]
            if format is ClaimFormat.JSONL:
                write_jsonl(stream, [claim.to_dict()])
            else:
                print_claim_page(console, view, claim)


def find(view: LedgerView, prefix: str, where: str) -> tuple[str, str]:
    """The one thing that ``prefix`` names; a full id wins over longer ones that begin with it.

    Raises:
        LedgerError: nothing or several things begin so.
    """
    found = view.ids_like(prefix)
    exact = [thing for thing in found if thing[1] == prefix]
    if exact or len(found) == 1:
        return (exact or found)[0]
    if not found:
        raise LedgerError(f"nothing in {where} is called {prefix}: list the incidents with `nongrata incidents`")
    some = ", ".join(name for _, name in found[:5])
    raise LedgerError(f"{prefix} may be any of {some}{', ...' if len(found) > 5 else ''}: give more of the id")
