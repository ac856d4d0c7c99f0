"""The public pages of a ledger as files: what ``nongrata serve`` shows to a visitor, to be kept and cited.

The application itself is asked, page by page, in this process; nothing listens. A page is followed from another one
when its address has no filter, or when it is the next of a list.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from nongrata.ledger import IncidentFilter, LedgerView
from nongrata.model import LedgerError, MissingExtraError
from nongrata.web.settings import Limits, WebSettings
from nongrata.web.stillpage import Found, still_page

_App = Callable[[Any, Any, Any], Awaitable[None]]
"""An ASGI application."""
_MadeStill = Callable[[str, str, Found], str]
"""From a page's HTML, its file and what gives the files of addresses, to the page as a file."""
_PRIVATE = ("/review", "/login", "/logout", "/api", "/export", "/feed")
"""Where pages begin that need somebody at the other end."""
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_STATIC = re.compile(r"/static/[0-9a-f]+/(.+)")


@dataclass(frozen=True, slots=True)
class StillSite:
    """What was written: files below the folder, and how many pages, incidents and reports."""

    files: tuple[str, ...]
    incidents: int
    reports: int


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    media_type: str
    body: bytes


def write_site(
    place: str,
    folder: Path,
    banner: str,
    only: IncidentFilter | None = None,
    base: str = "",
    told: Callable[[int], None] = lambda done: None,
) -> StillSite:
    """Write the public pages of a ledger into a folder.

    Args:
        place: the ledger, its incidents up to date.
        folder: an empty folder.
        banner: HTML that opens every page and says what the site is.
        only: the incidents that are kept, with the reports that tell them; by default all.
        base: the address that the folder will have, ending with a slash, where it is known.
        told: is called with how many files are written.

    Raises:
        MissingExtraError: the extra ``web`` is not installed.
        LedgerError: the ledger cannot be read, or a page of it cannot be made.
    """
    try:
        from nongrata.web.app import create_app
        from nongrata.web.query import address
    except ImportError as error:
        raise MissingExtraError("web") from error
    wanted = only or IncidentFilter()
    endless = Limits(burst=10**9, per_second=1e9)
    app = create_app(WebSettings(place, limits=endless))
    try:
        with LedgerView.open(place) as view:
            kept = None if wanted.is_open else _kept(view, wanted)
        start = address("/", wanted)
        site = _Site(app, folder, lambda text, file, found: still_page(text, file, found, banner, base), kept, start)
        asyncio.run(site.write(told))
    finally:
        app.state.shelf.close()
    return StillSite(tuple(site.written), site.count("incidents/"), site.count("reports/"))


def _kept(view: LedgerView, only: IncidentFilter) -> set[str]:
    """The addresses of the incidents that a filter lets through, and of their reports."""
    found: set[str] = set()
    after: str | None = None
    while True:
        page = view.incident_page(only, after=after, limit=500, claims=False)
        for incident in page.found:
            found.add(f"/incidents/{quote(incident.id, safe='')}")
            found.update(f"/reports/{quote(report, safe='')}" for report in incident.reports)
        if page.after is None:
            return found
        after = page.after


def _has_page(app: Any, path: str) -> bool:  # noqa: ANN401  a Starlette application
    """True where a route of the application answers to a path; a link may lead to a page that another version has."""
    from starlette.routing import Match

    scope = {"type": "http", "method": "GET", "path": unquote(path), "root_path": "", "headers": []}
    return any(route.matches(scope)[0] is Match.FULL for route in app.routes)


class _Site:
    """Follows the pages from the first one and writes each as a file."""

    def __init__(
        self, app: _App, folder: Path, made_still: _MadeStill, kept: Collection[str] | None, start: str
    ) -> None:
        self._app = app
        self._folder = folder
        self._made_still = made_still
        self._kept = kept
        self._start = start
        self._files: dict[str, str] = {"/": "index.html", start: "index.html"}
        self._waiting: list[str] = [start]
        self._asked = {start, "/"}
        self._taken = {"index.html"}
        self.written: list[str] = []

    def count(self, prefix: str) -> int:
        """How many pages there are under a path."""
        return sum(file.startswith(prefix) and file.endswith(".html") for file in self.written)

    async def write(self, told: Callable[[int], None]) -> None:
        """Write everything."""
        self._write_statics()
        while self._waiting:
            address = self._waiting.pop()
            answer = await _asked(self._app, address)
            if answer.status != 200:
                raise LedgerError(f"the page {address} cannot be made (status {answer.status}): please report it")
            file = self._files[address]
            body = answer.body
            if answer.media_type == "text/html":
                body = self._made_still(body.decode("utf-8"), file, self._file_of).encode("utf-8")
            self._put(file, body)
            told(len(self.written))

    def _write_statics(self) -> None:
        from nongrata.web.statics import statics

        for name, one in statics().items():
            if not name.endswith(".js"):
                self._put(f"static/{name}", one.body)

    def _put(self, file: str, body: bytes) -> None:
        path = self._folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        self.written.append(file)

    def _file_of(self, address: str, is_next: bool) -> str | None:
        if match := _STATIC.fullmatch(address):
            return None if match[1].endswith(".js") else f"static/{match[1]}"
        path, _, query = address.partition("?")
        if chosen := parse_qs(query).get("sel"):
            # A selection on the overview: the incident's own page is where it leads.
            return self._file_of(f"/incidents/{quote(chosen[0], safe='')}", False)
        if (query and not is_next and address != self._start) or not self._is_kept(path):
            return None
        if address not in self._asked:
            self._asked.add(address)
            self._waiting.append(address)
            self._files[address] = self._named(path, query)
        return self._files[address]

    def _is_kept(self, path: str) -> bool:
        if path.startswith(_PRIVATE) or not _has_page(self._app, path):
            return False
        if self._kept is None or not path.startswith(("/incidents/", "/reports/")):
            return True
        return "/".join(path.split("/")[:3]) in self._kept

    def _named(self, path: str, query: str) -> str:
        """A file's path: readable where the address is harmless, else a hash; no two addresses share one."""
        words = (path.strip("/") or "index").split("/")
        parts = [part if _SAFE.fullmatch(part) else _hash(part) for part in map(unquote, words)]
        if query:
            parts[-1] += f"-{_hash(query)}"
        stem, ending = "/".join(parts), ".txt" if path.endswith("/text") else ".html"
        if stem.endswith((".bib", ".json")):
            stem, _, ending = stem.rpartition(".")
            ending = f".{ending}"
        file = stem + ending
        if file.casefold() in self._taken:
            file = f"{stem}-{_hash(path)}{ending}"
        self._taken.add(file.casefold())
        return file


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


async def _asked(app: _App, address: str) -> _Answer:
    """What the application answers to a visitor on this machine."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode("ascii"),
        "root_path": "",
        "query_string": query.encode("ascii"),
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    started: dict[str, Any] = {}
    parts: list[bytes] = []

    async def receive() -> Mapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            started.update(message)
        elif message["type"] == "http.response.body":
            parts.append(message.get("body", b""))

    await app(scope, receive, send)
    headers = {name.lower(): value for name, value in started["headers"]}
    media_type = headers.get(b"content-type", b"").decode("latin-1").split(";")[0]
    return _Answer(started["status"], media_type, b"".join(parts))
