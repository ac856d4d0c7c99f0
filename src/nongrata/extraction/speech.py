"""What quotation marks tell of attributions: a quotation has one speaker, and goes on until it is closed.

A tagger or a table finds who speaks and where the words begin; here the words are followed to their end.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nongrata.language.quotations import Quotation, find_quotations
from nongrata.model import Span

_EDGE = " \t\n,.;:–—-!?"
SPEECH = 25
"""So many characters make somebody's words; a shorter quotation may be a title or a word held at arm's length."""
_WORDS = 8
"""So many make a quotation that goes on with one just attributed."""
_SELF = frozenset({"i", "we", "you", "me", "us"})
_SENTENCE_END = re.compile(r"[.!?…:][\"”’'»)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (``source``, empty when nobody is named) gives by which words (``cue``) what (``content``), as characters.

    Each is a tuple of spans in the order of the text. ``confidence`` is between 0 and 1.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float = 1.0

    def to_dict(self) -> dict[str, list[list[int]]]:
        """The spans as lists of pairs, as scorers read them."""
        return {role: [[span.begin, span.end] for span in getattr(self, role)] for role in ("source", "cue", "content")}


def completed(text: str, attributions: Sequence[Attribution], whole: Sequence[Span] | None = None) -> list[Attribution]:
    """The attributions with every quotation whole and with its speaker; asides in the first person inside one dropped.

    ``whole`` are the paragraphs that were read, all by default: quotations elsewhere are nobody's here.
    """
    stretches = [Span(0, len(text))] if whole is None else whole
    quotations = [q for stretch in stretches for q in find_quotations(text, stretch)]
    begins = [q.span.begin for q in quotations]
    kept = []
    for attribution in attributions:
        within = _holding(quotations, begins, attribution.cue[0])
        inside = attribution if within is None else _clipped(text, attribution, within.span)
        if inside is not None:
            kept.append(inside)
    grown = [_without_tail(text, _whole(text, a, quotations, begins), quotations) for a in kept]
    return _carried_on(text, [*grown, *_shaped(text, grown, quotations)], quotations)


def _holding(quotations: Sequence[Quotation], begins: Sequence[int], span: Span) -> Quotation | None:
    at = bisect.bisect_right(begins, span.begin) - 1
    return quotations[at] if at >= 0 and quotations[at].span.end >= span.end else None


def _clipped(text: str, attribution: Attribution, quotation: Span) -> Attribution | None:
    """An attribution within somebody's speech, cut off where the speech ends.

    None for what is no attribution of its own: "I think", "you know", a verb without anybody.
    """
    words = {w.casefold() for s in attribution.source for w in re.findall(r"\w+", s.of(text))}
    if not words or words & _SELF:
        return None
    inner = Span(quotation.begin + 1, max(quotation.begin + 1, quotation.end - 1))
    parts = [
        tuple(Span(max(s.begin, inner.begin), min(s.end, inner.end)) for s in part if s.overlaps(inner))
        for part in (attribution.source, attribution.content)
    ]
    source, content = (tuple(_trimmed(text, s) for s in part) for part in parts)
    return replace(attribution, source=source, content=content) if source and content else None


def _trimmed(text: str, span: Span) -> Span:
    end = span.end
    while end > span.begin + 1 and text[end - 1] in _EDGE:
        end -= 1
    return Span(span.begin, end)


def _whole(text: str, attribution: Attribution, quotations: Sequence[Quotation], begins: Sequence[int]) -> Attribution:
    """The attribution with each quotation that its content enters taken in to its end."""
    content = list(attribution.content)
    for index, span in enumerate(attribution.content):
        first = max(0, bisect.bisect_right(begins, span.begin) - 1)
        for quotation in quotations[first:]:
            if quotation.span.begin >= span.end:
                break
            if not quotation.span.overlaps(span) or any(quotation.span.overlaps(c) for c in attribution.cue):
                continue
            if any(quotation.span.covers(s) for s in attribution.source):
                continue
            now = content[index]
            before = text[now.begin : max(now.begin, quotation.span.begin)]
            if before and _SENTENCE_END.search(before) and ":" not in before[-3:]:
                # The parser ran over the end of a sentence: a speech after it is another's, or goes on.
                content[index] = _trimmed(text, Span(now.begin, now.begin + len(before)))
                break
            content[index] = Span(min(now.begin, quotation.span.begin), max(now.end, quotation.span.end))
    return replace(attribution, content=joined(content, 2))


_CLOSED = re.compile(r"[,.?!][\"”’']+$")
_ASIDE = re.compile(r"\s*(?:\w+ing|as|when|while)\b")


def _without_tail(text: str, attribution: Attribution, quotations: Sequence[Quotation]) -> Attribution:
    """The attribution without the reporter's own words after the end of a speech ('"We shall see," when asked ...').

    A speech that ends with a stop inside its marks, and with no other behind it, is over.
    """
    content = []
    for span in attribution.content:
        inside = [q.span for q in quotations if span.covers(q.span)]
        last = inside[-1] if inside else None
        over = last is not None and last.end < span.end and _CLOSED.search(last.of(text))
        if over and last is not None and (last.begin == span.begin or _ASIDE.match(text, last.end)):
            span = Span(span.begin, last.end)
        content.append(span)
    return replace(attribution, content=tuple(content))


def _shaped(text: str, attributions: Sequence[Attribution], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Attributions of quotations that nobody has, where the words beside them say whose they are."""
    from nongrata.extraction.direct import shaped

    free = [q for q in quotations if not _taken(q, attributions)]
    return [a for a in (shaped(text, q) for q in free) if a is not None]


