"""``nongrata tally``: who did how much to whom."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nongrata.cli.console import Format, console_on, output_to, write_csv, write_jsonl
from nongrata.cli.incidents import Actor, Output, Since, Target, Until, filter_of
from nongrata.cli.settings import open_fresh
from nongrata.cli.wording import NOTHING, days, number, parties, plural

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.ledger import TallyRow
    from nongrata.model import Total


class By(StrEnum):
    """What a row of a tally stands for."""

    PAIR = "pair"
    ACTOR = "actor"
    TARGET = "target"
    MONTH = "month"


CSV_HEADER = ["actor", "target", "month", "incidents", "count_lo", "count_hi", "uncounted", "planned", "disputed"]


def tally(
    context: typer.Context,
    type: Annotated[str, typer.Option(help="What to sum up.")] = "expulsion",
    by: Annotated[By, typer.Option(help="What a row stands for.")] = By.PAIR,
    actor: Actor = None,
    target: Target = None,
    since: Since = None,
    until: Until = None,
    format: Annotated[Format, typer.Option(help="How to print it.")] = Format.TABLE,
    output: Output = None,
) -> None:
    """Sum up who expelled whom (or another type): interval sums, beside the totals that reports give."""
    from nongrata.ledger import TallyBy

    only = filter_of([type], actor, target, since, until)
    with open_fresh(context) as view:
        rows = view.tally(only, TallyBy(by))
        totals = [total for total in view.totals() if total.type == type]
    with output_to(output) as stream:
        if format is Format.JSONL:
            write_jsonl(stream, map(row_object, rows))
        elif format is Format.CSV:
            write_csv(stream, CSV_HEADER, map(_csv_row, rows))
        else:
            _print_table(console_on(stream), rows, by)
            if not (actor or target or since or until):
                _print_totals(console_on(stream), totals)


def row_object(row: TallyRow) -> dict[str, Any]:
    """One line of the JSON."""
    return {
        "actor": row.actor,
        "target": row.target,
        "month": row.month,
        "count": row.count.to_list(),
        "incidents": row.incidents,
        "uncounted": row.uncounted,
        "planned": row.planned,
        "disputed": row.disputed,
    }


def _csv_row(row: TallyRow) -> list[Any]:
    hi = "" if row.count.hi is None else row.count.hi
    facts = [row.incidents, row.count.lo, hi, row.uncounted, row.planned, row.disputed]
    return [row.actor or "", row.target or "", row.month or "", *facts]


def _print_table(console: Console, rows: list[TallyRow], by: By) -> None:
    from rich.table import Table

    if not rows:
        console.print("nothing to sum up")
        return
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column({By.PAIR: "who → whom", By.MONTH: "month"}.get(by, str(by)), overflow="fold")
    for name in ("count", "incidents", "no count", "planned", "disputed"):
        table.add_column(name, justify="right", overflow="fold")
    for row in rows:
        facts = [row.incidents, row.uncounted, row.planned, row.disputed]
        shown = [str(fact) if fact else NOTHING for fact in facts]
        counted = number(row.count) if row.uncounted < row.incidents else NOTHING
        table.add_row(_label(row, by), counted, *shown)
    console.print(table)


def _label(row: TallyRow, by: By) -> str:
    if by is By.PAIR:
        return parties(row.actor, None, row.target)
    return {By.ACTOR: row.actor, By.TARGET: row.target, By.MONTH: row.month}[by] or "unknown"


_VERDICT = {
    "covered": "covered by the incidents",
    "over": "less than the incidents sum up to",
    "short": "not all accounted for",
}


def _print_totals(console: Console, totals: list[Total]) -> None:
    if not totals:
        return
    console.print()
    console.print(f"{plural(len(totals), 'figure')} over several happenings, held against the incidents", style="bold")
    for total in totals:
        missing = f", {total.missing} missing" if total.verdict == "short" and total.missing else ""
        summed = number(total.summed) if total.summed else "none"
        console.print(
            f"  {parties(total.actor, total.actors, total.target)}  {number(total.count)} in {days(total.when)}: "
            f"{_VERDICT.get(total.verdict, total.verdict)} (sum {summed}{missing})"
        )
