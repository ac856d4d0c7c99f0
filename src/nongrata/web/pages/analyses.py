"""The pages of the analyses: a question, its answer in words, a plot, the figures as a table and to take away."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import msgspec
from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from nongrata.model.harmless import no_formula
from nongrata.vocabulary.events import event_types
from nongrata.web.pages.asking import Kept
from nongrata.web.questions import QUESTIONS, answered
from nongrata.web.templating import page

router = APIRouter()

ROWS = 300
"""Rows on a page; files have all."""


@router.get("/analyses", name="analyses")
def analyses(request: Request) -> Response:
    """The questions that can be asked."""
    return page(request, "analyses.html", here="analyses", questions=list(QUESTIONS.values()))


@router.get("/analyses/{name}", name="analysis")
def analysis(request: Request, name: str, kept: Kept) -> Response:
    """A question with its answer; ``format`` "csv" or "jsonl" gives the figures, "svg" the plot."""
    question = QUESTIONS.get(name)
    if question is None:
        raise HTTPException(404, f"there is no analysis {name[:80]}: choose among {', '.join(QUESTIONS)}")
    params = request.query_params
    answer = answered(question, kept, params)
    wanted = params.get("format", "html")
    if wanted != "html":
        return _file(name, wanted, answer.rows, str(answer.plot), answer.problem)
    query = str(request.url.query)
    shown = answer.rows[:ROWS]
    return page(
        request,
        "analysis.html",
        here="analyses",
        question=question,
        questions=list(QUESTIONS.values()),
        fields=question.fields(params),
        types=list(event_types()),
        answer=answer,
        rows=shown,
        columns=[
            name for name in (answer.rows[0] if answer.rows else ()) if any(row[name] is not None for row in shown)
        ],
        more=max(0, len(answer.rows) - ROWS),
        query=f"{query}&" if query else "",
    )


def _file(name: str, wanted: str, rows: Sequence[dict[str, Any]], plot: str, problem: str) -> Response:
    if problem:
        raise HTTPException(400, problem)
    if wanted == "jsonl":
        body = "".join(msgspec.json.encode(row).decode("utf-8") + "\n" for row in rows)
        kind = "application/x-ndjson"
    elif wanted == "csv":
        body, kind = _csv(rows), "text/csv; charset=utf-8"
    elif wanted == "svg":
        body, kind = plot, "image/svg+xml"
    else:
        raise HTTPException(400, f"there is no format {wanted[:20]}: choose csv, jsonl or svg")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{wanted}"'}
    return Response(body, media_type=kind, headers=headers)


def _csv(rows: Sequence[dict[str, Any]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([no_formula(value) for value in row.values()])
    return stream.getvalue()
