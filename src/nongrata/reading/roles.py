"""The roles of a text's paragraphs: what may hold claims, and what stands around it.

One pass from top to bottom with a little memory: the section that rules (body or background), a label that waits for
its paragraph, a list of links or tags that goes on, and whether the article proper has begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from nongrata.model import Block, BlockRole, Span
from nongrata.reading.furniture import (
    count_words,
    furniture_role,
    is_glued_list,
    is_headline,
    is_prose,
    is_quotation,
    recalls,
)
from nongrata.reading.labels import FoundLabel, Reach, SectionLabel, furniture_labels
from nongrata.reading.mastheads import Masthead, copyright_holder, read_dateline, read_masthead

_RESUMING_WORDS = 20
_LONGEST_TITLE = 400
_SHORTEST_KEY = 15
_GLUED_PREFIX = 20
_RUNNING = (Reach.LIST, Reach.REST)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph to be given its role; ``role`` is set where the source's markup already says it."""

    span: Span
    role: BlockRole | None = None


@dataclass(slots=True)
class Findings:
    """Roles, and what the text says of its own publication."""

    blocks: list[Block] = field(default_factory=list)
    published: date | None = None
    updated: date | None = None
    publisher: str | None = None

    def add(self, role: BlockRole, begin: int, end: int) -> None:
        """Append a block, unless it is empty."""
        if end > begin:
            self.blocks.append(Block(role, Span(begin, end)))

    def note(self, masthead: Masthead) -> None:
        """Keep what a masthead says; the first one counts."""
        self.published = self.published or masthead.day
        self.updated = self.updated or masthead.updated
        self.publisher = self.publisher or masthead.publisher


def assign_roles(text: str, pieces: Sequence[Piece], titles: Iterable[str] = ()) -> Findings:
    """The blocks of ``text`` with their roles, and the publisher and days that its furniture names.

    Args:
        text: the whole text that the pieces' spans count.
        pieces: its paragraphs, in order.
        titles: headlines known from elsewhere; a paragraph that repeats one is a title.
    """
    if len(pieces) == 1 and pieces[0].role is None:
        return _single(text, pieces[0].span)
    assigner = _Assigner(text, pieces, titles)
    for index in range(len(pieces)):
        assigner.assign(index)
    return assigner.found


def _single(text: str, span: Span) -> Findings:
    """A text of one paragraph is its own lede."""
    found = Findings()
    dateline = read_dateline(span.of(text))
    begin = span.begin + dateline.end if dateline else span.begin
    found.add(BlockRole.DATELINE, span.begin, len(text[:begin].rstrip()))
    found.add(BlockRole.LEDE, begin, span.end)
    found.published = dateline.day if dateline else None
    return found


