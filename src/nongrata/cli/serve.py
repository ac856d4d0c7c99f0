"""``nongrata serve``: the pages and the HTTP API over the ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from nongrata.cli.console import say
from nongrata.cli.settings import open_fresh, settings_of


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to serve on; beyond loopback a token is needed.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to serve on.", min=1, max=65535)] = 8642,
) -> None:
    """Serve the observatory: overview, incidents with their evidence, reports, sources, review, and an HTTP API."""
    from nongrata.web.serving import serve as run
    from nongrata.web.settings import WebSettings

    with open_fresh(context) as view:
        ledger = view.shown
    shown = f"[{host}]" if ":" in host else host
    words = f"nongrata: http://{shown}:{port}/ shows {ledger}; end it with Ctrl-C"
    run(WebSettings(settings_of(context).ledger, host, port), lambda: say(words))
