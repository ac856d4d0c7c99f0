"""The application: routers, headers, errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from nongrata._version import __version__
from nongrata.web import statics
from nongrata.web.errors import add_handlers
from nongrata.web.headers import Headers
from nongrata.web.pages import PAGES
from nongrata.web.settings import WebSettings
from nongrata.web.shelf import Shelf


def create_app(settings: WebSettings) -> FastAPI:
    """The observatory over one ledger.

    Raises:
        LedgerError: there is no such ledger, or it cannot be read.
    """
    shelf = Shelf(settings.ledger)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        shelf.close()

    app = FastAPI(
        title="nongrata",
        version=__version__,
        summary="A sourced ledger of hostile state activity",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=lifespan,
    )
    app.state.shelf = shelf
    app.state.settings = settings
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    app.include_router(statics.router)
    add_handlers(app)
    app.add_middleware(Headers)
    return app
