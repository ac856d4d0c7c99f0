"""Attribution: who says what in a report, by which words.

Frames over a parse find the source, the cue and where the content begins (:mod:`nongrata.extraction.frames`); quotation
marks then say where a speech ends and whose it is (:mod:`nongrata.extraction.speech`). The roles are those of Pareti's
PolNeAR (2018).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nongrata.extraction.frames import read_frames
from nongrata.extraction.labelled import labelled
from nongrata.extraction.renaming import Renamed, rename
from nongrata.extraction.speech import Attribution, completed
from nongrata.language.names import find_mentions
from nongrata.language.parsing import parsed
from nongrata.language.quotations import paragraphs
from nongrata.model import Span


def read_attributions(text: str, places: Sequence[Span] | None = None) -> list[Attribution]:
    """The attributions of a text, by the place of their cue; they may lie one within another's content.

    With ``places``, only the paragraphs that hold one of them are read, and as much before as a pronoun looks back.
    """
    return next(attributions_of([(text, places)]))


def attributions_of(texts: Sequence[tuple[str, Sequence[Span] | None]]) -> Iterator[list[Attribution]]:
    """The attributions of some texts, in order, as :func:`read_attributions` reads each; parsed in one run."""
    every = [list(paragraphs(text, Span(0, len(text)))) for text, _ in texts]
    wanted = [some if places is None else needed(some, places) for some, (_, places) in zip(every, texts, strict=True)]
    # States are hidden from the parser, as from the reader: none is read better.
    renamed = [
        [rename(span.of(text), find_mentions(span.of(text))) for span in some]
        for (text, _), some in zip(texts, wanted, strict=True)
    ]
    docs = parsed(one.text for some in renamed for one in some)
    for (text, _), paragraphs_, some, names in zip(texts, every, wanted, renamed, strict=True):
        framed = [
            _placed(found, one, span.begin)
            for span, one in zip(some, names, strict=True)
            for found in read_frames(next(docs), one.text)
        ]
        found = [*completed(text, framed, some), *labelled(text, paragraphs_, some)]
        yield sorted(found, key=lambda a: (a.cue[0], a.content))


def _placed(found: Attribution, renamed: Renamed, begin: int) -> Attribution:
    """An attribution of a renamed paragraph where it stands in the text."""

    def back(spans: Sequence[Span]) -> tuple[Span, ...]:
        firsts = [renamed.original([(s.begin, s.begin + 1)])[0][0] for s in spans]
        lasts = [renamed.original([(s.end - 1, s.end)])[0][1] for s in spans]
        return tuple(Span(begin + b, begin + e) for b, e in zip(firsts, lasts, strict=True))

    return Attribution(back(found.source), back(found.cue), back(found.content), found.confidence)


_BACK = 2


def needed(every: Sequence[Span], places: Sequence[Span]) -> list[Span]:
    """The paragraphs that some places touch, each after the ones before it."""
    wanted = {i for i, p in enumerate(every) if any(p.overlaps(place) for place in places)}
    return [p for i, p in enumerate(every) if any(i + back in wanted for back in range(_BACK + 1))]


def outermost(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions that stand in no other's content."""
    contents = [characters(a.content) for a in attributions]
    cues = [characters(a.cue) for a in attributions]
    return [
        one
        for index, one in enumerate(attributions)
        if not any(
            other != index
            and 2 * len(cues[index] & content) > len(cues[index])
            and len(content) >= len(contents[index])
            for other, content in enumerate(contents)
        )
    ]


def characters(spans: Sequence[Span]) -> set[int]:
    """The places that some spans cover."""
    return {place for span in spans for place in range(span.begin, span.end)}
