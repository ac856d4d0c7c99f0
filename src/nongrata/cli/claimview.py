"""Claims on screen: a table where the terminal is wide, a short block for each claim where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from nongrata.cli.highlight import sentence_text
from nongrata.model.remarks import remarks
from nongrata.model.scales import BlockRole
from nongrata.model.wording import days, number, parties, sureness

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.extraction.explaining import Explanation
    from nongrata.model import Claim, Report

WIDE = 110
"""From this width on a claim is one row; below, its chain and sentence stand under it."""


def headline(report: Report) -> str:
    """A report's title, or its first words."""
    titles = report.blocks_of(BlockRole.TITLE)
    text = report.title or (titles[0].span.of(report.text) if titles else report.text)
    first = " ".join(text.split())
    return first if len(first) <= 100 else first[:99] + "…"


def report_line(report: Report) -> Text:
    """Publisher, day, id and title."""
    facts = [report.publisher or "unknown publisher", str(report.published or "no date"), report.id]
    return Text.assemble((headline(report), "bold"), "\n", (" · ".join(facts), "dim"))


def print_reading(console: Console, report: Report, claims: list[Claim]) -> None:
    """Print one report with its claims."""
    console.print(report_line(report))
    for words in remarks(report, claims):
        console.print(Text(f"  {words}", style="yellow"))
    if not claims:
        console.print(Text("  no claim", style="dim"))
    elif console.width >= WIDE:
        console.print(_wide(console, report, claims))
    else:
        for claim in claims:
            print_claim(console, claim, report.text)
    console.print()


def print_claim(console: Console, claim: Claim, report_text: str) -> None:
    """Print one claim as a block: what, how sure, through whom, in which words."""
    facts = Text.assemble(
        ("• ", "dim"),
        (claim.type, "bold"),
        "  ",
        parties(claim.actor, claim.actors, claim.target),
        f"  count {number(claim.count, claim.share)}  when {days(claim.when)}  {sureness(claim)}",
    )
    print_indented(console, facts, 1)
    if len(claim.chain):
        print_indented(console, Text(f"says {claim.chain}", style="italic"), 5)
    print_indented(console, sentence_text(claim, report_text, colour=console.is_terminal), 5)


def print_explanations(console: Console, report: Report, explanations: Sequence[Explanation]) -> None:
    """Print what was considered in a report: each trigger with its verdict, the clues, and the answers weighed."""
    for one in explanations:
        words = " ".join(one.trigger.of(report.text).split())
        verdict = f"{one.verdict}, {one.confidence:.2f} (needs {one.needed:.2f})"
        head = Text.assemble(("? ", "dim"), (one.type, "bold"), f"  “{words}”  ", (verdict, "italic"))
        print_indented(console, head, 1)
        print_indented(console, Text("clues  " + "  ".join(f"{k} {v:g}" for k, v in one.clues.items()), "dim"), 5)
        if one.verdict != "claim":
            continue
        for name, answers in one.fields.items():
            told = " · ".join(
                f"{a.answer} {a.probability:.2f}" + (f" ({', '.join(a.shapes)})" if a.shapes else "") for a in answers
            )
            print_indented(console, Text(f"{name}  {told}", "dim"), 5)
        if one.governed_by:
            print_indented(console, Text(f"governed by  {one.governed_by}", "dim"), 5)
    console.print()


def print_indented(console: Console, text: Text, left: int) -> None:
    """Print a text wrapped to the terminal, every line ``left`` columns in, without trailing blanks."""
    for line in text.wrap(console, max(20, console.width - left)):
        line.rstrip()
        console.print(Text.assemble(" " * left, line), soft_wrap=True)


def _wide(console: Console, report: Report, claims: list[Claim]) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in ("type", "who→whom", "count", "when", "how sure"):
        table.add_column(name, overflow="fold", max_width=24)
    table.add_column("chain", ratio=2, overflow="fold")
    table.add_column("sentence", ratio=3, overflow="fold")
    for claim in claims:
        table.add_row(
            claim.type,
            parties(claim.actor, claim.actors, claim.target),
            number(claim.count, claim.share),
            days(claim.when),
            sureness(claim),
            str(claim.chain),
            sentence_text(claim, report.text, colour=console.is_terminal),
        )
    return table
