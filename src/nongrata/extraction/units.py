"""Units: the stretches of a report that the encoder reads at once, with everything a claim can be made of.

A summary is one unit; an article is cut between sentences into units of at most ``MAX_TOKENS`` word pieces. Each
unit knows its candidates: the parties, numbers and times that stand in it. What is no candidate can never become a
value.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from nongrata.extraction.layout import TOKEN_KINDS
from nongrata.extraction.parties import Party, find_parties
from nongrata.extraction.renaming import RENAMED, rename
from nongrata.language.names import Mention, find_mentions
from nongrata.language.quantities import Quantity, find_quantities
from nongrata.language.sentences import split
from nongrata.language.times import TimeExpression, find_times
from nongrata.model import BlockRole, Report, Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_Found = TypeVar("_Found", Mention, Quantity, TimeExpression)

MAX_TOKENS = 224
SHORT_REPORT = 950
"""A report of at most so many characters is read at once."""
_CHARACTERS_PER_UNIT = 500
"""Longer ones are read in stretches of about this length, which is what the network learnt from."""
_NAME = 7
"""What a state's name counts when lengths are measured, so that no name moves the cut between two units."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a report read at once. All spans and offsets count characters of the report's text.

    ``ids`` are word-piece ids without [CLS] and [SEP]; ``offsets`` the characters of each piece. ``roles`` gives the
    role of the block that each sentence of the unit stands in; ``alone`` is True when it is all that there is to read.
    """

    report: Report
    span: Span
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    sentences: tuple[Span, ...]
    roles: tuple[BlockRole, ...]
    parties: tuple[Party, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[TimeExpression, ...]
    alone: bool = True

    def tokens(self, span: Span) -> list[int]:
        """The indices of the word pieces that overlap a span."""
        first = bisect.bisect_right(self.offsets, span.begin, key=lambda o: o[1])
        found = []
        for index in range(first, len(self.offsets)):
            if self.offsets[index][0] >= span.end:
                break
            found.append(index)
        return found

    def span_of(self, tokens: Sequence[int]) -> Span:
        """The characters from the first of some word pieces to the last."""
        return Span(self.offsets[tokens[0]][0], self.offsets[tokens[-1]][1])

    def sentence_of(self, span: Span) -> Span:
        """The sentence that a span begins in."""
        return self.sentences[self.sentence_at(span.begin)]

    def sentence_at(self, position: int) -> int:
        """The index of the sentence that holds a character (the last one that begins at or before it)."""
        return max(0, bisect.bisect_right(self.sentences, position, key=lambda s: s.begin) - 1)


def units(
    report: Report,
    tokenizer: Tokenizer,
    order: Sequence[int] | None = None,
    wanted: Callable[[Sequence[str]], Sequence[bool]] | None = None,
) -> list[Unit]:
    """The units of a report's readable blocks, in order. ``order`` as in :func:`renaming.rename`.

    ``wanted`` is given the texts of all stretches, and says which of them are to be made into units.
    """
    groups = list(_groups(report))
    kept = wanted([report.text[g[0].span.begin : g[-1].span.end] for g in groups]) if wanted else [True] * len(groups)
    made = (_unit(report, group, tokenizer, order) for group, keep in zip(groups, kept, strict=True) if keep)
    found = [unit for unit in made if unit.ids]
    return found if len(groups) < 2 else [replace(unit, alone=False) for unit in found]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence with the names it holds; ``size`` is its length whatever its states are called."""

    span: Span
    role: BlockRole
    mentions: tuple[Mention, ...]

    @property
    def size(self) -> int:
        return len(self.span) - sum(len(m.span) - _NAME for m in self.mentions if m.kind in RENAMED)


def _pieces(report: Report) -> list[_Piece]:
    found = []
    for block in report.blocks:
        if block.readable:
            for span in split(report.text, block.span):
                mentions = find_mentions(span.of(report.text), report.published)
                found.append(_Piece(span, block.role, tuple(_moved(m, span.begin) for m in mentions)))
    return found


def _groups(report: Report) -> Iterable[list[_Piece]]:
    """Consecutive sentences, as many as fit in a unit."""
    pieces = _pieces(report)
    limit = SHORT_REPORT if sum(piece.size for piece in pieces) <= SHORT_REPORT else _CHARACTERS_PER_UNIT
    group: list[_Piece] = []
    size = 0
    for piece in pieces:
        if group and size + piece.size > limit:
            yield group
            group, size = [], 0
        group.append(piece)
        size += piece.size
    if group:
        yield group


def _unit(report: Report, group: list[_Piece], tokenizer: Tokenizer, order: Sequence[int] | None) -> Unit:
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    mentions = [mention for piece in group for mention in piece.mentions]
    quantities: list[Quantity] = []
    times: list[TimeExpression] = []
    pieces = [piece.span for piece in group]
    for span in pieces:
        sentence = span.of(report.text)
        quantities += [_moved(q, span.begin) for q in find_quantities(sentence)]
        times += [_moved(t, span.begin) for t in find_times(sentence, report.published)]
    # One renaming for the whole unit, so that a state keeps its stand-in from sentence to sentence.
    whole = Span(pieces[0].begin, pieces[-1].end)
    renamed = rename(whole.of(report.text), [_moved(m, -whole.begin) for m in mentions], order)
    encoding = tokenizer.encode(renamed.text, add_special_tokens=False)
    for piece, (begin, end) in zip(encoding.ids, renamed.original(encoding.offsets), strict=True):
        if len(ids) == MAX_TOKENS:
            break
        begin, end = begin + whole.begin, end + whole.begin
        if any(s.begin <= begin < s.end for s in pieces):
            ids.append(piece)
            offsets.append((begin, end))
    return Unit(
        report=report,
        span=whole,
        ids=tuple(ids),
        offsets=tuple(offsets),
        sentences=tuple(pieces),
        roles=tuple(piece.role for piece in group),
        parties=tuple(find_parties(report.text, pieces, mentions, [t.span for t in times])),
        quantities=tuple(q for q in quantities if q.kind in ("count", "share")),
        times=tuple(times),
    )


def _moved(item: _Found, by: int) -> _Found:
    return replace(item, span=Span(item.span.begin + by, item.span.end + by)) if by else item


def token_kinds(unit: Unit) -> list[int]:
    """For each word piece the index in ``TOKEN_KINDS`` of what the tables and grammars know it as."""
    kinds = [0] * len(unit.ids)
    marks: list[tuple[str, Iterable[Span]]] = [
        ("time", (t.span for t in unit.times)),
        ("quantity", (q.span for q in unit.quantities)),
    ]
    for party in unit.parties:
        known = "name" if party.kind == "name" else "state" if len(party.name) == 2 and party.name != "EU" else "body"
        marks.append((known, party.spans))
    for kind, spans in marks:
        for span in spans:
            for token in unit.tokens(span):
                kinds[token] = TOKEN_KINDS.index(kind)
    return kinds
