"""Logging in with a token, and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from nongrata.ledger import acting_as
from nongrata.ledger.tokens import Role, note_login, token_of
from nongrata.model import LedgerError
from nongrata.web.access.principal import COOKIE, checked, client_of
from nongrata.web.access.sessions import LIFE
from nongrata.web.pages.asking import Kept
from nongrata.web.templating import page

router = APIRouter()


@router.get("/login", name="login")
def login(request: Request, next: str = "/") -> Response:
    """The form that asks for a token."""
    return page(request, "login.html", next=own_path(next), wrong=False)


@router.post("/login")
def log_in(
    request: Request, kept: Kept, token: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
) -> Response:
    """Begin a session for a good token."""
    wait = request.app.state.logins.take(client_of(request))
    if wait:
        raise HTTPException(429, "too many tries: wait a while", {"Retry-After": str(int(wait) + 1)})
    found = token_of(kept.view, token.strip())
    if found is None:
        return page(request, "login.html", status=401, next=own_path(next), wrong=True)
    _note(kept, found.name)
    answer = RedirectResponse(own_path(next), 303)
    answer.set_cookie(
        COOKIE,
        request.app.state.sessions.begin(found.id),
        max_age=int(LIFE),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/logout")
def log_out(request: Request, csrf: Annotated[str, Form()] = "") -> Response:
    """End the session."""
    checked(request, Role.READER, csrf)
    request.app.state.sessions.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE)
    return answer


def own_path(path: str) -> str:
    """A path on this server; anything that could lead elsewhere becomes the start page."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if is_own else "/"


def _note(kept: Kept, name: str) -> None:
    """Log it where the ledger can be written; a busy one does not keep anybody out."""
    try:
        with acting_as(name), kept.writing() as ledger:
            note_login(ledger, name)
    except LedgerError:
        return
