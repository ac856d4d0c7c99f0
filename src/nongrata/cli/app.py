"""The program ``nongrata``: global options, the list of commands, and how it ends."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from nongrata._version import __version__
from nongrata.cli import (
    cite,
    cluster,
    compare,
    demo,
    evaluate,
    export,
    incidents,
    ingest,
    ledger,
    read,
    reciprocity,
    respond,
    review,
    search,
    serve,
    show,
    snapshot,
    sources,
    tally,
    token,
    voices,
    watch,
    waves,
)
from nongrata.cli.settings import DEFAULT_LEDGER, Settings
from nongrata.model.errors import NongrataError

app = typer.Typer(
    name="nongrata",
    help="A sourced ledger of hostile state activity: claims with source chains, incidents by independent origins.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nongrata {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    place: Annotated[
        str,
        typer.Option(
            "--ledger",
            envvar="NONGRATA_LEDGER",
            help="The ledger: a file, or postgresql://user@host/name.",
            metavar="PLACE",
        ),
    ] = DEFAULT_LEDGER,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Keep the options that every command shares."""
    context.obj = Settings(ledger=place, ledger_given=place != DEFAULT_LEDGER)


app.command("read")(read.read)
app.command("voices")(voices.voices)
app.command("ingest")(ingest.ingest)
app.command("watch")(watch.watch)
app.command("import")(ingest.import_claims)
app.command("incidents")(incidents.incidents)
app.command("show")(show.show)
app.command("search")(search.search)
app.command("tally")(tally.tally)
app.command("respond")(respond.respond)
app.command("reciprocity")(reciprocity.reciprocity)
app.command("compare")(compare.compare)
app.command("waves")(waves.waves)
app.command("sources")(sources.sources)
app.add_typer(review.app, name="review")
app.command("reread")(ledger.reread)
app.command("log")(ledger.log)
app.add_typer(ledger.app, name="ledger")
app.command("export")(export.export)
app.command("cite")(cite.cite)
app.command("snapshot")(snapshot.snapshot)
app.command("serve")(serve.serve)
app.add_typer(token.app, name="token")
app.add_typer(cluster.app, name="cluster")
app.command("evaluate")(evaluate.evaluate)
app.command("demo")(demo.demo)


def run() -> None:
    """Run the program; an error of ours is one line on standard error and exit code 1."""
    code: int | str | None = 0
    try:
        app()
    except SystemExit as end:
        code = end.code
    except NongrataError as error:
        print(f"nongrata: {error}", file=sys.stderr)  # noqa: T201
        code = 1
    except KeyboardInterrupt:
        code = 130
    sys.exit(_close_output(code))


def _close_output(code: int | str | None) -> int | str | None:
    """Flush standard output; when its reader has gone away, end without a word."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
