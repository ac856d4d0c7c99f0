"""``nongrata snapshot``: the ledger as it stands today, as pages and data to keep and cite."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nongrata.cli.console import say
from nongrata.cli.incidents import Actor, Since, Target, Type, Until
from nongrata.cli.progress import meter
from nongrata.cli.settings import open_fresh, settings_of
from nongrata.cli.sourcing import day_of
from nongrata.model.wording import plural


def snapshot(
    context: typer.Context,
    out: Annotated[
        Path,
        typer.Argument(help="The folder to make, for instance ledger-2024-04-01.", metavar="OUT", show_default=False),
    ],
    type: Type = None,
    actor: Actor = None,
    target: Target = None,
    since: Since = None,
    until: Until = None,
    licence: Annotated[str, typer.Option(help="Licence of the coding.", metavar="NAME")] = "CC-BY-4.0",
    url: Annotated[str, typer.Option(help="Where it will be published, if that is known.", metavar="URL")] = "",
) -> None:
    """Keep the ledger as it stands now: its pages as files for any browser, a data package, and the hashes of all."""
    from nongrata.ledger import IncidentFilter
    from nongrata.web.archive import take

    only = IncidentFilter(
        types=tuple(type or ()),
        actors=tuple(actor or ()),
        targets=tuple(target or ()),
        since=day_of(since, "--since"),
        until=day_of(until, "--until"),
    )
    open_fresh(context).close()
    place = settings_of(context).ledger
    with meter("snapshot") as show:
        taken = take(place, out, only, licence=licence, url=url, told=lambda done: show(done, plural(done, "file")))
    say(f"{plural(taken.site.incidents, 'incident')} and {plural(taken.site.reports, 'report')} in {taken.folder}")
    say(f"what data/ does not carry is listed in data/datapackage.json ({plural(len(taken.losses), 'kind')} of loss)")
    say(f"sha256 of the list of hashes, to cite it by: {taken.sha256}")
