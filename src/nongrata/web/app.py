"""The application: routers, headers, errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from nongrata._version import __version__
from nongrata.web import statics
from nongrata.web.access.gate import Gate
from nongrata.web.access.limits import Buckets
from nongrata.web.access.principal import identify
from nongrata.web.access.sessions import Sessions
from nongrata.web.api import API
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
        dependencies=[Depends(identify)],
    )
    app.state.shelf = shelf
    app.state.settings = settings
    app.state.sessions = Sessions()
    app.state.logins = Buckets(settings.limits.logins, settings.limits.logins_per_minute / 60)
    for router in PAGES:
        app.include_router(router, include_in_schema=False)
    for router in API:
        app.include_router(router)
    app.include_router(statics.router)
    add_handlers(app)
    app.add_middleware(Gate, settings=settings)
    app.add_middleware(Headers)
    return app
