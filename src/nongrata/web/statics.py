"""Files that pages load: their addresses carry a hash of what is in them, so that they may be kept for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}
"""Endings that are served, and no others."""

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Static:
    """A file: its bytes, media type and the first hex digits of its SHA-256."""

    body: bytes
    media_type: str
    mark: str


@cache
def statics() -> dict[str, Static]:
    """All files by path below ``static``; style sheets name fonts by relative addresses, which carry no hash."""
    found: dict[str, Static] = {}
    _collect(files("nongrata.web").joinpath("static"), "", found)
    return found


def static(name: str) -> str:
    """The address of a file."""
    return f"/static/{statics()[name].mark}/{name}"


@router.get("/static/{mark}/{name:path}", include_in_schema=False)
async def serve_static(mark: str, name: str) -> Response:
    """One file; only names that are in the package are known, so no path leads out of it."""
    found = statics().get(name)
    if found is None:
        raise HTTPException(404, "there is no such file")
    return Response(
        found.body, media_type=found.media_type, headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


def _collect(folder: Traversable, prefix: str, found: dict[str, Static]) -> None:
    for entry in folder.iterdir():
        if entry.is_dir():
            _collect(entry, f"{prefix}{entry.name}/", found)
            continue
        ending = entry.name[entry.name.rfind(".") :]
        if ending in TYPES:
            body = entry.read_bytes()
            found[prefix + entry.name] = Static(body, TYPES[ending], hashlib.sha256(body).hexdigest()[:12])
