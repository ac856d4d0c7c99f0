"""Downloads of all rows of a filter, and its feed."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response, StreamingResponse

from nongrata.web.exports import CLAIMS, INCIDENTS, streamed
from nongrata.web.feed import feed_of
from nongrata.web.pages.asking import Reading
from nongrata.web.query import address, claim_filter, incident_filter

router = APIRouter()


@router.get("/export/{format}", name="export")
def export(request: Request, format: str, view: Reading) -> Response:
    """All incidents of a filter (``csv``, ``jsonl``, ``geojson``) or all claims of one (``claims-csv``, ...)."""
    of_claims, _, form = format.rpartition("-")
    kinds = CLAIMS if of_claims == "claims" else {} if of_claims else INCIDENTS
    kind = kinds.get(form)
    if kind is None:
        raise HTTPException(404, "there is no such export: take csv, jsonl, geojson, claims-csv or claims-jsonl")
    params = request.query_params
    rows = (
        streamed(view, kind, claim_filter(params))
        if of_claims
        else streamed(view, kind, incidents=incident_filter(params))
    )
    name = f"{'claims' if of_claims else 'incidents'}.{kind.ending}"
    return StreamingResponse(
        rows, media_type=kind.media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@router.get("/feed.atom", name="feed")
def feed(request: Request, view: Reading) -> Response:
    """The incidents of a filter that the newest claims tell, as an Atom feed."""
    only = incident_filter(request.query_params)
    base = str(request.base_url).rstrip("/")
    text = feed_of(view, only, base, base + address("/feed.atom", only))
    return Response(text, media_type="application/atom+xml")
