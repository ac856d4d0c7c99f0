"""A page's tree into the blocks of text that a reader sees, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from nongrata.reading.furniture import is_headline, is_prose
from nongrata.reading.pagewords import PageWords, page_words

if TYPE_CHECKING:
    from resiliparse.parse.html import ElementNode, Node

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SPACE = re.compile(r"[ \t\r\f\v\xa0\u200b]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAMING = ("class", "id", "itemprop", "data-component")
_NODES = 20_000


class Place(StrEnum):
    """What kind of element a block stands in."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CAPTION = "caption"
    CELL = "cell"
    TAGS = "tags"
    BYLINE = "byline"


@dataclass(slots=True)
class Element:
    """A block-level element: its parent's number, tag, and what its names say of it."""

    parent: int
    tag: str
    aside: bool = False
    story: bool = False
    place: Place | None = None
    titled: bool = False
    prose: int = 0


@dataclass(slots=True)
class PageBlock:
    """A stretch of text that is set as one block; ``link_share`` is how much of it is links (0 to 1)."""

    text: str
    link_share: float
    element: int
    place: Place


@dataclass(slots=True)
class PageBlocks:
    """The blocks of a page in the order of reading, and the elements that hold them; element 0 is the body."""

    elements: list[Element] = field(default_factory=list)
    blocks: list[PageBlock] = field(default_factory=list)

    def ancestors(self, element: int) -> Iterator[int]:
        """The element and those around it, inmost first."""
        while element >= 0:
            yield element
            element = self.elements[element].parent


def page_blocks(body: ElementNode) -> PageBlocks:
    """The visible blocks below a ``resiliparse`` DOM node."""
    return _Walk().run(body)


class _Walk:
    """One pass over the tree without recursion: pages nest as deep as they like."""

    def __init__(self) -> None:
        self.page = PageBlocks()
        self.words = page_words()
        self.parts: list[str] = []
        self.linked = 0
        self.links = 0
        self.pictured = False
        self.current = -1

    def run(self, body: ElementNode) -> PageBlocks:
        from resiliparse.parse.html import ElementNode, TextNode

        stack: list[tuple[Node, str | None]] = [(body, None)]
        while stack:
            node, leaving = stack.pop()
            if leaving is not None:
                self._leave(leaving)
            elif isinstance(node, TextNode):
                self._text(node.value or "")
            elif isinstance(node, ElementNode) and len(stack) < _NODES:
                tag = node.tag or ""
                if tag in self.words.dropped_tags or _is_hidden(node):
                    continue
                self._enter(node, tag)
                stack.append((node, tag))
                child = node.last_child
                while child is not None:
                    stack.append((child, None))
                    child = child.prev
        self._flush()
        for block in self.page.blocks:
            if is_prose(block.text) and block.link_share < 0.5:
                for number in self.page.ancestors(block.element):
                    self.page.elements[number].prose += len(block.text)
        return self.page

    def _enter(self, node: ElementNode, tag: str) -> None:
        if tag == "a":
            self.links += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag in ("img", "picture"):
            self.pictured = True
        elif tag in self.words.block_tags:
            self._flush()
            self.page.elements.append(_element(node, tag, self.current))
            self.current = len(self.page.elements) - 1
            if tag == "h1":
                for number in self.page.ancestors(self.current):
                    self.page.elements[number].titled = True

    def _leave(self, tag: str) -> None:
        if tag == "a":
            self.links -= 1
        elif tag in self.words.block_tags:
            self._flush()
            self.current = self.page.elements[self.current].parent

    def _text(self, value: str) -> None:
        text = _SPACE.sub(" ", value.replace("\n", " "))
        self.parts.append(text)
        if self.links:
            self.linked += len(text.strip())

    def _flush(self) -> None:
        whole = "".join(self.parts)
        share = self.linked / max(1, len(whole.strip()))
        pictured, self.pictured = self.pictured and "\n" not in whole.strip(), False
        self.parts.clear()
        self.linked = 0
        for line in whole.split("\n"):
            text = _SPACE.sub(" ", line).strip()
            if text:
                place = Place.CAPTION if pictured and is_headline(text) else self._place()
                self.page.blocks.append(PageBlock(text, min(1.0, share), self.current, place))

    def _place(self) -> Place:
        """The nearest element that says what its text is."""
        for number in self.page.ancestors(self.current):
            place = self.page.elements[number].place
            if place is not None:
                return place
        return Place.PARAGRAPH


def _element(node: ElementNode, tag: str, parent: int) -> Element:
    names = " ".join([node.getattr(name) or "" for name in _NAMING])
    aside, story, place = _meaning(tag, names[:400], node.getattr("role") or "")
    return Element(parent, tag, aside, story, place)


@lru_cache(4096)
def _meaning(tag: str, names: str, role: str) -> tuple[bool, bool, Place | None]:
    """What an element's tag, names and role say of it: beside the story, the story, what its text is."""
    listed = [word.lower() for word in _WORDS.findall(names)]
    words = set(listed)
    pairs = {f"{first} {second}" for first, second in pairwise(listed)}
    known = page_words()
    aside = (
        tag in known.aside_tags or role in known.aside_roles or bool(words & known.aside or pairs & known.aside_pairs)
    )
    story = tag == "article" or any(first + second in known.story for first, second in pairwise(listed))
    return aside, story, _place_of(tag, words, known)


def _place_of(tag: str, words: set[str], known: PageWords) -> Place | None:
    if tag in ("figure", "figcaption") or words & known.caption:
        return Place.CAPTION
    if tag in known.heading_tags:
        return Place.HEADING
    if tag == "blockquote":
        return Place.QUOTE
    if tag in ("td", "th"):
        return Place.CELL
    if words & known.tags and tag in ("div", "ul", "ol", "li", "p", "section"):
        return Place.TAGS
    if words & known.byline:
        return Place.BYLINE
    if tag in ("li", "dd", "dt"):
        return Place.ITEM
    return Place.PARAGRAPH if tag == "p" else None


def _is_hidden(node: ElementNode) -> bool:
    if node.hasattr("hidden") or node.getattr("aria-hidden") == "true":
        return True
    return _HIDDEN.search(node.getattr("style") or "") is not None
