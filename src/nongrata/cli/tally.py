"""``nongrata tally``: who did how much to whom."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nongrata.cli.answers import Plot, draw
from nongrata.cli.console import Format, console_on, output_to, write_csv, write_jsonl
from nongrata.cli.incidents import Actor, Output, Since, Target, Until, filter_of
from nongrata.cli.settings import open_fresh
from nongrata.model.dates import DateInterval
from nongrata.model.wording import ARROW, NOTHING, days, number, parties, plural

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from nongrata.ledger import IncidentFilter, TallyRow
    from nongrata.model import Total


class By(StrEnum):
    """What a row of a tally stands for."""

    PAIR = "pair"
    ACTOR = "actor"
    TARGET = "target"
    MONTH = "month"
    TYPE = "type"


CSV_HEADER = [
    "actor", "target", "month", "type", "incidents", "count_lo", "count_hi", "uncounted", "planned", "disputed",
    "doubled", "joint",
]  # fmt: skip


def tally(
    context: typer.Context,
    type: Annotated[
        list[str] | None,
        typer.Option(help="What to sum up (may be repeated). Default: expulsion; by type, all.", show_default=False),
    ] = None,
    by: Annotated[By, typer.Option(help="What a row stands for.")] = By.PAIR,
    actor: Actor = None,
    target: Target = None,
    since: Since = None,
    until: Until = None,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.TABLE,
    output: Output = None,
    plot: Plot = None,
) -> None:
    """Sum up who expelled whom (or another type): interval sums, beside the totals that reports give."""
    from nongrata.ledger import TallyBy

    types = type or ([] if by is By.TYPE else ["expulsion"])
    only = filter_of(types, actor, target, since, until)
    with open_fresh(context) as view:
        rows = view.tally(only, TallyBy(by))
        totals = [total for total in view.totals() if not types or total.type in types]
    with output_to(output) as stream:
        if format is Format.JSONL:
            write_jsonl(stream, map(row_object, rows))
        elif format is Format.CSV:
            write_csv(stream, CSV_HEADER, map(_csv_row, rows))
        else:
            console = console_on(stream)
            alone = [row for row in rows if not row.joint]
            _print_table(console, alone, by)
            _print_joint(console, [row for row in rows if row.joint])
            _print_totals(console, [total for total in totals if _asked(total, only)])
    draw(plot, lambda: _svg(rows, types))


def _svg(rows: list[TallyRow], types: list[str]) -> str:
    from nongrata.publishing.plots import tally_svg

    return tally_svg(rows, f"{' or '.join(types) or 'all types'}: interval sums")


def row_object(row: TallyRow) -> dict[str, Any]:
    """One line of the JSON."""
    return {
        "actor": row.actor,
        "target": row.target,
        "month": row.month,
        "type": row.type,
        "count": row.count.to_list(),
        "incidents": row.incidents,
        "uncounted": row.uncounted,
        "planned": row.planned,
        "disputed": row.disputed,
        "doubled": row.doubled,
        "joint": row.joint,
    }


def _csv_row(row: TallyRow) -> list[Any]:
    hi = "" if row.count.hi is None else row.count.hi
    facts = [row.incidents, row.count.lo, hi, row.uncounted, row.planned, row.disputed, row.doubled, int(row.joint)]
    return [row.actor or "", row.target or "", row.month or "", row.type or "", *facts]


def _asked(total: Total, only: IncidentFilter) -> bool:
    """True when a total lies within what was asked for."""
    sides = ((only.actors, (total.actor, *(total.actors or ()))), (only.targets, (total.target,)))
    for asked, told in sides:
        if asked and not {name.upper() for name in asked} & {name.upper() for name in told if name}:
            return False
    if not (only.since or only.until):
        return True
    return total.when is not None and DateInterval(only.since or date.min, only.until or date.max).overlaps(total.when)


def _print_table(console: Console, rows: list[TallyRow], by: By) -> None:
    if not rows:
        console.print("nothing to sum up")
        return
    table = _table({By.PAIR: "who → whom", By.MONTH: "month"}.get(by, str(by)), any(row.doubled for row in rows))
    for row in rows:
        facts = [row.incidents, row.uncounted, row.planned, row.disputed, row.doubled]
        shown = [str(fact) if fact else NOTHING for fact in facts]
        table.add_row(_label(row, by), _counted(row), *shown[: len(table.columns) - 2])
    console.print(table)


def _table(first: str, doubled: bool) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column(first, overflow="fold")
    for name in ("count", "incidents", "no count", "planned", "disputed", *(["maybe twice"] if doubled else [])):
        table.add_column(name, justify="right", overflow="fold")
    return table


def _counted(row: TallyRow) -> str:
    return number(row.count) if row.uncounted < row.incidents else NOTHING


def _label(row: TallyRow, by: By) -> str:
    if by is By.PAIR:
        return parties(row.actor, None, row.target)
    return getattr(row, str(by)) or "unknown"


def _print_joint(console: Console, rows: list[TallyRow]) -> None:
    """What several states did together, with one figure: never added to the rows above, whose incidents it may hold."""
    from rich.text import Text

    from nongrata.cli.claimview import print_indented

    if not rows:
        return
    console.print()
    console.print("told of several states together, not added above", style="bold")
    for row in rows:
        when = f" in {row.month}" if row.month else ""
        who = row.actor.replace("+", ", ") if row.actor else "several states"
        print_indented(console, Text(f"{who}{ARROW}{row.target or '?'}  {_counted(row)}{when}"), 2)


def _print_totals(console: Console, totals: list[Total]) -> None:
    from rich.text import Text

    from nongrata.cli.claimview import print_indented

    if not totals:
        return
    console.print()
    console.print(f"{plural(len(totals), 'figure')} over several happenings, held against the incidents", style="bold")
    for total in sorted(totals, key=lambda t: (t.when.first.isoformat() if t.when else "9999", t.id)):
        print_indented(console, Text(total_words(total)), 2)


def total_words(total: Total) -> str:
    """A total in one line: id, who, whom, how many, when, by whom, and what the incidents come to."""
    said = ", ".join(dict.fromkeys(origin.label for origin in total.origins if not origin.denies))
    when = f" in {days(total.when)}" if total.when else ""
    more = f", {plural(total.uncounted, 'incident')} more without a number" if total.uncounted else ""
    summed = f" (they sum up to {number(total.summed)}{more})" if total.summed else ""
    denied = any(origin.denies for origin in total.origins)
    return (
        f"{total.id}  {parties(total.actor, total.actors, total.target)}  {number(total.count)}{when}"
        f"{f', by {said}' if said else ''}{', denied' if denied else ''}: {total.words}{summed}"
    )
