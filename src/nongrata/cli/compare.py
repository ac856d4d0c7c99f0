"""``nongrata compare``: the same measure across states, with ranks that respect overlap."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.answers import Draws, Plot, Seed, answer, draw, interval_bar, questions
from nongrata.cli.console import Format
from nongrata.cli.incidents import Actor, Output, Since, Target, Until, filter_of
from nongrata.cli.respond import period_of
from nongrata.cli.settings import open_fresh

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.analysis import Comparison

HEADER = [
    "name", "lo", "hi", "rank_best", "rank_worst", "most", "share_least", "share_most", "chance_rank_best",
    "chance_rank_worst", "uncounted", "undated",
]  # fmt: skip


class Side(StrEnum):
    """Whose numbers are compared."""

    ACTOR = "actor"
    TARGET = "target"


class Measure(StrEnum):
    """What is counted."""

    INCIDENTS = "incidents"
    COUNT = "count"


def compare(
    context: typer.Context,
    type: Annotated[
        list[str] | None,
        typer.Option(help="What to compare (may be repeated). Default: expulsion.", show_default=False),
    ] = None,
    by: Annotated[Side, typer.Option(help="Whose numbers: of those who act, or of those acted upon.")] = Side.ACTOR,
    measure: Annotated[
        Measure, typer.Option(help="Number of incidents, or the sum of the counts that reports give.")
    ] = Measure.INCIDENTS,
    state: Annotated[
        list[str] | None,
        typer.Option(help="Only these states (may be repeated). Default: the 30 with most.", show_default=False),
    ] = None,
    share: Annotated[
        float | None,
        typer.Option(
            help="A share that is claimed (0.2: a fifth of all), to hold against the sums.",
            min=0,
            max=1,
            show_default=False,
        ),
    ] = None,
    actor: Actor = None,
    target: Target = None,
    since: Since = None,
    until: Until = None,
    draws: Draws = 999,
    seed: Seed = 0,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.TABLE,
    output: Output = None,
    plot: Plot = None,
) -> None:
    """Hold states against each other: "most of all", "a fifth of all".

    A rank is certain only where the intervals do not overlap ("first, or tied with three"); what chance allows is
    tested quarter by quarter.
    """
    from nongrata.analysis import compare as ask
    from nongrata.analysis import happenings
    from nongrata.analysis.rows import comparison_rows
    from nongrata.analysis.words import comparison_words

    kinds = type or ["expulsion"]
    with open_fresh(context) as view:
        found = happenings(view, filter_of(kinds, actor, target, since, until))
    with questions():
        got = ask(
            found,
            period_of([found], since, until),
            side=str(by),
            measure=str(measure),
            names=[name.upper() for name in state] if state else None,
            draws=draws,
            seed=seed,
        )
    words = comparison_words(got, share)
    answer(format, output, HEADER, comparison_rows(got), lambda console: _print(console, got), words)
    draw(plot, lambda: _svg(got, f"{' or '.join(kinds)} by {by}: {measure}"))


def _print(console: Console, got: Comparison) -> None:
    from rich.table import Table

    from nongrata.analysis.words import count_words, places

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    table.add_column("state", overflow="fold")
    table.add_column("sum", justify="right", no_wrap=True)
    table.add_column("rank", no_wrap=True)
    table.add_column("by chance", no_wrap=True)
    table.add_column("of the whole", justify="right", no_wrap=True)
    table.add_column("█ certain ░ possible", no_wrap=True)
    most = max(standing.lo if standing.hi == float("inf") else standing.hi for standing in got.standings)
    for s in got.standings:
        if s.hi == 0 and s.undated:
            table.add_row(s.name, "?", "–", "–", "–", "no day known")
            continue
        bar = interval_bar(s.lo, s.hi, most)
        tested = places(*s.chance_rank) if s.chance_rank else "–"
        share = f"{s.share[0]:.0%}–{s.share[1]:.0%}"
        table.add_row(s.name, count_words(s.lo, s.hi), places(*s.rank), tested, share, bar)
    console.print(table)


def _svg(got: Comparison, title: str) -> str:
    from nongrata.publishing.plots import comparison_svg

    return comparison_svg(got, title)
