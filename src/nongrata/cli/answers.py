"""What the commands of the analyses share: options, output, and how an answer is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nongrata.cli.console import Format, console_on, output_to, write_csv, write_jsonl
from nongrata.model.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

Plot = Annotated[
    Path | None, typer.Option("--plot", help="Draw it into this SVG file.", metavar="FILE", show_default=False)
]
Seed = Annotated[int, typer.Option(help="Of the random draws; the same seed gives the same answer.")]
Draws = Annotated[int, typer.Option(help="Random draws of the tests.", min=19, max=100_000)]


@contextmanager
def questions() -> Iterator[None]:
    """An analysis that cannot be made is told in one line.

    Raises:
        InputError: the analysis refused its input.
    """
    try:
        yield
    except ValueError as error:
        raise InputError(f"{error}: choose other types, states or days") from error


def answer(
    format: Format,
    output: Path | None,
    header: Sequence[str],
    rows: Sequence[dict[str, Any]],
    printed: Callable[[Console], None],
    words: Sequence[str],
) -> None:
    """Write rows as JSON lines or CSV, or the table and the paragraph in words."""
    with output_to(output) as stream:
        if format is Format.JSONL:
            write_jsonl(stream, rows)
        elif format is Format.CSV:
            write_csv(stream, list(header), ([_cell(row[name]) for name in header] for row in rows))
        else:
            console = console_on(stream)
            printed(console)
            console.print()
            for sentence in words:
                console.print(sentence)


def draw(plot: Path | None, svg: Callable[[], str]) -> None:
    """Write the plot where one is asked for."""
    if plot is not None:
        with output_to(plot) as stream:
            stream.write(svg() + "\n")


def _cell(value: object) -> object:
    return "" if value is None else value


def share_bar(share: float, chance: float, width: int = 20) -> str:
    """A share as a bar, with a mark where chance would end ("████│··")."""
    filled, mark = round(share * width), min(width - 1, round(chance * width))
    cells = ["█" if at < filled else "·" for at in range(width)]
    cells[mark] = "┃" if cells[mark] == "█" else "│"
    return "".join(cells)


def interval_bar(low: float, high: float, most: float, width: int = 24) -> str:
    """An interval as a bar: solid up to what is certain, pale up to what is possible; an open end has an arrow."""
    if most <= 0:
        return ""
    open_ended = high == float("inf")
    sure, maybe = round(low / most * width), round(min(high, most) / most * width)
    return "█" * sure + "░" * (maybe - sure) + ("▸" if open_ended else "")
