"""The overview: a filter in the address; timeline, map, matrix and table of what it lets through."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from nongrata.model import Factuality
from nongrata.vocabulary.events import event_types
from nongrata.web.chips import chips_of
from nongrata.web.evidence import card_of
from nongrata.web.pages.asking import Kept
from nongrata.web.plots.matrix import matrix
from nongrata.web.plots.timeline import histogram, timeline
from nongrata.web.plots.worldmap import BORDERS, world_map
from nongrata.web.query import address, incident_filter
from nongrata.web.templating import page
from nongrata.web.words import sentence_of

router = APIRouter()

ROWS = 50


@router.get("/", name="overview")
def overview(request: Request, kept: Kept) -> Response:
    """The overview of a filter."""
    params = request.query_params
    only = incident_filter(params)
    side = "whom" if params.get("map") == "whom" else "who"
    after, selected = params.get("after") or None, params.get("sel") or None
    if any(not value for _, value in params.multi_items()):
        return RedirectResponse(address("/", only, map=side if side == "whom" else None, sel=selected), 303)
    some = kept.view.incident_page(only, after=after, limit=ROWS)
    counted = kept.overview(only)
    chosen = kept.view.incident(selected) if selected else None
    return page(
        request,
        "overview.html",
        here="overview",
        only=only,
        chips=chips_of("/", only),
        types=list(event_types()),
        scale=[str(value) for value in Factuality],
        rows=[(incident, sentence_of(incident)) for incident in some.found],
        after=some.after,
        later=after,
        counted=counted,
        side=side,
        timeline=timeline(some.found),
        histogram=histogram(counted),
        world=world_map(counted, side),
        borders=BORDERS,
        matrix=matrix(counted),
        card=card_of(kept.view, chosen) if chosen else None,
        selected=chosen.id if chosen else None,
    )
