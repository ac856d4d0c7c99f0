"""Sentences of a report as dependency trees, in which states are hidden as from the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nongrata.extraction.arguments import Argument
from nongrata.extraction.renaming import Renamed, rename
from nongrata.extraction.tree import VERBS
from nongrata.extraction.units import Unit
from nongrata.language.names import find_mentions
from nongrata.language.parsing import parsed
from nongrata.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_CLAUSES = ("relcl", "advcl", "ccomp", "acl", "parataxis")


@dataclass(frozen=True)
class Parse:
    """A parsed sentence whose states are renamed, with the place of each token in the report."""

    doc: Doc
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, doc: Doc, renamed: Renamed, begin: int) -> Parse:
        """The parse of a renamed sentence that begins at a character of the report."""
        places = renamed.original([(token.idx, token.idx + len(token)) for token in doc])
        return cls(doc, tuple(Span(begin + first, begin + last) for first, last in places))

    def tokens(self, span: Span) -> list[Token]:
        """The tokens that overlap a span of the report."""
        return [token for token in self.doc if self.spans[token.i].overlaps(span)]


def parse_sentences(places: Sequence[tuple[Unit, Span]]) -> list[Parse]:
    """The parses of some sentences of units, in order."""
    renamed = []
    for unit, sentence in places:
        text = sentence.of(unit.report.text)
        renamed.append(rename(text, find_mentions(text, unit.report.published)))
    docs = parsed(one.text for one in renamed)
    return [Parse.of(doc, one, sentence.begin) for (_, sentence), one, doc in zip(places, renamed, docs, strict=True)]


def head_word(words: Sequence[Token]) -> Token:
    """The word of a trigger that the others hang on, a verb before a noun."""
    inside = {token.i for token in words}
    verb = next((token for token in words if token.pos_ in VERBS), None)
    return verb or next((token for token in words if token.head.i not in inside), words[0])


def parties_in(unit: Unit, parse: Parse, argument: Argument) -> Iterator[tuple[int, int]]:
    """The parties that a phrase names, with the steps from its head; none inside a clause that hangs on it."""
    for index, party in enumerate(unit.parties):
        steps = [steps_below(token, argument.head) for span in party.spans for token in parse.tokens(span)]
        reached = [n for n in steps if n is not None]
        if reached:
            yield index, min(reached)


def steps_below(token: Token, head: Token) -> int | None:
    """How far below a head a token hangs; None when it does not, or only through a clause."""
    steps = 0
    while token.i != head.i:
        if token.dep_ in _CLAUSES or token.head.i == token.i:
            return None
        token, steps = token.head, steps + 1
    return steps
