"""``nongrata waves``: many hosts doing the same within days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.answers import Draws, Plot, Seed, answer, draw, questions
from nongrata.cli.compare import Side
from nongrata.cli.console import Format
from nongrata.cli.incidents import Actor, Output, Since, Target, Until, filter_of
from nongrata.cli.respond import period_of
from nongrata.cli.settings import open_fresh
from nongrata.model.wording import days

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.analysis import Waves

HEADER = [
    "wave", "wave_first", "wave_last", "p_value", "hosts_usual", "host", "first", "last", "place_best", "place_worst",
    "count_lo", "count_hi", "uncounted", "incidents",
]  # fmt: skip


def waves(
    context: typer.Context,
    type: Annotated[
        list[str] | None, typer.Option(help="What they do (may be repeated). Default: expulsion.", show_default=False)
    ] = None,
    by: Annotated[
        Side, typer.Option(help="Whose togetherness: of those who act, or of those acted upon.")
    ] = Side.ACTOR,
    window: Annotated[
        list[int] | None,
        typer.Option(
            help="Days within which they act together (may be repeated). Default: 7, 14, 28.",
            min=1,
            max=366,
            show_default=False,
        ),
    ] = None,
    actor: Actor = None,
    target: Target = None,
    since: Since = None,
    until: Until = None,
    draws: Draws = 499,
    seed: Seed = 0,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.TABLE,
    output: Output = None,
    plot: Plot = None,
) -> None:
    """Find waves: more hosts acting within days than their own rhythms would bring together, with members and order."""
    from nongrata.analysis import happenings
    from nongrata.analysis import waves as ask
    from nongrata.analysis.rows import wave_rows
    from nongrata.analysis.waves import WINDOWS
    from nongrata.analysis.words import waves_words

    kinds = type or ["expulsion"]
    with open_fresh(context) as view:
        found = happenings(view, filter_of(kinds, actor, target, since, until))
    with questions():
        period = period_of([found], since, until)
        spans = sorted(set(window)) if window else [days for days in WINDOWS if 2 * days <= period.days] or WINDOWS[:1]
        got = ask(found, side=str(by), period=period, windows=spans, draws=draws, seed=seed)
    answer(format, output, HEADER, wave_rows(got), lambda console: _print(console, got), waves_words(got))
    draw(plot, lambda: _svg(got, f"waves of {' or '.join(kinds)}"))


def _print(console: Console, got: Waves) -> None:
    from rich.table import Table

    from nongrata.analysis.words import count_words, places

    for number, wave in enumerate(got.waves):
        if number:
            console.print()
        console.print(f"{days(wave.when)}  {len(wave.members)} hosts, p {wave.p_value:.3f}", style="bold")
        table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 1, 0, 0))
        table.add_column("place", no_wrap=True)
        table.add_column("host", overflow="fold")
        table.add_column("first act", no_wrap=True)
        table.add_column("count", justify="right", no_wrap=True)
        table.add_column("incidents", overflow="fold")
        for member in wave.members:
            counted = len(member.incidents) > member.uncounted
            shown = count_words(member.lo, member.hi) if counted else "?"
            some = ", ".join(member.incidents[:2]) + (" …" if len(member.incidents) > 2 else "")
            table.add_row(places(*member.place), member.host, days(member.when), shown, some)
        console.print(table)


def _svg(got: Waves, title: str) -> str:
    from nongrata.publishing.plots import waves_svg

    return waves_svg(got, title)
