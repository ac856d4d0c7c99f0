"""``nongrata types``: the event types, and whether the examples of a user's own are read as their author says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.console import console_on, output_to
from nongrata.model.wording import plural

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.extraction.examples import Tried
    from nongrata.vocabulary.events import EventType

_NAMES = len("disinformation")


def types(
    name: Annotated[
        str | None, typer.Argument(help="One type, with its words.", metavar="TYPE", show_default=False)
    ] = None,
) -> None:
    """List the event types; read the examples of your own and tell which come out otherwise (exit code 1)."""
    from nongrata.extraction.examples import tried
    from nongrata.model import InputError
    from nongrata.vocabulary.events import event_types

    every = event_types()
    if name is not None and name not in every:
        raise InputError(f"there is no type {name}: choose among {', '.join(every)}")
    chosen = [every[name]] if name else list(every.values())
    wrong = 0
    with output_to(None) as stream:
        console = console_on(stream)
        for event in chosen:
            _show(console, event, words=name is not None)
            if event.examples:
                from nongrata.extraction.reader import default_reader

                for one in tried(event, default_reader()):
                    _show_example(console, one)
                    wrong += bool(one.wrong)
        if wrong:
            console.print(f"\n{plural(wrong, 'example')} came out otherwise: change the stems, or the example.")
    if wrong:
        raise typer.Exit(1)


def _show(console: Console, event: EventType, words: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    line = Table.grid(padding=(0, 2))
    line.add_column(min_width=_NAMES)
    own = ("\n(your own)", "cyan") if event.own else ("", "")
    line.add_row(Text.assemble((event.name, "bold"), own), event.gloss)
    console.print(line)
    if not words:
        return
    rows = {
        "actor": event.actor,
        "target": event.target,
        "counts": event.counts,
        "verbs": ", ".join(event.verbs),
        "nouns": ", ".join(event.nouns),
        "phrases": ", ".join(event.phrases),
        "weak": ", ".join(event.weak),
        "subtypes": ", ".join(event.subtypes),
    }
    for field, value in rows.items():
        if value:
            console.print(Text.assemble((f"  {field:9} ", "dim"), value))


def _show_example(console: Console, one: Tried) -> None:
    from rich.text import Text

    mark = (one.wrong, "red") if one.wrong else ("as told", "green")
    console.print(Text.assemble(f"  ‹{one.example.text}›  ", mark))
