"""Write docs/cli.md from the program itself: every command, argument and option. ``--check`` writes nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Protocol, cast

import typer

PAGE = Path(__file__).parent / "cli.md"
OPENING = """\
# Commands

Made from the program by `docs/make_cli.py`; do not edit by hand. `nongrata COMMAND --help` tells the same.

An error is one line on standard error and exit code 1; wrong use of an option is exit code 2. Results go to standard
output, progress and summaries to standard error.
"""

FOR_ALL = """\
## For every command

These stand before the command: `nongrata --ledger spring.db incidents`.
"""


class Described(Protocol):
    """The type that an argument or option was declared with."""

    annotation: object


class Parameter(Protocol):
    """What this script needs of an argument or option."""

    name: str
    opts: list[str]
    secondary_opts: list[str]
    param_type_name: str
    required: bool
    metavar: str | None
    default: object
    type_descriptor: Described


class Command(Protocol):
    """What this script needs of a command."""

    help: str | None
    params: list[Parameter]


class Program(Command, Protocol):
    """What this script needs of the whole program."""

    commands: dict[str, Command]


def page() -> str:
    """The whole page as Markdown."""
    from nongrata.cli.app import app

    program = cast("Program", typer.main.get_command(app))
    parts = [
        OPENING,
        "## For every command\n\nThese stand before the command: `nongrata --ledger spring.db incidents`.\n",
    ]
    parts.append(table(program))
    for name, command in sections(program):
        words = (command.help or "").strip()
        shown = "" if hasattr(command, "commands") else f"```\n{usage(name, command)}\n```\n\n"
        parts += [f"{'##' if ' ' not in name else '###'} nongrata {name}\n\n{shown}{words}\n", table(command)]
    return "\n".join(part for part in parts if part)


def sections(program: Program, before: str = "") -> Iterator[tuple[str, Command]]:
    """Every command and group with its full name, a group before its commands."""
    for name, command in program.commands.items():
        yield before + name, command
        if hasattr(command, "commands"):
            yield from sections(cast("Program", command), f"{before}{name} ")


def commands() -> dict[str, Command]:
    """Every command that can be run, by its full name ("review accept"); groups are left out."""
    from nongrata.cli.app import app

    program = cast("Program", typer.main.get_command(app))
    return {name: command for name, command in sections(program) if not hasattr(command, "commands")}


def usage(name: str, command: Command) -> str:
    """The line that shows how a command is called."""
    arguments = [label(parameter) for parameter in command.params if parameter.param_type_name == "argument"]
    options = any(parameter.param_type_name == "option" for parameter in command.params)
    return " ".join(["nongrata", name, *(["[OPTIONS]"] if options else []), *arguments])


def label(parameter: Parameter) -> str:
    """An argument's name as usage lines write it."""
    name = parameter.metavar or parameter.name.upper()
    return name if parameter.required else f"[{name}]"


def table(command: Command) -> str:
    """Arguments and options as a table; empty without any."""
    rows = [f"| {first} | {text} |" for first, text in rows_of(command)]
    return "\n".join(["| | |", "|---|---|", *rows, ""]) if rows else ""


def rows_of(command: Command) -> Iterator[tuple[str, str]]:
    """For each parameter, how it is written and what it does."""
    for parameter in command.params:
        if getattr(parameter, "hidden", False):
            continue
        if parameter.param_type_name == "argument":
            yield f"`{label(parameter)}`", sentence(parameter)
        else:
            value = "" if getattr(parameter, "is_flag", False) else f" {value_of(parameter)}"
            forms = [*parameter.opts, *parameter.secondary_opts]
            yield " ".join(f"`{name}{value}`" for name in forms), sentence(parameter)


def value_of(parameter: Parameter) -> str:
    """What an option takes: its choices, or the kind of value."""
    kind = parameter.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        return "{" + "\\|".join(str(choice.value) for choice in kind) + "}"
    return parameter.metavar or ("N" if kind is int else "TEXT")


def sentence(parameter: Parameter) -> str:
    """The help text, with the default where there is one to tell."""
    text = (getattr(parameter, "help", None) or "").replace("|", "\\|")
    default = parameter.default
    if isinstance(default, Enum):
        default = default.value
    if default not in (None, False, "", ()) and not callable(default) and getattr(parameter, "show_default", True):
        text += f" Default: `{default}`."
    if variable := getattr(parameter, "envvar", None):
        text += f" Also from the variable `{variable}`."
    return text.strip()


def main() -> int:
    """Write the page, or with ``--check`` compare it; 1 when it is out of date."""
    if "--check" in sys.argv[1:]:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == page()
        sys.stdout.write("docs/cli.md is current\n" if current else "docs/cli.md is old: run python docs/make_cli.py\n")
        return 0 if current else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
