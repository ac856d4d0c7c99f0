"""Review: a queue, a sentence on the left, its fields on the right; every button has a key."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, BackgroundTasks, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from nongrata.ledger import Judgement, LedgerView, Verdict, acting_as
from nongrata.ledger.around import incidents_by_id
from nongrata.ledger.judgements import corrected, in_force
from nongrata.web.access.principal import Reviewer
from nongrata.web.corrections import changes, fields_of
from nongrata.web.evidence import card_of, told_claim
from nongrata.web.pages.asking import Kept
from nongrata.web.pages.typing_in import Typed
from nongrata.web.reviewing import Item, queue_of
from nongrata.web.shelf import Shelf
from nongrata.web.templating import page

router = APIRouter()

_DONE = {
    Verdict.ACCEPT: "Accepted.",
    Verdict.REJECT: "Rejected: it counts no more.",
    Verdict.CORRECT: "Corrected.",
    Verdict.SAME: "Kept as the same happening.",
    Verdict.NOT_SAME: "Kept as different happenings.",
    Verdict.TAKE_BACK: "Taken back.",
}
_ON_CLAIMS = {"accept": Verdict.ACCEPT, "reject": Verdict.REJECT}
_ON_PAIRS = {"same": Verdict.SAME, "different": Verdict.NOT_SAME}


@router.get("/review", name="review")
def review(request: Request, kept: Kept, at: str = "", done: str = "") -> Response:
    """The queue, standing at one item."""
    queue = queue_of(kept, at or None)
    following, before = queue.beside(1), queue.beside(-1)
    return page(
        request,
        "review.html",
        here="review",
        queue=queue,
        following=following.name if following else "",
        before=before.name if before else "",
        done=_DONE.get(Verdict(done)) if done in list(Verdict) else None,
        total=kept.state().claims,
        sides=_sides(kept.view, queue.current),
        **_claim(kept.view, queue.current),
    )


@router.post("/review/claim")
def on_claim(
    kept: Kept,
    who: Reviewer,
    later: BackgroundTasks,
    key: Annotated[str, Form(max_length=20)],
    verdict: Annotated[str, Form(max_length=10)],
    reason: Annotated[str, Form(max_length=2000)] = "",
    next: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Accept or reject a claim."""
    if verdict not in _ON_CLAIMS:
        raise HTTPException(400, "a claim can be accepted or rejected")
    with acting_as(who.name), kept.writing() as ledger:
        ledger.judge(_ON_CLAIMS[verdict], key, reason=reason.strip())
    return _on_to(next, _ON_CLAIMS[verdict], later, kept)


@router.post("/review/pair")
def on_pair(
    kept: Kept,
    who: Reviewer,
    later: BackgroundTasks,
    key: Annotated[str, Form(max_length=20)],
    other: Annotated[str, Form(max_length=20)],
    verdict: Annotated[str, Form(max_length=10)],
    reason: Annotated[str, Form(max_length=2000)] = "",
    next: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Say that two incidents are the same happening, or are not."""
    if verdict not in _ON_PAIRS:
        raise HTTPException(400, "a pair can be the same or different")
    with acting_as(who.name), kept.writing() as ledger:
        ledger.judge(_ON_PAIRS[verdict], key, other=other, reason=reason.strip())
    return _on_to(next, _ON_PAIRS[verdict], later, kept)


@router.post("/review/correct")
def correct(
    kept: Kept,
    who: Reviewer,
    later: BackgroundTasks,
    typed: Typed,
    key: Annotated[str, Form(max_length=20)],
    reason: Annotated[str, Form(max_length=2000)] = "",
    next: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Set the changed fields of a claim right, each by a judgement of its own."""
    claim = kept.view.claims([key]).get(key)
    if claim is None:
        raise HTTPException(404, f"no live claim has the key {key}: load the queue again")
    changed = changes(claim, typed)
    if not changed:
        raise HTTPException(400, "nothing was changed: accept the claim if it is right")
    for field, value in changed.items():
        corrected(claim, field, value)
    with acting_as(who.name), kept.writing() as ledger:
        for field, value in changed.items():
            ledger.judge(Verdict.CORRECT, key, field=field, value=value, reason=reason.strip())
    return _on_to(next, Verdict.CORRECT, later, kept)


@router.post("/review/undo")
def undo(kept: Kept, who: Reviewer, later: BackgroundTasks, at: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Take back the newest judgement of the reviewer that is in force."""
    last = _last_of(kept.view, who.name)
    if last is None:
        raise HTTPException(400, "there is nothing of yours to take back")
    with acting_as(who.name), kept.writing() as ledger:
        ledger.take_back(last.id, reason="undone in review")
    return _on_to(at, Verdict.TAKE_BACK, later, kept)


def _on_to(name: str, done: Verdict, later: BackgroundTasks, kept: Shelf) -> Response:
    later.add_task(kept.refresh)
    where = f"&at={quote(name, safe=':~')}" if name else ""
    return RedirectResponse(f"/review?done={done}{where}", 303, background=later)


def _last_of(view: LedgerView, user: str) -> Judgement | None:
    newest = view.judgements(500)
    mine = [judgement for judgement in in_force(newest[::-1]) if judgement.user == user]
    return mine[-1] if mine else None


def _claim(view: LedgerView, item: Item | None) -> dict[str, Any]:
    """What the page shows of a claim; empty for a pair."""
    nothing: dict[str, Any] = {"told": None, "fields": [], "report": None}
    if item is None or item.key is None:
        return nothing
    found = view.claims([item.key]).get(item.key)
    if found is None:
        return nothing
    report = view.reports([found.report_id]).get(found.report_id)
    return {"told": told_claim(item.key, found, report), "fields": fields_of(found), "report": report}


def _sides(view: LedgerView, item: Item | None) -> list[object]:
    """The two incidents of a pair, each as a card."""
    if item is None or item.pair is None:
        return []
    with view.reading() as connection:
        found = incidents_by_id(connection, (item.pair.first, item.pair.second))
    return [card_of(view, found[id]) for id in (item.pair.first, item.pair.second) if id in found]
