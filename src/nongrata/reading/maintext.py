"""Which blocks of a page are its article.

The element that holds nearly all the prose is found from above; teasers, comments and lists of links within it are left
out by what their elements are called, how much of them is links, and where they stand.
"""

from __future__ import annotations

import re

from nongrata.reading.dom import PageBlock, PageBlocks, Place
from nongrata.reading.furniture import count_words, is_prose

_ROOT_SHARE = 0.85
_STORY_SHARE = 0.75
_STORY_PROSE = 250
_ASIDE_SHARE = 0.4
_LINKED = 0.6
_TEASER_LINKED = 0.12
_TEASERS = 3
_LINK_WORDS = 40
_PROSE_PLACES = frozenset({Place.PARAGRAPH, Place.ITEM, Place.QUOTE})
_MARKUP = re.compile(r"<\w+[^>]*>")


def main_blocks(page: PageBlocks) -> list[PageBlock]:
    """The article's blocks in order, captions and tags within it included; empty when the page holds no prose."""
    if not page.elements:
        return []
    aside = _asides(page)
    root = _root(page, _prose_by_element(page, aside))
    aside |= _teaser_articles(page, root, aside)
    inside = [block for block in page.blocks if block.element not in aside and root in page.ancestors(block.element)]
    kept = [block for block in inside if not _is_links(block) and not _MARKUP.match(block.text)]
    return _without_teasers(page, _trimmed(page, kept))


def _asides(page: PageBlocks) -> set[int]:
    """Elements that stand in an aside, unless it holds the page's prose and so is the article's own frame."""
    whole = page.elements[0].prose
    named: set[int] = set()
    for number, element in enumerate(page.elements):
        if element.aside or element.parent in named:
            named.add(number)
    rest = sum(len(block.text) for block in page.blocks if block.element not in named and _is_story_prose(block))
    found: set[int] = set()
    for number, element in enumerate(page.elements):
        small = element.prose <= _ASIDE_SHARE * whole or (rest >= _STORY_PROSE and element.prose <= 2 * rest)
        embedded = (
            element.tag == "blockquote" and element.prose and element.prose == _outermost(page, element.parent, found)
        )
        if ((element.aside and small) or element.parent in found) and not embedded:
            found.add(number)
    return found


def _outermost(page: PageBlocks, number: int, aside: set[int]) -> int:
    """Prose of the outermost aside around an element: that of a quotation alone where the aside only embeds it."""
    prose = -1
    for ancestor in page.ancestors(number):
        if ancestor in aside:
            prose = page.elements[ancestor].prose
    return prose


def _is_story_prose(block: PageBlock) -> bool:
    return block.place in _PROSE_PLACES and block.link_share < _LINKED and is_prose(block.text)


def _prose_by_element(page: PageBlocks, aside: set[int]) -> list[int]:
    """Characters of prose below each element, asides left out."""
    prose = [0] * len(page.elements)
    for block in page.blocks:
        if block.element not in aside and _is_story_prose(block):
            for number in page.ancestors(block.element):
                prose[number] += len(block.text)
    return prose


def _root(page: PageBlocks, prose: list[int]) -> int:
    """The largest element that calls itself an article, or the body; then down as long as one child holds the prose."""
    children: dict[int, list[int]] = {}
    for number, element in enumerate(page.elements):
        children.setdefault(element.parent, []).append(number)
    stories = [n for n, element in enumerate(page.elements) if element.story and prose[n] >= _STORY_PROSE]
    root = max(stories, key=lambda number: (page.elements[number].titled, prose[number]), default=0)
    while True:
        best = max(children.get(root, ()), key=prose.__getitem__, default=None)
        if best is None or not prose[best] or page.elements[best].tag in ("p", "li", "blockquote"):
            return root
        share = _STORY_SHARE if page.elements[best].story else _ROOT_SHARE
        if prose[best] < share * prose[root]:
            return root
        root = best


def _teaser_articles(page: PageBlocks, root: int, aside: set[int]) -> set[int]:
    """Articles within the article are teasers of others, unless all the prose is in them (a live blog's posts)."""
    nested: set[int] = set()
    for number, element in enumerate(page.elements):
        if element.parent in nested or (element.tag == "article" and number != root and root in page.ancestors(number)):
            nested.add(number)
    own = sum(
        len(block.text)
        for block in page.blocks
        if block.element not in nested | aside and root in page.ancestors(block.element) and _is_story_prose(block)
    )
    return nested if own >= _STORY_PROSE else set()


def _is_links(block: PageBlock) -> bool:
    return block.link_share > _LINKED and count_words(block.text) < _LINK_WORDS


def _trimmed(page: PageBlocks, blocks: list[PageBlock]) -> list[PageBlock]:
    """Without what follows the last prose, but for what stands beside it in the same element."""
    last = max((number for number, block in enumerate(blocks) if is_prose(block.text)), default=-1)
    if last < 0:
        return blocks
    holders = {page.elements[block.element].parent for block in blocks if _is_story_prose(block)}
    end = last + 1
    for number in range(last + 1, len(blocks)):
        block = blocks[number]
        if block.place is Place.PARAGRAPH and page.elements[block.element].parent in holders:
            end = number + 1
    return blocks[:end]


def _without_teasers(page: PageBlocks, blocks: list[PageBlock]) -> list[PageBlock]:
    """Lists before the first and after the last paragraph whose every item holds a link are links to other stories."""
    paragraphs = [n for n, block in enumerate(blocks) if block.place is Place.PARAGRAPH and is_prose(block.text)]
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (0, len(blocks))
    lists: dict[int, list[int]] = {}
    for number, block in enumerate(blocks):
        if block.place is Place.ITEM and not first < number < last:
            lists.setdefault(_list_of(page, block), []).append(number)
    teasers = {
        number
        for numbers in lists.values()
        if len(numbers) >= _TEASERS and all(blocks[n].link_share > _TEASER_LINKED for n in numbers)
        for number in numbers
    }
    return [block for number, block in enumerate(blocks) if number not in teasers]


def _list_of(page: PageBlocks, block: PageBlock) -> int:
    return next((n for n in page.ancestors(block.element) if page.elements[n].tag in ("ul", "ol", "dl")), block.element)
