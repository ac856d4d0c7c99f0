"""One incident with everything behind it, and how to cite it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from nongrata.ledger import LedgerView
from nongrata.ledger.around import Former, answers_to, former_ids, incidents_by_id
from nongrata.model import Incident
from nongrata.publishing.citation import bibtex, csl
from nongrata.publishing.claimreview import review_object, script_text
from nongrata.resolution.origins import UNTRACED
from nongrata.web.evidence import Evidence, evidence_of
from nongrata.web.pages.asking import Kept, Reading
from nongrata.web.plots.chaingraph import chain_graph
from nongrata.web.templating import page, segment
from nongrata.web.words import sentence_of

router = APIRouter()

_SHOWN = 30


@router.get("/incidents/{incident_id}", name="incident")
def incident(request: Request, incident_id: str, kept: Kept) -> Response:
    """An incident; the address of one that was merged or split away leads on to where its claims are now."""
    found = _found(kept.view, incident_id)
    if found.id != incident_id:
        return RedirectResponse(f"/incidents/{segment(found.id)}", 301)
    evidence = evidence_of(kept.view, found)
    url = str(request.url.replace(query="", fragment=""))
    return page(
        request,
        "incident.html",
        here="overview",
        incident=found,
        evidence=evidence,
        graph=chain_graph(evidence.tellings),
        unknown=unknown_words(found),
        related=_related(kept.view, found),
        history=_history(kept.view, found),
        url=url,
        citation=_citation(kept.view, found, "bibtex"),
        json_ld=script_text(_review(evidence, url)),
    )


@router.get("/incidents/{incident_id}/cite.{format}", name="cite")
def cite(incident_id: str, format: str, view: Reading) -> Response:
    """An incident as BibTeX (``cite.bib``) or CSL-JSON (``cite.json``)."""
    found = _found(view, incident_id)
    if format == "bib":
        return PlainTextResponse(str(_citation(view, found, "bibtex")), media_type="application/x-bibtex")
    if format == "json":
        return JSONResponse([_citation(view, found, "csl")], media_type="application/vnd.citationstyles.csl+json")
    raise HTTPException(404, "there is no citation of that kind: take cite.bib or cite.json")


def unknown_words(incident: Incident) -> list[str]:
    """What is not known of an incident."""
    words = []
    if not incident.actor and not incident.actors:
        words.append("Nobody says who did it.")
    elif incident.actor and not incident.actor_state:
        words.append("No state is named for whom the actor acts.")
    if not incident.target:
        words.append("Nobody says against whom.")
    if incident.count is None:
        words.append("No number is told.")
    elif incident.count.hi is None:
        words.append("The number has no upper bound.")
    if incident.when is None:
        words.append("The day is not told.")
    elif incident.when.days > 1 and incident.best_when is None:
        words.append("The exact day is not told.")
    if incident.unknown_lineage:
        n = len(incident.unknown_lineage)
        words.append(f"Where {n} of the claims {'comes' if n == 1 else 'come'} from could not be traced.")
    elif any(UNTRACED in origin.reasons for origin in incident.origins):
        words.append("Whether they know it from one source or from several could not be traced: they count as one.")
    if not any(origin.denies for origin in incident.origins):
        words.append("No denial is in the ledger; that does not mean that there was none.")
    return words


def _found(view: LedgerView, incident_id: str) -> Incident:
    found = view.incident(incident_id)
    if found is None:
        raise HTTPException(404, f"the ledger has no incident {incident_id[:60]}: look for it in the overview")
    return found


def _related(view: LedgerView, incident: Incident) -> dict[str, list[tuple[Incident, str]]]:
    """Other incidents by how they belong to this one, each with its sentence."""
    named = {"in_response_to": incident.in_response_to[:_SHOWN], "possibly_same": incident.possibly_same[:_SHOWN]}
    with view.reading() as connection:
        found = incidents_by_id(connection, [id for ids in named.values() for id in ids])
        answers = answers_to(connection, incident)
    by_kind = {kind: [found[id] for id in ids if id in found] for kind, ids in named.items()} | {"answered_by": answers}
    return {kind: [(other, sentence_of(other)) for other in others] for kind, others in by_kind.items()}


def _history(view: LedgerView, incident: Incident) -> list[Former]:
    with view.reading() as connection:
        return former_ids(connection, incident.id)


def _review(evidence: Evidence, url: str) -> dict[str, Any]:
    tellings = evidence.tellings
    reports = {told.report.id: told.report for told in tellings if told.report}
    return review_object(evidence.incident, [told.claim for told in tellings], reports, url=url, publisher="nongrata")


def _citation(view: LedgerView, incident: Incident, format: str) -> Any:  # noqa: ANN401  text or an object
    kept = view.reports(incident.reports[:_SHOWN])
    reports = [kept[id] for id in incident.reports if id in kept]
    today = datetime.now(UTC).date()
    return bibtex(incident, reports, today) if format == "bibtex" else csl(incident, reports, today)
