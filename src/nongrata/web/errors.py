"""Errors as answers: one sentence that says what to do, as a page for people and as JSON for programs."""

from __future__ import annotations

import logging
import sqlite3

import sqlalchemy
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from nongrata.model import InputError, LedgerError, NongrataError
from nongrata.web.templating import page

_log = logging.getLogger("nongrata.web")

TITLES = {
    400: "That cannot be asked",
    401: "Log in first",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not this way",
    413: "Too large",
    422: "That cannot be asked",
    429: "Too many requests",
    500: "Our mistake",
    503: "Busy",
}


def answer(request: Request, status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    """An error in the form that the client can read."""
    made: Response
    if request.url.path.startswith("/api/"):
        made = JSONResponse({"detail": words}, status)
    else:
        made = page(request, "error.html", status=status, code=status, title=TITLES.get(status, "Error"), words=words)
    made.headers.update(headers or {})
    return made


def add_handlers(app: FastAPI) -> None:
    """Let the application answer errors so."""

    @app.exception_handler(NongrataError)
    def ours(request: Request, error: NongrataError) -> Response:
        if isinstance(error.__cause__, sqlalchemy.exc.SQLAlchemyError | sqlite3.Error):
            _log.error("%s %s: %s", request.method, request.url.path, error)
            return answer(request, 503, "the ledger is busy or cannot be reached: try again in a while")
        status = 400 if isinstance(error, InputError | LedgerError) else 500
        return answer(request, status, str(error))

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        login = getattr(error, "login", None)
        if login and request.method == "GET" and not request.url.path.startswith("/api/"):
            return RedirectResponse(login, 303)
        words = error.detail if isinstance(error.detail, str) else "the request cannot be answered"
        return answer(request, error.status_code, words, dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "the request"
        return answer(request, 422, f"{where}: {first['msg']}")

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> Response:
        _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        return answer(request, 500, "the server failed at this: try again, and report it if it stays so")
