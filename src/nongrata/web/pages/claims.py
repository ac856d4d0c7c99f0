"""Claims: a table that words and properties narrow down, and one claim with its report."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from nongrata.ledger.around import incident_of
from nongrata.model import Factuality
from nongrata.publishing.claimreview import claim_object, script_text
from nongrata.vocabulary.events import event_types
from nongrata.web.chips import chips_of
from nongrata.web.evidence import told_claim
from nongrata.web.pages.asking import Kept, Reading
from nongrata.web.query import address, claim_filter
from nongrata.web.templating import page

router = APIRouter()

ROWS = 40
_FACETS = {"type": "type", "who": "actor", "whom": "target", "publisher": "publisher"}
_VALUES = 8
COUNTED = 4000
"""Facets of a filter are counted over so many claims: a page must not wait for more."""


@router.get("/claims", name="claims")
def claims(request: Request, kept: Kept) -> Response:
    """A page of claims."""
    params = request.query_params
    only = claim_filter(params)
    after = params.get("after") or None
    if any(not value for _, value in params.multi_items()):
        return RedirectResponse(address("/claims", only, after=after), 303)
    found = kept.view.search(only, after=after, limit=ROWS)
    reports = kept.view.reports({claim.report_id for claim in found.found})
    facets = kept.facets(only, COUNTED, _VALUES + 1)  # one more, for what is not said
    counted = [
        (name, [(value, n) for value, n in facets.values[column] if value][:_VALUES])
        for name, column in _FACETS.items()
    ]
    return page(
        request,
        "claims.html",
        here="claims",
        only=only,
        chips=chips_of("/claims", only),
        types=list(event_types()),
        scale=[str(value) for value in Factuality],
        rows=[told_claim(claim.key, claim, reports.get(claim.report_id)) for claim in found.found],
        after=found.after,
        later=after,
        facets=counted,
        complete=facets.complete,
        counted=COUNTED,
        total=facets.claims,
    )


@router.get("/claims/{key}", name="claim")
def claim(request: Request, key: str, view: Reading) -> Response:
    """One claim, value by value, with the incident that it stands in."""
    found = view.claims([key]).get(key)
    if found is None:
        raise HTTPException(404, f"no live claim has the key {key[:40]}: it may have been rejected or corrected")
    report = view.reports([found.report_id])[found.report_id]
    with view.reading() as connection:
        incident = incident_of(connection, [key]).get(key)
    return page(
        request,
        "claim.html",
        here="claims",
        told=told_claim(key, found, report),
        report=report,
        fields=found.to_dict(),
        spans={name: span.of(report.text) for name, span in found.spans.items() if report.text},
        incident=incident,
        json_ld=script_text({"@context": "https://schema.org", **claim_object(found, report)}),
    )