def _carried_on(text: str, attributions: Sequence[Attribution], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Quotations nobody has yet go to who spoke just before: in the same paragraph, or on from an open mark."""
    found = list(attributions)
    for at, quotation in enumerate(quotations):
        if _taken(quotation, found) or len(quotation.span) < _WORDS:
            continue
        speaker = _speaker(text, found, quotations, at)
        if speaker is not None:
            found[speaker] = replace(found[speaker], content=joined([*found[speaker].content, quotation.span], 2))
    return found


def _taken(quotation: Quotation, attributions: Sequence[Attribution]) -> bool:
    """True when somebody outside a quotation is given its words."""
    return any(
        quotation.span.overlaps(content) and not quotation.span.covers(a.cue[0])
        for a in attributions
        for content in a.content
    )


def _speaker(text: str, attributions: Sequence[Attribution], quotations: Sequence[Quotation], at: int) -> int | None:
    """Whose words a quotation goes on with: the index of the attribution; None for nobody's."""
    quotation = quotations[at]
    before = text[max(0, quotation.span.begin - 400) : quotation.span.begin]
    new_paragraph = "\n" in before[len(before.rstrip(" \t\n")) :]
    broken = before.rstrip().endswith(",")
    if not _SENTENCE_END.search(before) and not new_paragraph and not broken:
        return None
    if new_paragraph and not (at and quotations[at - 1].continued):
        return None
    paragraph = text.rfind("\n", 0, quotation.span.begin) + 1
    best: tuple[tuple[bool, int], int] | None = None
    for index, attribution in enumerate(attributions):
        last = max(attribution.content[-1].end, attribution.cue[-1].end)
        if last > quotation.span.begin:
            continue
        if not new_paragraph and attribution.cue[0].begin < paragraph:
            continue
        if new_paragraph and not quotations[at - 1].span.overlaps(attribution.content[-1]):
            continue
        if broken and (attribution.cue[-1].end < last or re.search(r"[.!?]\s", text[last : quotation.span.begin])):
            continue
        rank = (_speaks(attribution, quotations), last)
        if best is None or rank > best[0]:
            best = (rank, index)
    return best[1] if best is not None else None


def _speaks(attribution: Attribution, quotations: Sequence[Quotation]) -> bool:
    """True for one whose words are quoted already."""
    return any(span.covers(q.span) for span in attribution.content for q in quotations)


def joined(spans: Sequence[Span], gap: int) -> tuple[Span, ...]:
    """Spans in order, those that overlap or lie within ``gap`` characters of each other made one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: s.begin):
        if found and span.begin - found[-1].end <= gap:
            found[-1] = Span(found[-1].begin, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
