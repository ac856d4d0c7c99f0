"""How the ledger is made: scope, codebook in short, how well it reads, what is not shown; and the API's page."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from nongrata.vocabulary.events import event_types
from nongrata.web.accuracy import accuracy
from nongrata.web.plots.worldmap import BORDERS
from nongrata.web.templating import page
from nongrata.web.words import CREDIBILITY, RELIABILITY, SURE, number_word

router = APIRouter()


@router.get("/method", name="method")
def method(request: Request) -> Response:
    """The page on method."""
    types = list(event_types().values())
    return page(
        request,
        "method.html",
        here="method",
        types=types,
        how_many=number_word(len(types)),
        own=sum(type.own for type in types),
        sure=SURE,
        grades=CREDIBILITY,
        reliability=RELIABILITY,
        accuracy=accuracy(),
        borders=BORDERS,
    )


@router.get("/api", name="api")
def api(request: Request) -> Response:
    """What the API answers, from its own description."""
    described: dict[str, Any] = request.app.openapi()
    questions = [
        (method.upper(), path, operation)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    ]
    return page(request, "api.html", here="api", questions=questions)
