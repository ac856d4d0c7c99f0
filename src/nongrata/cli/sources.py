"""``nongrata sources``: whom outlets repeat, and where doubt gets lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.answers import Draws, Plot, Seed, answer, draw
from nongrata.cli.console import Format
from nongrata.cli.incidents import Output, Since, Type, Until
from nongrata.cli.settings import open_fresh
from nongrata.cli.sourcing import day_of

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.analysis import Sources

OUTLETS = [
    "outlet", "reports", "tellings", "own", "mean_chain", "repeats", "comparable", "harder", "softer", "mean_drift",
    "p_value",
]  # fmt: skip
STEPS = ["claim", "base", "outlet", "chain", "before", "after", "drift", "direct"]
SHOWN = 25
"""Outlets and steps in a table."""


def sources(
    context: typer.Context,
    type: Type = None,
    since: Since = None,
    until: Until = None,
    steps: Annotated[
        bool, typer.Option("--steps", help="Every telling held against the one before, in place of outlets.")
    ] = False,
    fewest: Annotated[int, typer.Option(help="Judge outlets with at least so many comparable tellings.", min=1)] = 5,
    draws: Draws = 499,
    seed: Seed = 0,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.TABLE,
    output: Output = None,
    plot: Plot = None,
) -> None:
    """Show whom outlets repeat, how long chains are, and where doubt gets lost on the way.

    Drift is seen where several outlets tell one story: possible at the origin, certain at the end. The days are those
    of what is told.
    """
    from nongrata.analysis import sources as ask
    from nongrata.analysis import tellings
    from nongrata.analysis.rows import source_rows, step_rows
    from nongrata.analysis.words import sources_words
    from nongrata.ledger import ClaimFilter

    only = ClaimFilter(types=tuple(type or ()), since=day_of(since, "--since"), until=day_of(until, "--until"))
    with open_fresh(context) as view:
        told = tellings(view, only)
    got = ask(told, fewest=fewest, draws=draws, seed=seed)
    header, rows = (STEPS, step_rows(got)) if steps else (OUTLETS, source_rows(got))
    shown = _print_steps if steps else _print
    answer(format, output, header, rows, lambda console: shown(console, got), sources_words(got))
    draw(plot, lambda: _svg(got))


def _print(console: Console, got: Sources) -> None:
    from rich.table import Table

    from nongrata.analysis.rows import source_rows

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    table.add_column("outlet", overflow="fold")
    for name in ("tellings", "own", "chain"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("repeats most", overflow="fold")
    for name in ("comparable", "harder", "softer", "p"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in source_rows(got)[:SHOWN]:
        p = "–" if row["p_value"] is None else f"{row['p_value']:.3f}"
        table.add_row(
            row["outlet"], str(row["tellings"]), str(row["own"]), f"{row['mean_chain']:.1f}",
            row["repeats"].split("|")[0], str(row["comparable"]), str(row["harder"]), str(row["softer"]), p,
        )  # fmt: skip
    console.print(table)
    if len(got.outlets) > SHOWN:
        console.print(f"and {len(got.outlets) - SHOWN:,} outlets more: --format csv has all", style="dim")


def _print_steps(console: Console, got: Sources) -> None:
    from nongrata.analysis.words import sureness_word

    for step in got.steps[:SHOWN]:
        way = "" if step.direct else " (on the way)"
        grades = f"{sureness_word(step.before)} → {sureness_word(step.after)}"
        console.print(f"{grades}{way}  {' → '.join(step.chain)}  [{step.claim[:8]}]")
    if len(got.steps) > SHOWN:
        console.print(f"and {len(got.steps) - SHOWN:,} tellings more: --format csv has all", style="dim")


def _svg(got: Sources) -> str:
    from nongrata.publishing.plots import drift_svg

    return drift_svg(got, "Doubt lost and gained on the way")
