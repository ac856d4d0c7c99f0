"""A claim's sentence with the characters that its values were read from marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nongrata.model.marking import marks_in_sentence
from nongrata.model.span import Span

if TYPE_CHECKING:
    from rich.text import Text

    from nongrata.model import Claim

_STYLES = {"trigger": "bold red", "count": "bold cyan", "when": "bold green", "actor": "bold", "target": "bold"}


def sentence_text(claim: Claim, report_text: str, *, colour: bool) -> Text:
    """The sentence with its values in colour; without colour the values stand between ‹ and ›.

    The spans count characters of the report's text, so the sentence is looked up there around the trigger.
    """
    from rich.text import Text

    marks = marks_in_sentence(claim, report_text)
    if not colour:
        return Text(_bracketed(claim.sentence, marks))
    text = Text(claim.sentence)
    for name, span in marks:
        text.stylize(_STYLES[name], span.begin, span.end)
    return text


def _bracketed(sentence: str, marks: list[tuple[str, Span]]) -> str:
    """The sentence with ‹ › around the marked stretches; overlapping ones are joined."""
    joined: list[Span] = []
    for span in sorted(span for _, span in marks):
        if joined and span.begin <= joined[-1].end:
            joined[-1] = Span(joined[-1].begin, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    for span in reversed(joined):
        sentence = f"{sentence[: span.begin]}‹{span.of(sentence)}›{sentence[span.end :]}"
    return sentence
