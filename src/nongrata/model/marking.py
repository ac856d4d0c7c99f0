"""Where the values of a claim stand in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nongrata.model.span import Span

if TYPE_CHECKING:
    from nongrata.model.claim import Claim

FIELDS = ("actor", "target", "when", "count", "trigger")
"""The fields whose places are shown, the one that stands above the others last."""


def marks_in_sentence(claim: Claim, report_text: str) -> list[tuple[str, Span]]:
    """Fields with their spans, counted from the sentence's first character; spans outside the sentence are left out.

    The spans of a claim count characters of the report's text, so the sentence is looked up there around the trigger.
    """
    trigger = claim.spans.get("trigger")
    if trigger is None or not claim.sentence:
        return []
    first, last = max(0, trigger.end - len(claim.sentence)), trigger.begin + len(claim.sentence)
    begin = report_text.find(claim.sentence, first, last)
    if begin < 0:
        return []
    whole = Span(begin, begin + len(claim.sentence))
    found = [(name, claim.spans[name]) for name in FIELDS if name in claim.spans]
    return [(name, span.shifted(-begin)) for name, span in found if whole.covers(span) and len(span)]
