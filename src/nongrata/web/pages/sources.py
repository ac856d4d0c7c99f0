"""Sources: outlets by their numbers of claims, and one outlet or voice with whom it copies and who copies it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from nongrata.ledger import ClaimFilter, acting_as
from nongrata.ledger.pages import COUNTED
from nongrata.ledger.standing import CHAINS, grades, names_like, standing_of
from nongrata.web.access.principal import Admin
from nongrata.web.evidence import told_claim
from nongrata.web.pages.asking import Kept
from nongrata.web.query import LONGEST
from nongrata.web.templating import page, segment
from nongrata.web.words import RELIABILITY

router = APIRouter()

_LISTED, _CLAIMS = 300, 20


@router.get("/sources", name="sources")
def sources(request: Request, kept: Kept, q: str = "") -> Response:
    """The outlets, and names that begin as was asked for."""
    listed = kept.facets(ClaimFilter(), COUNTED).values["publisher"]
    outlets = [(name, n) for name, n in listed if name][:_LISTED]
    with kept.view.reading() as connection:
        rated = grades(connection, (name for name, _ in outlets))
        found = names_like(connection, q.strip()[:LONGEST]) if q.strip() else []
    return page(
        request,
        "sources.html",
        here="sources",
        outlets=outlets,
        more=len(listed) - len(outlets),
        rated=rated,
        q=q,
        found=found,
    )


@router.get("/sources/{name:path}", name="source")
def source(request: Request, name: str, kept: Kept) -> Response:
    """An outlet or a voice."""
    with kept.view.reading() as connection:
        standing = standing_of(connection, name, _CLAIMS)
    if standing is None:
        raise HTTPException(404, f"the ledger knows no source {name[:80]}: look among the sources")
    published = kept.view.search(ClaimFilter(publishers=(name,)), limit=_CLAIMS)
    reports = kept.view.reports({claim.report_id for claim in (*published.found, *standing.said)})
    return page(
        request,
        "source.html",
        here="sources",
        standing=standing,
        copying=kept.view.copying(name),
        ratings=kept.view.ratings(name),
        published=[told_claim(claim.key, claim, reports.get(claim.report_id)) for claim in published.found],
        more=published.after is not None,
        said=[told_claim(claim.key, claim, reports.get(claim.report_id)) for claim in standing.said],
        grades=RELIABILITY,
        chains=CHAINS,
    )


@router.post("/sources/{name:path}")
def rate(
    name: str, kept: Kept, who: Admin, grade: Annotated[str, Form()], reason: Annotated[str, Form(max_length=2000)]
) -> Response:
    """Rate a source; earlier ratings stay as its history."""
    if not reason.strip():
        raise HTTPException(400, "a rating needs its reason: say why")
    with acting_as(who.name), kept.writing() as ledger:
        ledger.rate(name, grade, reason=reason.strip())
    return RedirectResponse(f"/sources/{segment(name)}", 303)
