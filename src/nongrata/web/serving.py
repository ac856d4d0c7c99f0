"""Running the observatory."""

from __future__ import annotations

from nongrata.model import MissingExtraError
from nongrata.web.settings import WebSettings


def serve(settings: WebSettings) -> None:
    """Serve the pages until interrupted.

    Raises:
        MissingExtraError: the extra ``web`` is not installed.
        LedgerError: there is no such ledger, or it cannot be read.
    """
    try:
        import uvicorn

        from nongrata.web.app import create_app
    except ImportError as error:
        raise MissingExtraError("web") from error
    app = create_app(settings)
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning", server_header=False)
