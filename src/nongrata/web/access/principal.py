"""Who asks: found out before any handler runs, and asked again by those that write."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Form, Header, HTTPException, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from nongrata.ledger.tokens import Role, Token, token_by_id, token_of

COOKIE = "nongrata_session"
_BEARER = HTTPBearer(auto_error=False, description="a token made with `nongrata token add NAME`")
FREE = ("/static/", "/login", "/api/v1/health")
"""Beginnings of addresses that everybody may ask for."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks; ``csrf`` is the secret of a session's forms, None for a program that shows its token each time."""

    name: str
    role: Role
    token_id: str
    csrf: str | None


class LoginNeeded(HTTPException):
    """Somebody unknown asked for what is not for everybody."""

    def __init__(self, request: Request) -> None:
        super().__init__(401, "log in with a token first", {"WWW-Authenticate": 'Bearer realm="nongrata"'})
        query = f"?{request.url.query}" if request.url.query else ""
        self.login = f"/login?next={quote(request.url.path + query, safe='')}"


async def identify(request: Request) -> None:
    """Find out who asks, and refuse reading to strangers where it is not open.

    Raises:
        LoginNeeded: reading needs a token here and none was shown.
        HTTPException: a token was shown that is not good (401), or too often (429).
    """
    # The ledger is asked only for those who show something, and then aside, for others go on meanwhile.
    shown = "authorization" in request.headers or COOKIE in request.cookies
    request.state.principal = await run_in_threadpool(_principal, request) if shown else None
    if request.state.principal or request.app.state.settings.is_open:
        return
    if not request.url.path.startswith(FREE):
        raise LoginNeeded(request)


def needs(role: Role) -> Callable[..., Principal]:
    """A dependency of forms: only a role comes through, and from a session only with the secret of its forms."""

    def check(request: Request, csrf: Annotated[str, Form()] = "") -> Principal:
        return checked(request, role, csrf)

    return check


def needs_of_api(role: Role) -> Callable[..., Principal]:
    """The same for the API: a session shows its secret in the header ``X-CSRF-Token``."""

    def check(
        request: Request,
        shown: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)],
        csrf: Annotated[str, Header(alias="X-CSRF-Token", include_in_schema=False)] = "",
    ) -> Principal:
        return checked(request, role, csrf)

    return check


def checked(request: Request, role: Role, csrf: str) -> Principal:
    """Who asks, if the role suffices and a session's secret is right.

    Raises:
        LoginNeeded: nobody is logged in.
        HTTPException: the role does not suffice, or the form is not ours (403).
    """
    who: Principal | None = getattr(request.state, "principal", None)
    if who is None:
        raise LoginNeeded(request)
    if not who.role.allows(role):
        raise HTTPException(403, f"this needs the role {role}, and the token of {who.name} has the role {who.role}")
    if who.csrf is not None and not hmac.compare_digest(who.csrf.encode(), csrf.encode()):
        raise HTTPException(403, "this form is too old or came from elsewhere: load the page again")
    return who


def _principal(request: Request) -> Principal | None:
    shown = request.headers.get("authorization")
    if shown:
        return _by_bearer(request, shown)
    cookie = request.cookies.get(COOKIE)
    session = request.app.state.sessions.find(cookie) if cookie else None
    token = token_by_id(request.app.state.shelf.view, session.token_id) if session else None
    return _of(token, session.csrf) if session and token else None


def _by_bearer(request: Request, shown: str) -> Principal:
    kind, _, secret = shown.partition(" ")
    token = token_of(request.app.state.shelf.view, secret.strip()) if kind.lower() == "bearer" else None
    if token is None:
        wait = request.app.state.logins.take(client_of(request))
        if wait:
            raise HTTPException(429, "too many wrong tokens: wait a while", {"Retry-After": str(int(wait) + 1)})
        raise HTTPException(401, "this token is not good", {"WWW-Authenticate": 'Bearer error="invalid_token"'})
    return _of(token, None)


def _of(token: Token, csrf: str | None) -> Principal:
    return Principal(token.name, token.role, token.id, csrf)


def client_of(request: Request) -> str:
    """The client's address, as far as the connection tells."""
    return request.client.host if request.client else "unknown"


Reviewer = Annotated[Principal, Depends(needs(Role.REVIEWER))]
"""Somebody who may judge claims."""
Admin = Annotated[Principal, Depends(needs(Role.ADMIN))]
"""Somebody who may rate sources and see the log."""
ApiReviewer = Annotated[Principal, Depends(needs_of_api(Role.REVIEWER))]
"""A program or page that may judge claims."""
ApiAdmin = Annotated[Principal, Depends(needs_of_api(Role.ADMIN))]
"""A program or page that may rate sources and see the log."""
