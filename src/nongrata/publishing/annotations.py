"""A report's claims as W3C Web Annotations: which characters each value was read from.

https://www.w3.org/TR/annotation-model/ : one annotation a value, its target selected by position (Unicode code points
of the kept text, end not included) and by quotation, so that it is found again in a page that differs a little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from nongrata.model import Claim, InputError, Report, Span

CONTEXT = 32
"""Characters of prefix and suffix around a quotation."""


def annotation_page(report: Report, claims: Sequence[Claim]) -> dict[str, Any]:
    """The spans of a report's claims as an AnnotationPage.

    Raises:
        InputError: the report is kept without text, or a span lies outside it.
    """
    if not report.text:
        raise InputError(f"the report {report.id} is kept without its text and cannot be annotated: ingest its text")
    items = [item for claim in claims for item in _of_claim(report, claim)]
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items}


def _of_claim(report: Report, claim: Claim) -> Iterable[dict[str, Any]]:
    places = [*claim.spans.items(), *(("trigger", span) for span in claim.also)]
    values = claim.to_dict()
    for number, (field, span) in enumerate(places):
        yield {
            "id": f"urn:nongrata:claim:{claim.key}:{number}",
            "type": "Annotation",
            "motivation": "classifying",
            "generator": {"type": "Software", "name": claim.reader},
            "body": {
                "type": "TextualBody",
                "purpose": "classifying",
                "format": "text/plain",
                "value": _words(claim.type, field, values.get(field)),
            },
            "target": {"source": report.url or f"urn:sha256:{report.sha256}", "selector": selectors(report, span)},
        }


def selectors(report: Report, span: Span) -> list[dict[str, Any]]:
    """A span as a TextPositionSelector and a TextQuoteSelector.

    Raises:
        InputError: the span lies outside the text.
    """
    text = report.text
    if span.end > len(text):
        raise InputError(
            f"a span of report {report.id} ends at {span.end}, after its text: run `nongrata ledger check`"
        )
    return [
        {"type": "TextPositionSelector", "start": span.begin, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.of(text),
            "prefix": text[max(0, span.begin - CONTEXT) : span.begin],
            "suffix": text[span.end : span.end + CONTEXT],
        },
    ]


def _words(type: str, field: str, value: object) -> str:
    if isinstance(value, list):
        value = " – ".join("…" if one is None else str(one) for one in value)
    return f"{type}: {field}" + ("" if value in (None, "") else f" = {value}")
