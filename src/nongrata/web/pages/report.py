"""One report: its text with every claim marked, value by value; what each block is for; what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import PlainTextResponse, Response

from nongrata.ledger import LedgerView
from nongrata.ledger.around import incident_of
from nongrata.model import BlockRole, Claim, Report, Span
from nongrata.model.remarks import remarks
from nongrata.publishing.claimreview import claim_object, script_text
from nongrata.web.evidence import Told, told_claim
from nongrata.web.marking import Piece, pieces_of
from nongrata.web.pages.asking import Reading
from nongrata.web.templating import page

router = APIRouter()

ROLES = {
    BlockRole.TITLE: "headline",
    BlockRole.LEDE: "opening",
    BlockRole.BODY: "body",
    BlockRole.QUOTE: "quotation",
    BlockRole.BACKGROUND: "background",
    BlockRole.SOURCE_LINE: "source line",
    BlockRole.DATELINE: "place and date",
    BlockRole.CAPTION: "caption",
    BlockRole.PLEA: "plea to the reader",
    BlockRole.TAGS: "tags",
    BlockRole.RELATED: "other stories",
    BlockRole.NAVIGATION: "navigation",
}
"""Roles of blocks in words."""

LEFT_OUT = {
    BlockRole.SOURCE_LINE: "it says where the text comes from: read as lineage, not as a claim",
    BlockRole.DATELINE: "it says where and when the text was written: read as a time, not as a claim",
    BlockRole.CAPTION: "it describes a picture, often of another occasion",
    BlockRole.PLEA: "it asks something of the reader",
    BlockRole.TAGS: "it is a list of key words",
    BlockRole.RELATED: "it belongs to other stories",
    BlockRole.NAVIGATION: "it is furniture of the page",
    None: "it belongs to no block of the article",
}
"""Why a stretch was not read, by its role."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text: its role in words, its pieces, how many claims begin in it, why it was not read ("")."""

    role: str
    pieces: tuple[Piece, ...]
    claims: int
    left_out: str


@router.get("/reports/{report_id:path}/text", name="report_text")
def report_text(report_id: str, view: Reading) -> Response:
    """The archived text as it was read, to the character."""
    report = _found(view, report_id)
    return PlainTextResponse(report.text.encode("utf-8", "surrogatepass"), headers={"Content-Disposition": "inline"})


@router.get("/reports/{report_id:path}", name="report")
def report(request: Request, report_id: str, view: Reading) -> Response:
    """The page of a report."""
    found = _found(view, report_id)
    claims = view.claims_of_report(found.id)
    told = [told_claim(claim.key, claim, found) for claim in claims]
    return page(
        request,
        "report.html",
        here="claims",
        report=found,
        claims=told,
        remarks=remarks(found, claims),
        lineage=view.copy_lineage(found.id),
        placed=_placed(view, told),
        stretches=stretches_of(found, told),
        json_ld=script_text({"@context": "https://schema.org", "@graph": [claim_object(c, found) for c in claims]}),
    )


def stretches_of(report: Report, told: list[Told]) -> list[Stretch]:
    """The text of a report in its blocks and what lies between them; claims are named c1, c2, ... in the marks."""
    marks = [(f"c{number}.{field}", span) for number, one in enumerate(told, 1) for field, span in _places(one.claim)]
    starts = [span.begin for one in told for field, span in _places(one.claim) if field == "trigger"]
    found, at = [], 0
    for role, span in [*((block.role, block.span) for block in report.blocks), (None, None)]:
        begin = span.begin if span else len(report.text)
        if between := report.text[at:begin].strip():
            lead = report.text.index(between, at)
            outside = Span(lead, lead + len(between))
            found.append(_stretch(report.text, None, outside, marks, starts, bool(report.blocks)))
        if span:
            found.append(_stretch(report.text, role, span, marks, starts, True))
            at = max(at, span.end)
    return found


def _stretch(
    text: str, role: BlockRole | None, span: Span, marks: list[tuple[str, Span]], starts: list[int], blocked: bool
) -> Stretch:
    inside = [
        (name, Span(max(s.begin, span.begin) - span.begin, min(s.end, span.end) - span.begin))
        for name, s in marks
        if s.overlaps(span)
    ]
    n = sum(span.begin <= start < span.end for start in starts)
    why = LEFT_OUT.get(role, "") if blocked and not n else ""
    words = ROLES[role] if role else "outside the article" if blocked else "text"
    return Stretch(words, tuple(pieces_of(span.of(text), inside)), n, why)


def _places(claim: Claim) -> list[tuple[str, Span]]:
    return [*claim.spans.items(), *(("trigger", span) for span in claim.also)]


def _placed(view: LedgerView, told: list[Told]) -> dict[str, str]:
    with view.reading() as connection:
        return incident_of(connection, [one.key for one in told])


def _found(view: LedgerView, report_id: str) -> Report:
    found = view.reports([report_id]).get(report_id)
    if found is None:
        raise HTTPException(404, f"the ledger has no report {report_id[:60]}: find it from a claim or an incident")
    return found
