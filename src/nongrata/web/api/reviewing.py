"""Judgements and ratings over HTTP; for those with a token."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Path, Query
from starlette.responses import Response

from nongrata.ledger import Judgement, Verdict, acting_as
from nongrata.web.access.principal import ApiAdmin, ApiReviewer
from nongrata.web.api.answers import COMMON, MISSING, REFUSED, as_json, made, ok
from nongrata.web.api.models import JudgementIn, JudgementOut, RatingIn, TakeBackIn
from nongrata.web.pages.asking import Kept, Reading

router = APIRouter(prefix="/api/v1", tags=["review"], responses=COMMON | REFUSED)


@router.get("/judgements", responses=ok(list[JudgementOut], "The newest judgements"))
def judgements(view: Reading, who: ApiReviewer, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> Response:
    """The newest judgements, newest first."""
    return as_json([_object(judgement) for judgement in view.judgements(limit)])


@router.post("/judgements", status_code=201, responses=made(JudgementOut) | MISSING)
def judge(kept: Kept, who: ApiReviewer, given: JudgementIn, later: BackgroundTasks) -> Response:
    """Keep a decision on a claim; the incidents follow shortly after."""
    with acting_as(who.name), kept.writing() as ledger:
        kept_as = ledger.judge(
            Verdict(given.verdict),
            given.claim,
            reason=given.reason,
            other=given.other,
            field=given.field,
            value=given.value,
        )
    return _then_refresh(kept, as_json(_object(kept_as), 201), later)


@router.post("/judgements/{judgement_id}/take-back", status_code=201, responses=made(JudgementOut) | MISSING)
def take_back(
    judgement_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")],
    kept: Kept,
    who: ApiReviewer,
    given: TakeBackIn,
    later: BackgroundTasks,
) -> Response:
    """Take a judgement back by a new one."""
    with acting_as(who.name), kept.writing() as ledger:
        kept_as = ledger.take_back(judgement_id, reason=given.reason)
    return _then_refresh(kept, as_json(_object(kept_as), 201), later)


@router.post("/sources/{name:path}/ratings", status_code=201, responses=made(RatingIn) | MISSING)
def rate(name: Annotated[str, Path(max_length=500)], kept: Kept, who: ApiAdmin, given: RatingIn) -> Response:
    """Rate a source from A (reliable) to F (cannot be judged)."""
    with acting_as(who.name), kept.writing() as ledger:
        ledger.rate(name, given.grade, reason=given.reason)
    return as_json({"grade": given.grade, "reason": given.reason}, 201)


def _then_refresh(kept: Kept, answer: Response, later: BackgroundTasks) -> Response:
    later.add_task(kept.refresh)
    answer.background = later
    return answer


def _object(judgement: Judgement) -> dict[str, Any]:
    return {
        "id": judgement.id,
        "verdict": str(judgement.verdict),
        "subject": judgement.subject,
        "user": judgement.user,
        "at": judgement.at.isoformat(),
        "reason": judgement.reason,
        "field": judgement.field,
        "value": judgement.value,
        "takes_back": judgement.takes_back,
    }
