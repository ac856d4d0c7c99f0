"""The ledger as a whole over HTTP: health, and the log of changes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from nongrata._version import __version__
from nongrata.web.access.principal import ApiAdmin
from nongrata.web.api.answers import COMMON, REFUSED, as_json, ok
from nongrata.web.api.models import Health, LogOut
from nongrata.web.pages.asking import Kept, Reading

router = APIRouter(prefix="/api/v1", tags=["ledger"], responses=COMMON)


@router.get("/health", responses=ok(Health, "The server answers"))
def health(kept: Kept) -> Response:
    """Whether the ledger can be read, how large it is, and how many changes the incidents do not show yet."""
    return as_json({"status": "ok", "version": __version__} | asdict(kept.state()))


@router.get("/log", responses=ok(list[LogOut], "The newest changes") | REFUSED)
def log(view: Reading, who: ApiAdmin, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> Response:
    """Who changed what, newest first; for admins."""
    entries = view.log(limit=limit)
    return as_json(
        [
            {"at": e.at.isoformat(), "user": e.user, "action": e.action, "subject": e.subject, "reason": e.reason}
            for e in entries
        ]
    )
