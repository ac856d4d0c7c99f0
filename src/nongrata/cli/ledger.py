"""``nongrata ledger``, ``reread`` and ``log``: upkeep of the ledger."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nongrata.cli.console import ClaimFormat, console_on, output_to, say, write_jsonl
from nongrata.cli.progress import copies_left, meter
from nongrata.cli.settings import open_writer, settings_of
from nongrata.cli.sourcing import day_of
from nongrata.model.wording import parties, plural

if TYPE_CHECKING:
    from rich.console import Console

    from nongrata.ledger.records import LogEntry
    from nongrata.ledger.upkeep import Reread
    from nongrata.model import Claim

_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")

app = typer.Typer(help="Check, back up, upgrade and merge ledgers; rate sources.", no_args_is_help=True)


@app.command()
def check(context: typer.Context) -> None:
    """Check the ledger: its structure, its links, and the SHA-256 of every kept text."""
    from nongrata.ledger import LedgerView
    from nongrata.ledger.upkeep import check as find_faults

    with LedgerView.open(settings_of(context).ledger) as view:
        faults = find_faults(view)
        counts = {} if faults else view.counts()
        where = view.shown
    with output_to(None) as stream:
        if faults:
            stream.write("".join(f"{fault}\n" for fault in faults))
        else:
            stream.write(f"sound: {', '.join(plural(count, name[:-1]) for name, count in counts.items())}\n")
    if faults:
        say(f"nongrata: {plural(len(faults), 'fault')} in {where}: restore it from a backup")
        raise typer.Exit(1)


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The new file.", metavar="FILE", show_default=False)],
) -> None:
    """Copy the ledger to a new file while others go on using it."""
    from nongrata.ledger import LedgerView
    from nongrata.ledger.upkeep import backup as copy

    with LedgerView.open(settings_of(context).ledger) as view:
        copy(view, file)
    say(f"copied to {file} ({file.stat().st_size:,} bytes)")


@app.command()
def migrate(context: typer.Context) -> None:
    """Bring a ledger that an older nongrata wrote up to date."""
    with open_writer(context, create=False) as ledger, meter("migrate") as show:
        ledger.trace_copies(told=copies_left(show))
    say(f"{ledger.shown} is up to date")


@app.command()
def merge(
    context: typer.Context,
    other: Annotated[str, typer.Argument(help="The ledger to take in: a file or URL.", show_default=False)],
) -> None:
    """Take another ledger's reports, claims and judgements into this one; nothing is doubled."""
    from nongrata.ledger import LedgerView
    from nongrata.ledger.upkeep import merge as take_in

    with LedgerView.open(other) as source, open_writer(context, create=True) as ledger, meter("merge") as show:
        counts = take_in(ledger, source, lambda so_far: show(so_far.readings, plural(so_far.readings, "reading")))
        ledger.trace_copies(told=copies_left(show))
        ledger.refresh()
    say("came in: " + ", ".join(f"{count:,} {name}" for name, count in counts.items()))


@app.command()
def rate(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="A publisher, as its reports name it.", show_default=False)],
    grade: Annotated[str, typer.Argument(help="A (reliable) to F (cannot be judged).", show_default=False)],
    reason: Annotated[str, typer.Option(help="Why, in your words.", metavar="WORDS")] = "",
) -> None:
    """Rate a source's reliability on the Admiralty scale; earlier ratings are kept as its history."""
    with open_writer(context, create=False) as ledger:
        ledger.rate(source, grade.upper(), reason=reason)
        for rating in ledger.ratings(source):
            say(f"{rating.grade}  {rating.at:%Y-%m-%d %H:%M}  {rating.user}  {rating.reason}")


def reread(
    context: typer.Context,
    limit: Annotated[int, typer.Option(help="Show so many of the changes.", metavar="N", min=0)] = 20,
) -> None:
    """Read the kept reports again with this version's reader; judgements are kept. Shows what changed."""
    from nongrata.extraction.reader import default_reader
    from nongrata.ledger.upkeep import reread as read_again

    reader = default_reader()
    with open_writer(context, create=False) as ledger, meter("reread") as show:
        run = ledger.start_run("reread", None, reader.name)
        result = read_again(ledger, reader, run, lambda done: show(done, plural(done, "report")))
        counts = {"reports": result.reports, "same": result.same, "changed": len(result.changed)}
        ledger.finish_run(run, counts | {"new": len(result.new), "gone": len(result.gone)})
        ledger.refresh()
    with output_to(None) as stream:
        if result.reports:
            _print_reread(console_on(stream), result, limit)
        else:
            stream.write(f"nothing to read again: no reading is older than {reader.name}\n")


def log(
    context: typer.Context,
    limit: Annotated[int, typer.Option(help="How many entries.", metavar="N", min=1)] = 50,
    action: Annotated[
        str, typer.Option(help='Only actions that begin so ("judge", "ingest").', show_default=False)
    ] = "",
    since: Annotated[
        str | None, typer.Option(help="Only since this day.", metavar="YYYY-MM-DD", show_default=False)
    ] = None,
    format: Annotated[ClaimFormat, typer.Option(help="A view for people, or JSON lines.")] = ClaimFormat.TABLE,
) -> None:
    """Show who changed what in the ledger, when and why, newest first."""
    from datetime import UTC, datetime, time

    from nongrata.ledger import LedgerView

    day = day_of(since, "--since")
    moment = datetime.combine(day, time.min, UTC) if day else None
    with LedgerView.open(settings_of(context).ledger) as view:
        entries = view.log(limit=limit, action=action, since=moment)
    with output_to(None) as stream:
        if format is ClaimFormat.JSONL:
            write_jsonl(stream, map(_object, entries))
            return
        console = console_on(stream)
        for entry in entries:
            console.print(_line(entry))


def _print_reread(console: Console, result: Reread, limit: int) -> None:
    console.print(
        f"{plural(result.reports, 'report')} read again: {plural(result.same, 'claim')} as before, "
        f"{len(result.changed):,} changed, {len(result.new):,} new, {len(result.gone):,} gone"
    )
    lines = [f"- {_claim(claim)}" for claim in result.gone]
    lines += [f"+ {_claim(claim)}" for claim in result.new]
    lines += [f"~ {_claim(after)} ({_changes(before, after)})" for before, after in result.changed]
    for line in lines[:limit]:
        console.print(line)
    if len(lines) > limit:
        console.print(f"... and {len(lines) - limit:,} more changes", style="dim")


def _claim(claim: Claim) -> str:
    return f"{claim.report_id}: {claim.type} {parties(claim.actor, claim.actors, claim.target)}"


def _changes(before: Claim, after: Claim) -> str:
    from nongrata.ledger.upkeep import differing

    old, new = before.to_dict(), after.to_dict()
    return "; ".join(f"{name}: {old[name]} → {new[name]}" for name in differing(before, after))


def _object(entry: LogEntry) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(entry) | {"at": entry.at.isoformat()}


def _line(entry: LogEntry) -> str:
    subject = _DIGEST.sub(lambda match: f"{match[0][:10]}…", entry.subject or "")
    known = entry.details or {}
    said = [entry.reason or known.get("source") or ""]
    said += [plural(known[f"{noun}s"], noun) for noun in ("report", "claim") if isinstance(known.get(f"{noun}s"), int)]
    more = ", ".join(filter(None, said))
    words = f"{entry.action}  {subject}" if subject else entry.action
    return f"{entry.at:%Y-%m-%d %H:%M:%S}  {entry.user}  {words}{f': {more}' if more else ''}"
