"""``nongrata token``: who may write through the pages and the API."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from nongrata.cli.console import output_to, say
from nongrata.cli.settings import open_writer, settings_of

app = typer.Typer(help="Give and revoke access to the pages and the HTTP API.", no_args_is_help=True)


class TokenRole(StrEnum):
    """What a token allows; the same names as ``ledger.tokens.Role``."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Whose token it is; judgements carry this name.", show_default=False)],
    role: Annotated[
        TokenRole, typer.Option(help="reader: read beyond loopback; reviewer: judge claims; admin: rate sources, too.")
    ] = TokenRole.REVIEWER,
) -> None:
    """Make a token and print it, this once: the ledger keeps only its hash."""
    from nongrata.ledger.tokens import Role, add_token

    with open_writer(context, create=True) as ledger:
        _, secret = add_token(ledger, name, Role(str(role)))
    with output_to(None) as stream:
        stream.write(secret + "\n")
    say(f"nongrata: this is {name}'s token ({role}); it is shown this once")


@app.command()
def revoke(
    context: typer.Context, name: Annotated[str, typer.Argument(help="Whose token.", show_default=False)]
) -> None:
    """Make a token worth nothing, at once and for good; who is logged in by it is logged out."""
    from nongrata.ledger.tokens import revoke_token

    with open_writer(context, create=False) as ledger:
        revoke_token(ledger, name)
    say(f"nongrata: the token {name} is revoked")


@app.command("list")
def list_tokens(context: typer.Context) -> None:
    """List the tokens, without their secrets."""
    from nongrata.ledger import LedgerView
    from nongrata.ledger.tokens import tokens

    with LedgerView.open(settings_of(context).ledger) as view, output_to(None) as stream:
        for token in tokens(view):
            state = f"revoked {token.revoked_at:%Y-%m-%d}" if token.revoked_at else "good"
            made = f"{token.created_at:%Y-%m-%d} by {token.created_by}"
            stream.write(f"{token.id}  {token.role:<8}  {state:<18}  {made}  {token.name}\n")