def title_key(text: str) -> str:
    """Letters and digits only, caseless: two prints of one headline have the same key."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _title_begin(content: str, titles: set[str]) -> int | None:
    """Where a known title begins in a paragraph that is it, or is it after a glued section name; None for others."""
    if len(content) > _LONGEST_TITLE:
        return None
    key = title_key(content)
    if key in titles:
        return 0
    for title in titles:
        if len(title) >= _SHORTEST_KEY and key.endswith(title) and len(key) - len(title) <= _GLUED_PREFIX:
            prefix = len(key) - len(title)
            letters = (position for position, char in enumerate(content) if char.isalnum())
            return next(position for number, position in enumerate(letters) if number == prefix)
    return None


class _Assigner:
    """The pass over the paragraphs."""

    def __init__(self, text: str, pieces: Sequence[Piece], titles: Iterable[str]) -> None:
        self.text = text
        self.pieces = pieces
        self.found = Findings()
        self.titles = {key for key in map(title_key, titles) if key}
        self.section = BlockRole.BODY
        self.waiting: SectionLabel | None = None
        self.running: SectionLabel | None = None
        self.begun = False
        prose = (number for number, piece in enumerate(pieces) if is_prose(piece.span.of(text)))
        self.last_prose = max(prose, default=-1)

    def assign(self, index: int) -> None:
        """Give paragraph ``index`` its role, or its parts theirs."""
        piece = self.pieces[index]
        content = piece.span.of(self.text)
        if piece.role is not None:
            self._marked(piece, content)
        elif not (
            self._repeated_title(piece.span, content)
            or self._labelled(piece.span, content)
            or self._listed(index, content)
        ):
            self._unlabelled(index, content)

    def _marked(self, piece: Piece, content: str) -> None:
        """The markup has spoken; a label inside still hides its own words."""
        label = furniture_labels().at_opening(content)
        if piece.role in (BlockRole.BODY, BlockRole.QUOTE, BlockRole.LEDE) and label:
            self._open(label, piece.span)
        elif piece.role is not None:
            self.found.add(piece.role, piece.span.begin, piece.span.end)

    def _repeated_title(self, span: Span, content: str) -> bool:
        begin = _title_begin(content, self.titles)
        if begin is None:
            return False
        self.found.add(BlockRole.TITLE, span.begin + begin, span.end)
        return True

    def _labelled(self, span: Span, content: str) -> bool:
        labels = furniture_labels()
        alone = labels.standing_alone(content)
        if alone:
            self._rule(alone)
            self.waiting = alone if alone.reach is Reach.PARAGRAPH else None
            return True
        found = labels.at_opening(content)
        if found:
            self._open(found, span)
        return found is not None

    def _open(self, found: FoundLabel, span: Span) -> None:
        """A paragraph that begins with a label: what follows the colon has the label's role."""
        label = found.label
        self._rule(label)
        self.waiting = None
        if found.name:
            self.found.add(BlockRole.SOURCE_LINE, span.begin + found.name[0], span.begin + found.name[1])
        begin = span.begin if label.keep else span.begin + found.end
        role = label.role
        if role in (BlockRole.BODY, BlockRole.BACKGROUND, BlockRole.QUOTE):
            if role is BlockRole.BODY:
                role = self._readable_role(span.of(self.text)[found.end :])
            self.begun = True
        self.found.add(role, begin, span.end)

    def _rule(self, label: SectionLabel) -> None:
        if label.reach is Reach.SECTION:
            self.section = label.role
        elif label.role in (BlockRole.TAGS, BlockRole.PLEA, BlockRole.RELATED):
            self.section = BlockRole.BODY
        self.running = label if label.reach in _RUNNING else None

    def _listed(self, index: int, content: str) -> bool:
        """A list of tags or links goes on until prose; the tail of a page until an article plainly resumes."""
        if self.running is None:
            return False
        over = self._resumes(index) if self.running.reach is Reach.REST else is_prose(content)
        if over:
            self.running = None
            return False
        span = self.pieces[index].span
        self.found.add(furniture_role(content) or self.running.role, span.begin, span.end)
        self._note_copyright(content)
        return True

    def _resumes(self, index: int) -> bool:
        following = [piece.span.of(self.text) for piece in self.pieces[index : index + 2]]
        return len(following) == 2 and all(
            is_prose(text) and count_words(text) >= _RESUMING_WORDS for text in following
        )

    def _unlabelled(self, index: int, content: str) -> None:
        span = self.pieces[index].span
        if self.waiting is not None:
            role, self.waiting = self.waiting.role, None
            self.found.add(role, span.begin, span.end)
            return
        role_of_furniture = self._furniture(index, content)
        if role_of_furniture is not None:
            self.found.add(role_of_furniture, span.begin, span.end)
        elif not self.begun and self._is_title(index, content):
            self.titles.add(title_key(content))
            self.found.add(BlockRole.TITLE, span.begin, span.end)
        elif not self.begun and count_words(content) < 3 and self._prose_follows(index):
            self.found.add(BlockRole.NAVIGATION, span.begin, span.end)
        else:
            self._read(span, content)

    def _furniture(self, index: int, content: str) -> BlockRole | None:
        role = furniture_role(content)
        if role is not None:
            self._note_copyright(content)
            if role is BlockRole.PLEA:
                self.section = BlockRole.BODY
            if not self.begun or role is not BlockRole.CAPTION:
                self._note_masthead(content)
            return role
        masthead = self._note_masthead(content)
        if masthead is not None:
            return BlockRole.DATELINE
        last = index >= len(self.pieces) - 2
        return BlockRole.TAGS if last and self.begun and is_glued_list(content) else None

    def _note_masthead(self, content: str) -> Masthead | None:
        masthead = read_masthead(content)
        if masthead is not None and (not self.begun or masthead.said):
            self.found.note(masthead)
        return masthead

    def _note_copyright(self, content: str) -> None:
        self.found.publisher = self.found.publisher or copyright_holder(content)

    def _is_title(self, index: int, content: str) -> bool:
        """A headline, or one printed with a full stop before an agency's dateline."""
        if not self._prose_follows(index):
            return False
        if is_headline(content):
            return True
        following = self.pieces[index + 1].span.of(self.text)
        return content.endswith(".") and is_headline(content[:-1]) and read_dateline(following) is not None

    def _prose_follows(self, index: int) -> bool:
        return index < self.last_prose

    def _read(self, span: Span, content: str) -> None:
        """A paragraph of the article proper; an agency's dateline before it is a block of its own."""
        dateline = read_dateline(content)
        if dateline and (not self.begun or dateline.agency):
            begin = span.begin + dateline.end
            self.found.add(BlockRole.DATELINE, span.begin, len(self.text[:begin].rstrip()))
            self.found.published = self.found.published or dateline.day
            span, content = Span(begin, span.end), content[dateline.end :]
        self.found.add(self._readable_role(content), span.begin, span.end)
        self.begun = True

    def _readable_role(self, content: str) -> BlockRole:
        if self.section is BlockRole.BACKGROUND or recalls(content):
            return BlockRole.BACKGROUND
        if is_quotation(content):
            return BlockRole.QUOTE
        return BlockRole.BODY if self.begun else BlockRole.LEDE
