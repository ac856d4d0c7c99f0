"""Claims, reports and sources over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from starlette.responses import Response

from nongrata.ledger.around import incident_of
from nongrata.ledger.pages import COUNTED
from nongrata.ledger.standing import standing_of
from nongrata.publishing.annotations import annotation_page
from nongrata.publishing.jsonl import report_object
from nongrata.web.api.answers import COMMON, MISSING, as_json, claim_object, named, next_link, ok, wanted
from nongrata.web.api.models import (
    ClaimOut,
    ClaimPage,
    ClaimPageQuery,
    ClaimQuery,
    FacetsOut,
    ReportOut,
    SourceOut,
)
from nongrata.web.exports import CLAIMS, page_of_claims
from nongrata.web.pages.asking import Kept, Reading
from nongrata.web.query import claim_filter

router = APIRouter(prefix="/api/v1", responses=COMMON)

Name = Annotated[str, Path(max_length=500)]


@router.get("/claims", tags=["claims"], responses=ok(ClaimPage, "A page of claims, newest first", CLAIMS))
def claims(request: Request, view: Reading, asked: Annotated[ClaimPageQuery, Query()]) -> Response:
    """Claims of a filter, newest publication first; CSV or JSON lines by ``Accept``."""
    format = wanted(request, CLAIMS)
    found = view.search(claim_filter(asked), after=asked.after, limit=asked.limit)
    if format is not None:
        body = page_of_claims(view, format, found.found)
        return Response(body, media_type=CLAIMS[format].media_type, headers=next_link(request, found.after))
    with view.reading() as connection:
        placed = incident_of(connection, [claim.key for claim in found.found])
    items = [claim_object(claim, placed.get(claim.key)) for claim in found.found]
    return as_json({"items": items, "next": found.after})


@router.get("/claims/{key}", tags=["claims"], responses=ok(ClaimOut, "The claim") | MISSING)
def claim(key: Name, view: Reading) -> Response:
    """One live claim."""
    found = view.claims([key]).get(key)
    if found is None:
        raise HTTPException(404, "no live claim has this key")
    with view.reading() as connection:
        return as_json(claim_object(found, incident_of(connection, [key]).get(key)))


@router.get("/facets", tags=["claims"], responses=ok(FacetsOut, "Numbers of claims by property"))
def facets(kept: Kept, asked: Annotated[ClaimQuery, Query()]) -> Response:
    """How many claims of a filter have which type, actor, target, factuality, publisher, and were reviewed."""
    found = kept.facets(claim_filter(asked), COUNTED)
    return as_json({"values": {name: named(v) for name, v in found.values.items()}, "complete": found.complete})


@router.get(
    "/reports/{report_id:path}/annotations",
    tags=["reports"],
    responses=MISSING | {200: {"description": "The AnnotationPage", "content": {"application/ld+json": {}}}},
)
def report_annotations(report_id: Name, view: Reading) -> Response:
    """A report's claims as W3C Web Annotations: which characters each value was read from."""
    found = view.reports([report_id]).get(report_id)
    if found is None:
        raise HTTPException(404, "there is no such report")
    answer = as_json(annotation_page(found, view.claims_of_report(report_id)))
    answer.headers["Content-Type"] = "application/ld+json"
    return answer


@router.get("/reports/{report_id:path}", tags=["reports"], responses=ok(ReportOut, "The report") | MISSING)
def report(report_id: Name, view: Reading) -> Response:
    """A report with its text and its live claims."""
    found = view.reports([report_id]).get(report_id)
    if found is None:
        raise HTTPException(404, "there is no such report")
    told = view.claims_of_report(report_id)
    with view.reading() as connection:
        placed = incident_of(connection, [claim.key for claim in told])
    items = [claim_object(claim, placed.get(claim.key)) for claim in told]
    sha256 = found.sha256 if found.text else None
    return as_json(report_object(found) | {"sha256": sha256, "claims": items} | view.copy_lineage(report_id).to_dict())


@router.get("/sources/{name:path}", tags=["sources"], responses=ok(SourceOut, "The source") | MISSING)
def source(name: Name, view: Reading) -> Response:
    """An outlet or voice: whom it takes from, who passes it on, its reliability with history."""
    with view.reading() as connection:
        found = standing_of(connection, name, 0)
    if found is None:
        raise HTTPException(404, "there is no such source")
    copying = view.copying(name)
    ratings = [
        {"grade": r.grade, "reason": r.reason, "user": r.user, "at": r.at.isoformat()} for r in view.ratings(name)
    ]
    return as_json(
        {
            "name": found.name,
            "origin": found.origin,
            "published": found.published,
            "takes_from": named(found.takes_from),
            "passed_on_by": named(found.passed_on_by),
            "copies": named(copying.copies),
            "copied_by": named(copying.copied_by),
            "complete": found.complete,
            "ratings": ratings,
        }
    )
