"""Incidents over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from nongrata.web.api.answers import COMMON, MISSING, as_json, claim_object, incident_object, next_link, ok, wanted
from nongrata.web.api.models import ClaimPage, IncidentOut, IncidentPage, IncidentPageQuery, IncidentQuery, OverviewOut
from nongrata.web.exports import INCIDENTS, page_of_incidents
from nongrata.web.pages.asking import Kept, Reading
from nongrata.web.query import incident_filter
from nongrata.web.templating import segment

router = APIRouter(prefix="/api/v1", tags=["incidents"], responses=COMMON)


@router.get("/incidents", responses=ok(IncidentPage, "A page of incidents, latest first", INCIDENTS))
def incidents(request: Request, view: Reading, asked: Annotated[IncidentPageQuery, Query()]) -> Response:
    """Incidents of a filter, latest first, those without a known time last; CSV, JSON lines, GeoJSON by ``Accept``."""
    format = wanted(request, INCIDENTS)
    found = view.incident_page(incident_filter(asked), after=asked.after, limit=asked.limit)
    if format is None:
        return as_json({"items": [incident_object(incident) for incident in found.found], "next": found.after})
    body = page_of_incidents(view, format, found.found)
    return Response(body, media_type=INCIDENTS[format].media_type, headers=next_link(request, found.after))


@router.get(
    "/incidents/{incident_id}",
    responses=ok(IncidentOut, "The incident") | MISSING | {301: {"description": "The incident was merged or split"}},
)
def incident(incident_id: str, view: Reading) -> Response:
    """One incident; an id that was merged or split away leads to where its claims are now."""
    found = view.incident(incident_id)
    if found is None:
        raise HTTPException(404, "there is no such incident")
    if found.id != incident_id:
        return RedirectResponse(f"/api/v1/incidents/{segment(found.id)}", 301)
    return as_json(incident_object(found))


@router.get("/incidents/{incident_id}/claims", responses=ok(ClaimPage, "The claims that tell it") | MISSING)
def claims_of_incident(incident_id: str, view: Reading) -> Response:
    """Every claim of an incident, in its order."""
    found = view.incident(incident_id)
    if found is None:
        raise HTTPException(404, "there is no such incident")
    claims = view.claims(found.claims)
    items = [claim_object(claims[key], found.id) for key in found.claims if key in claims]
    return as_json({"items": items, "next": None})


@router.get("/overview", responses=ok(OverviewOut, "The filter's incidents, counted"))
def overview(kept: Kept, asked: Annotated[IncidentQuery, Query()]) -> Response:
    """How many incidents by month, and by type and parties with interval sums."""
    found = kept.overview(incident_filter(asked))
    relations = [
        {
            "type": r.type,
            "actor": r.actor,
            "actor_state": r.actor_state,
            "target": r.target,
            "target_state": r.target_state,
            "incidents": r.incidents,
            "count": r.count.to_list() if r.count else None,
            "uncounted": r.uncounted,
            "disputed": r.disputed,
        }
        for r in found.relations
    ]
    months = dict(found.months)
    return as_json({"incidents": found.incidents, "complete": found.complete, "months": months, "relations": relations})
