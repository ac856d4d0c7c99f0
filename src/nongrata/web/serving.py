"""Running the observatory."""

from __future__ import annotations

import gc
from collections.abc import Callable

from nongrata.ledger import LedgerView
from nongrata.ledger.tokens import has_token
from nongrata.model import InputError, MissingExtraError
from nongrata.web.settings import WebSettings


def serve(settings: WebSettings, ready: Callable[[], None] = lambda: None) -> None:
    """Serve the pages until interrupted; ``ready`` is called when nothing is missing any more.

    Raises:
        MissingExtraError: the extra ``web`` is not installed.
        LedgerError: there is no such ledger, or it cannot be read.
        InputError: it shall be served beyond loopback, and the ledger has no token.
    """
    try:
        import uvicorn

        from nongrata.web.app import create_app
    except ImportError as error:
        raise MissingExtraError("web") from error
    _check_tokens(settings)
    app = create_app(settings)
    app.state.shelf.warm()
    settle()
    ready()
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning", server_header=False)


def settle() -> None:
    """Leave what is loaded by now out of garbage collection: a full round over it stops all requests for some 60 ms."""
    gc.collect()
    gc.freeze()


def _check_tokens(settings: WebSettings) -> None:
    if settings.is_open:
        return
    with LedgerView.open(settings.ledger) as view:
        if not has_token(view):
            raise InputError(
                f"{settings.host} can be reached from other machines and the ledger has no token: "
                "make one with `nongrata token add NAME`, or leave --host out"
            )
