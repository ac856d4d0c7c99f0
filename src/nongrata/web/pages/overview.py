"""The overview: a filter in the address; timeline, map, matrix and table of what it lets through."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from nongrata.ledger import IncidentFilter
from nongrata.ledger.overview import Overview
from nongrata.model import Factuality
from nongrata.vocabulary.events import event_types
from nongrata.web.chips import chips_of
from nongrata.web.evidence import card_of
from nongrata.web.pages.asking import Kept, Reading
from nongrata.web.plots.matrix import matrix
from nongrata.web.plots.timeline import histogram, timeline
from nongrata.web.plots.worldmap import BORDERS, world_map
from nongrata.web.query import address, incident_filter
from nongrata.web.templating import fragment, page
from nongrata.web.words import sentence_of

router = APIRouter()

ROWS = 50


@dataclass(frozen=True, slots=True)
class Pictures:
    """The parts of an overview that are drawn from its counts alone; ``undated`` incidents have no known time."""

    histogram: Markup
    map: Markup
    matrix: Markup
    undated: int


@router.get("/", name="overview")
def overview(request: Request, kept: Kept) -> Response:
    """The overview of a filter."""
    params = request.query_params
    only = incident_filter(params)
    side = "whom" if params.get("map") == "whom" else "who"
    after, selected = params.get("after") or None, params.get("sel") or None
    if any(not value for _, value in params.multi_items()):
        return RedirectResponse(address("/", only, map=side if side == "whom" else None, sel=selected), 303)
    some = kept.view.incident_page(only, after=after, limit=ROWS, claims=False)
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
        timeline=timeline(some.found),
        pictures=kept.remembered(("pictures", only, side), lambda: _pictures(counted, only, side)),
        card=card_of(kept.view, chosen) if chosen else None,
        selected=chosen.id if chosen else None,
    )


@router.get("/card", name="card")
def card(request: Request, view: Reading, sel: str) -> Response:
    """The card of a selected incident alone, for a page that is there already; the filter is for its links."""
    chosen = view.incident(sel)
    if chosen is None:
        raise HTTPException(404, f"the ledger has no incident {sel[:60]}: load the overview again")
    return page(request, "card.html", card=card_of(view, chosen), only=incident_filter(request.query_params))


def _pictures(counted: Overview, only: IncidentFilter, side: str) -> Pictures:
    by_time, world = histogram(counted), world_map(counted, side)
    return Pictures(
        fragment("parts/histogram.html", histogram=by_time, only=only),
        fragment("parts/map.html", world=world, borders=BORDERS, side=side, only=only),
        fragment("parts/matrix.html", matrix=matrix(counted), counted=counted, only=only),
        by_time.undated if by_time else 0,
    )
