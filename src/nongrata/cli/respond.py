"""``nongrata respond``: do B follow A?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.answers import Draws, Plot, Seed, answer, draw, questions, share_bar
from nongrata.cli.console import Format
from nongrata.cli.incidents import Output, Since, Until
from nongrata.cli.settings import open_fresh
from nongrata.cli.sourcing import day_of

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.analysis import Happenings, Period, Response, WindowRate

FIRST = ("stand", "sanction", "expulsion", "protest")
THEN = ("cyberattack", "disinformation", "sabotage", "threat")
UNITS = {"h": 1.0, "d": 24.0, "w": 168.0}


def respond(
    context: typer.Context,
    first: Annotated[
        list[str] | None,
        typer.Option(
            help=f"A: types of acts of a state (may be repeated). Default: {', '.join(FIRST)}.", show_default=False
        ),
    ] = None,
    then: Annotated[
        list[str] | None,
        typer.Option(
            help=f"B: types of what is done to it (may be repeated). Default: {', '.join(THEN)}.", show_default=False
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(help="Whose acts (may be repeated). Default: every state with both.", show_default=False),
    ] = None,
    target: Annotated[
        str | None, typer.Option(help="Only acts aimed at (a stand: in favour of) this party.", show_default=False)
    ] = None,
    by: Annotated[str | None, typer.Option(help="Only B that are done by this party.", show_default=False)] = None,
    window: Annotated[
        list[str] | None,
        typer.Option(help="A window: 12h, 3d, 2w (may be repeated). Default: 6 hours to 4 weeks.", show_default=False),
    ] = None,
    since: Since = None,
    until: Until = None,
    draws: Draws = 1999,
    seed: Seed = 0,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.TABLE,
    output: Output = None,
    plot: Plot = None,
) -> None:
    """Test whether B follow A: the share that is followed within a window, held against chance.

    Chance is what circular shifts of the whole series and rotations within each month give; p-values are corrected for
    all windows. Uncertain days are integrated over.
    """
    from nongrata.analysis import happenings, response_pairs
    from nongrata.analysis import respond as ask
    from nongrata.analysis.respond import WINDOWS
    from nongrata.analysis.rows import response_rows
    from nongrata.analysis.words import response_words

    kinds, answers = tuple(first or FIRST), tuple(then or THEN)
    with open_fresh(context) as view:
        found = happenings(view)
    acts, hits = found.of_types(kinds), found.of_types(answers)
    acts = acts.on(target.upper()) if target else acts
    hits = hits.by(_party(by)) if by else hits
    with questions():
        period = period_of((acts, hits), since, until)
        windows = [hours_of(text) for text in window] if window else WINDOWS
        windows = [hours for hours in sorted(set(windows)) if window or hours < period.days * 8]
        names = [name.upper() for name in state] if state else None
        got = ask(response_pairs(acts, hits, names), period, windows=windows, draws=draws, seed=seed)
    rows = response_rows(got)
    words = response_words(got, " or ".join(kinds), " or ".join(answers))
    answer(format, output, list(rows[0]), rows, lambda console: _print(console, got), words)
    draw(plot, lambda: _svg(got, kinds, answers))


def _party(name: str) -> str:
    return name.upper() if len(name) == 2 else name


def hours_of(text: str) -> float:
    """A window's hours ("12h", "3d", "2w").

    Raises:
        typer.BadParameter: it is none.
    """
    number, unit = text[:-1], text[-1:]
    if unit not in UNITS or not number.isdecimal() or not int(number):
        raise typer.BadParameter(f"{text!r} is no window; write it as 12h, 3d or 2w", param_hint="--window")
    return int(number) * UNITS[unit]


def period_of(parts: Sequence[Happenings], since: str | None, until: str | None) -> Period:
    """The days from ``since`` to ``until``; where not given, from the first to the last of the incidents.

    Raises:
        ValueError: there is no incident with a known time, or the end is before the beginning.
    """
    from nongrata.analysis import Period

    hulls = [part.hull for part in parts]
    known = [hull for hull in hulls if hull]
    begin, end = day_of(since, "--since"), day_of(until, "--until")
    if not known and not (begin and end):
        raise ValueError("no such incident has a known time")
    first = begin.toordinal() if begin else min(hull.start for hull in known)
    last = end.toordinal() if end else max(hull.start + hull.days - 1 for hull in known)
    if last < first:
        raise ValueError("the period ends before it begins")
    return Period(first, last - first + 1)


def _print(console: Console, got: Response) -> None:
    from rich.table import Table

    from nongrata.analysis.words import window_name

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    table.add_column("within", no_wrap=True)
    for name in ("followed", "95 %", "chance"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("█ followed │ chance", no_wrap=True)
    table.add_column("p", justify="right", no_wrap=True)
    table.add_column("p month", justify="right", no_wrap=True)
    for rate in got.follows:
        spread = f"{rate.low:.0%}–{rate.high:.0%}"
        bar = share_bar(rate.share, rate.expected, 18)
        table.add_row(
            window_name(rate.hours), f"{rate.share:.0%}", spread, f"{rate.expected:.0%}", bar, _p(rate.p_shift_all),
            _p(rate.p_rotation_all), style="bold" if sure(rate) else None,
        )  # fmt: skip
    console.print(table)
    console.print("p: by shifts and within months, corrected for all windows; bold: both at most 0.05", style="dim")


def sure(rate: WindowRate) -> bool:
    """Whether a window is beyond chance under both nulls."""
    return max(rate.p_shift_all, rate.p_rotation_all) <= 0.05


def _p(value: float) -> str:
    return f"{value:.3f}"


def _svg(got: Response, kinds: Sequence[str], answers: Sequence[str]) -> str:
    from nongrata.publishing.plots import response_svg

    return response_svg(got.follows, f"{' or '.join(kinds)}: followed by {' or '.join(answers)}")
