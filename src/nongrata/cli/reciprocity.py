"""``nongrata reciprocity``: tit for tat between two states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.answers import Draws, Plot, Seed, answer, draw, questions
from nongrata.cli.console import Format
from nongrata.cli.incidents import Output, Since, Until, filter_of
from nongrata.cli.settings import open_fresh
from nongrata.model.wording import NOTHING, days

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.analysis import Ladder, Rung

HEADER = [
    "incident", "by", "when_first", "when_last", "count_lo", "count_hi", "answers", "answered_by", "lag_least",
    "lag_most", "ratio_least", "ratio_most", "same_number",
]  # fmt: skip


def reciprocity(
    context: typer.Context,
    one: Annotated[str, typer.Argument(help="A state.", metavar="STATE", show_default=False)],
    other: Annotated[str, typer.Argument(help="Another.", metavar="STATE", show_default=False)],
    type: Annotated[
        list[str] | None,
        typer.Option(help="Types of measures (may be repeated). Default: expulsion.", show_default=False),
    ] = None,
    within: Annotated[int, typer.Option(help="The longest time until an answer, in days.", min=1, max=3650)] = 60,
    since: Since = None,
    until: Until = None,
    draws: Draws = 1999,
    seed: Seed = 0,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.TABLE,
    output: Output = None,
    plot: Plot = None,
) -> None:
    """Match two states' measures: who answers whom, how soon, in what number, and what stays unanswered."""
    from nongrata.analysis import happenings
    from nongrata.analysis import reciprocity as ask
    from nongrata.analysis.rows import ladder_rows
    from nongrata.analysis.words import ladder_words

    kinds = type or ["expulsion"]
    with open_fresh(context) as view:
        found = happenings(view, filter_of(kinds, None, None, since, until))
    with questions():
        ladder = ask(found, one.upper(), other.upper(), within=within, draws=draws, seed=seed)
    answer(format, output, HEADER, ladder_rows(ladder), lambda console: _print(console, ladder), ladder_words(ladder))
    draw(plot, lambda: _svg(ladder, kinds))


def _print(console: Console, ladder: Ladder) -> None:
    from rich.table import Table

    if not ladder.rungs:
        console.print("no measure of either state has a known time")
        return
    one, other = ladder.sides
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    table.add_column("when", no_wrap=True)
    table.add_column(f"by {one.by}", justify="right")
    table.add_column("", no_wrap=True)
    table.add_column(f"by {other.by}", justify="left")
    table.add_column("answer after", no_wrap=True)
    table.add_column("answered", no_wrap=True)
    for rung in ladder.rungs:
        shown = _count(rung)
        mine = rung.by == one.by
        arrow = NOTHING if rung.answers is None else "◂──" if mine else "──▸"
        lag = _lag(rung) if rung.lag else ""
        cells = (shown, arrow, "") if mine else ("", arrow, shown)
        table.add_row(days(rung.when), *cells, lag, "yes" if rung.answered_by is not None else "no")
    console.print(table)


def _count(rung: Rung) -> str:
    from nongrata.analysis.words import count_words

    return count_words(*rung.count) if rung.count else "?"


def _lag(rung: Rung) -> str:
    least, most = rung.lag or (0, 0)
    return f"{least} d" if least == most else f"{least}–{most} d"


def _svg(ladder: Ladder, kinds: list[str]) -> str:
    from nongrata.publishing.plots import ladder_svg

    one, other = ladder.sides
    return ladder_svg(ladder, f"{' or '.join(kinds)} between {one.by} and {other.by}")
