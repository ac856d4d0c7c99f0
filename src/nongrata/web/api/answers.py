"""How the API answers: as JSON, or as the client asks for it by ``Accept``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from fastapi import HTTPException, Request
from starlette.responses import Response

from nongrata.model import Claim, Incident
from nongrata.web.api.models import Problem
from nongrata.web.exports import Kind
from nongrata.web.words import sentence_of

COMMON: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The question cannot be asked so"},
    401: {"model": Problem, "description": "A token is needed"},
    422: {"model": Problem, "description": "A value has the wrong form"},
    429: {"model": Problem, "description": "Too many requests"},
    503: {"model": Problem, "description": "The ledger is busy"},
}
"""Answers that every question may have."""
MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "There is no such thing"}}
REFUSED: dict[int | str, dict[str, Any]] = {
    403: {"model": Problem, "description": "The role does not suffice"},
    413: {"model": Problem, "description": "The request is too large"},
}

JSON = "application/json"


def ok(model: type, description: str, kinds: Mapping[str, Kind] | None = None) -> dict[int | str, dict[str, Any]]:
    """The description of a good answer, in JSON and in other forms."""
    found: dict[int | str, dict[str, Any]] = {200: {"model": model, "description": description}}
    if kinds:
        found[200]["content"] = {kind.media_type: {"schema": {"type": "string"}} for kind in kinds.values()}
        found[406] = {"model": Problem, "description": "None of the forms that were asked for"}
    return found


def made(model: type) -> dict[int | str, dict[str, Any]]:
    """The description of an answer to what was written."""
    return {201: {"model": model, "description": "It is kept"}}


def as_json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value as JSON."""
    return Response(msgspec.json.encode(value), status, headers=headers, media_type=JSON)


def wanted(request: Request, kinds: Mapping[str, Kind]) -> str | None:
    """The form that a client prefers by its ``Accept``: a name of ``kinds``, or None for JSON.

    Raises:
        HTTPException: it accepts neither JSON nor any of them.
    """
    accept = request.headers.get("accept") or "*/*"
    names: dict[str, str | None] = {JSON: None} | {kind.media_type: name for name, kind in kinds.items()}
    ranked = sorted((_quality(part) for part in accept.split(",")), key=lambda found: -found[1])
    for media, quality in ranked:
        if quality <= 0:
            continue
        for offered, name in names.items():
            if media in ("*/*", offered) or (media.endswith("/*") and offered.startswith(media[:-1])):
                return name
    raise HTTPException(406, f"this comes as {', '.join(names)}: accept one of them")


def incident_object(incident: Incident) -> dict[str, Any]:
    """An incident as the API gives it."""
    return incident.to_dict() | {"sentence": sentence_of(incident)}


def claim_object(claim: Claim, incident: str | None) -> dict[str, Any]:
    """A claim as the API gives it."""
    return {
        "key": claim.key,
        "report": claim.report_id,
        "publisher": claim.publisher,
        "published": claim.published.isoformat() if claim.published else None,
        "incident": incident,
    } | claim.to_dict()


def next_link(request: Request, after: str | None) -> dict[str, str]:
    """The ``Link`` to the next page, for clients that take other forms than JSON."""
    if after is None:
        return {}
    url = request.url.include_query_params(after=after)
    return {"Link": f'<{url}>; rel="next"'}


def named(values: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Names with numbers as an object."""
    return dict(values)


def _quality(part: str) -> tuple[str, float]:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return media.lower(), float(value)
            except ValueError:
                return media.lower(), 0.0
    return media.lower(), 1.0
