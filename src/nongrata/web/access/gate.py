"""What is refused before anything is read: foreign hosts, too many requests, bodies too large, forms from elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from nongrata.web.access.limits import Buckets
from nongrata.web.access.principal import client_of
from nongrata.web.errors import answer
from nongrata.web.settings import WebSettings, is_loopback

_SAFE = ("GET", "HEAD", "OPTIONS")


class Gate:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._settings = settings
        limits = settings.limits
        self._too_large = f"the request is over {limits.body:,} bytes: send less"
        self._requests = Buckets(limits.burst, limits.per_second)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refused = self._refused(request)
        if refused:
            status, words, headers = refused
            await answer(request, status, words, headers)(scope, receive, send)
            return
        await self._with_bounded_body(request, receive, send)

    def _refused(self, request: Request) -> tuple[int, str, dict[str, str]] | None:
        if self._settings.is_open and not is_loopback(_host(request)):
            return 400, "this server is for this machine alone: ask for it as localhost", {}
        wait = self._requests.take(client_of(request))
        if wait:
            return 429, "too many requests: wait a moment", {"Retry-After": str(int(wait) + 1)}
        if request.method not in _SAFE and not _is_from_here(request):
            return 403, "a form of another site cannot write here: use the pages of this one", {}
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._settings.limits.body:
            return 413, self._too_large, {}
        return None

    async def _with_bounded_body(self, request: Request, receive: Receive, send: Send) -> None:
        so_far = 0

        async def bounded() -> Message:
            nonlocal so_far
            message = await receive()
            so_far += len(message.get("body", b""))
            if so_far > self._settings.limits.body:
                raise HTTPException(413, self._too_large)
            return message

        await self._app(request.scope, bounded, send)


def _is_from_here(request: Request) -> bool:
    """False when a browser says that another site sent this; programs say nothing."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.headers.get("host")
    except ValueError:
        return False


def _host(request: Request) -> str:
    """The host that the request is addressed to, without the port; "" for one that is none."""
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""
