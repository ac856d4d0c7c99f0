"""Claims typed by hand: in a report that the ledger has, or with a report of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from nongrata.ledger import LedgerView, acting_as
from nongrata.ledger.handcoding import add_by_hand
from nongrata.model import Claim, InputError, Report, Span
from nongrata.reading.plain import parse_text
from nongrata.web.access.principal import Reviewer
from nongrata.web.corrections import fields_of, value_of
from nongrata.web.pages.asking import Kept, Reading
from nongrata.web.templating import page

router = APIRouter()

_LONGEST = 2000


async def _typed(request: Request) -> dict[str, str]:
    form = await request.form()
    names = [field.name for field in fields_of(None)]
    typed = {name: str(form[name]) for name in names if name in form}
    if any(len(text) > _LONGEST for text in typed.values()):
        raise HTTPException(400, f"a field has more than {_LONGEST} characters: shorten it")
    return typed


Typed = Annotated[dict[str, str], Depends(_typed)]
"""The fields of a claim as they were typed."""


@router.get("/review/new", name="type_claim")
def type_claim(request: Request, view: Reading, report: str = "") -> Response:
    """The form for a claim."""
    found = view.reports([report]).get(report) if report else None
    if report and found is None:
        raise HTTPException(404, f"the ledger has no report {report[:60]}: leave it out and type the text")
    return page(request, "typing.html", here="review", report=found, fields=fields_of(None))


@router.post("/review/new")
def add(
    kept: Kept,
    who: Reviewer,
    later: BackgroundTasks,
    typed: Typed,
    sentence: Annotated[str, Form(max_length=5000)],
    trigger: Annotated[str, Form(max_length=200)] = "",
    report: Annotated[str, Form(max_length=500)] = "",
    publisher: Annotated[str, Form(max_length=200)] = "",
    published: Annotated[str, Form(max_length=10)] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
    text: Annotated[str, Form(max_length=500_000)] = "",
) -> Response:
    """Keep a claim that a person found."""
    found = _kept(kept.view, report) if report else _new(text or sentence, publisher, published, url)
    claim = claim_from(typed, found, sentence.strip(), trigger.strip())
    with acting_as(who.name), kept.writing() as ledger:
        key = add_by_hand(ledger, found, claim, who.name)
    later.add_task(kept.refresh)
    return RedirectResponse(f"/claims/{key}", 303, background=later)


def claim_from(typed: Mapping[str, str], report: Report, sentence: str, trigger: str) -> Claim:
    """The claim that was typed, its sentence and trigger looked up in the report's text.

    Raises:
        InputError: the sentence is not in the text, the trigger not in the sentence, or a value is none.
    """
    values = {name: value_of(name, text) for name, text in typed.items()}
    for side in ("actor", "target"):
        party = values.get(side)
        if party and not values.get(f"{side}_state") and len(party) == 2:
            values[f"{side}_state"] = party
    if not values.get("source_chain") and report.publisher:
        values["source_chain"] = [report.publisher]
    words = trigger or sentence
    at = report.text.find(sentence) if report.text else -1
    if not sentence or (report.text and at < 0):
        raise InputError("the sentence is not in the text: copy it as it stands there")
    if words not in sentence:
        raise InputError("the words that tell the act are not in the sentence: copy them as they stand there")
    begin = at + sentence.index(words)
    spans = {"trigger": Span(begin, begin + len(words)).to_list()} if at >= 0 else {}
    try:
        return Claim.from_dict(
            values | {"sentence": sentence, "trigger": words, "spans": spans},
            report.id,
            report.published,
            report.publisher,
        )
    except ValueError as error:
        raise InputError(f"{error}: see the codebook for what is allowed") from error


def _kept(view: LedgerView, id: str) -> Report:
    found = view.reports([id]).get(id)
    if found is None:
        raise HTTPException(404, f"the ledger has no report {id[:60]}: leave it out and type the text")
    return found


def _new(text: str, publisher: str, published: str, url: str) -> Report:
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise InputError("a claim needs the text in which it stands: paste the report, or its sentence")
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError as error:
        raise InputError(f"{published} is no day: write it as 2024-03-05") from error
    id = f"hand-{hashlib.sha256((text + publisher + published).encode()).hexdigest()[:12]}"
    return parse_text(text, id=id, publisher=publisher.strip() or None, published=day, url=url.strip() or None)
