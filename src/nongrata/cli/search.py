"""``nongrata search``: claims by words and properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.console import ClaimFormat, console_on, output_to, say, write_jsonl
from nongrata.cli.incidents import Actor, Since, Target, Type, Until
from nongrata.cli.settings import open_fresh
from nongrata.cli.sourcing import day_of
from nongrata.model.wording import plural

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.ledger import Facets, LedgerView
    from nongrata.model import Claim


def search(
    context: typer.Context,
    text: Annotated[
        str, typer.Argument(help='Words that occur; "a phrase", -without, begin*.', show_default=False)
    ] = "",
    type: Type = None,
    actor: Actor = None,
    target: Target = None,
    since: Since = None,
    until: Until = None,
    factuality: Annotated[
        list[str] | None, typer.Option(help="Only this factuality (CT+, PR+, PS+, CT-, Uu).", show_default=False)
    ] = None,
    publisher: Annotated[
        list[str] | None, typer.Option(help="Only from this publisher (may be repeated).", show_default=False)
    ] = None,
    credibility: Annotated[
        list[int] | None, typer.Option(help="Only in incidents of this grade (1-6).", show_default=False)
    ] = None,
    reviewed: Annotated[
        bool | None, typer.Option(help="Only what a person has reviewed, or has not.", show_default=False)
    ] = None,
    facets: Annotated[bool, typer.Option("--facets", help="Show the numbers by property, too.")] = False,
    limit: Annotated[int, typer.Option(help="How many claims.", metavar="N", min=1, max=1000)] = 20,
    after: Annotated[
        str | None, typer.Option(help="The page after this mark.", metavar="MARK", show_default=False)
    ] = None,
    format: Annotated[ClaimFormat, typer.Option(help="A view for people, or JSON lines.")] = ClaimFormat.TABLE,
) -> None:
    """Find claims by words in their sentences and headlines and by what they say, newest first."""
    from nongrata.ledger import ClaimFilter

    only = ClaimFilter(
        text=text,
        types=tuple(type or ()),
        actors=tuple(actor or ()),
        targets=tuple(target or ()),
        since=day_of(since, "--since"),
        until=day_of(until, "--until"),
        factuality=tuple(factuality or ()),
        publishers=tuple(publisher or ()),
        credibility=tuple(credibility or ()),
        reviewed=reviewed,
    )
    with open_fresh(context) as view, output_to(None) as stream:
        page = view.search(only, after=after, limit=limit)
        if format is ClaimFormat.JSONL:
            write_jsonl(stream, ({"key": c.key, "report": c.report_id, **c.to_dict()} for c in page.found))
        else:
            console = console_on(stream)
            _print_claims(console, view, page.found)
            if facets:
                _print_facets(console, view.facets(only))
    if page.after:
        say(f"nongrata: there is more: add --after {page.after}")


def _print_claims(console: Console, view: LedgerView, claims: tuple[Claim, ...]) -> None:
    from nongrata.cli.claimview import print_claim

    reports = view.reports({claim.report_id for claim in claims})
    for claim in claims:
        report = reports[claim.report_id]
        where = f"{claim.publisher or 'unknown publisher'} · {claim.published or 'no date'} · {claim.report_id}"
        console.print(f"{where} · {claim.key[:10]}", style="cyan")
        print_claim(console, claim, report.text)
    console.print(plural(len(claims), "claim"), style="dim")


def _print_facets(console: Console, facets: Facets) -> None:
    for name, values in facets.values.items():
        shown = ", ".join(f"{value or 'unsaid'} {count:,}" for value, count in values[:8])
        more = f", and {len(values) - 8} more" if len(values) > 8 else ""
        console.print(f"{name}: {shown}{more}")
    if not facets.complete:
        console.print(f"counted over {facets.claims:,} of the claims that fit", style="dim")
