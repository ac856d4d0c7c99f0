"""Where sentences begin and end; none runs over a line that ends a block, a blank line or a section label."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from nongrata.model import Span
from nongrata.vocabulary.tables import read_text

_END = re.compile(r"(?:[.!?…]++|[。！？])[\"”’'»)\]]*+")
_NEXT = re.compile(r"\s+[\"“‘'«(\[]*+")
_TOKEN_BEFORE = re.compile(r"[^\s(\[\"“‘'«]*$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[A-ZÀ-Ž]|(?:[^\W\d_]\.)+[^\W\d_]")
_LIST_NUMBER = re.compile(r"\d{1,3}|[ivx]{1,4}")
_LABEL = re.compile(r"(?<=\s\s)(?=[A-Z][a-z]{1,24}(?: [a-z]{1,24}){0,3}:\s)")
_LINE = re.compile(r"[^\n]*(?:\n|$)")
_GLUED = re.compile(r"[^\W\d_]{2}[.!?][\"”’']?$")
_LINE_END = re.compile(r"[.!?…:;\"”’)\]]\s*$")
_CARRIED_ON = re.compile(
    r"(?:,|\b(?:the|an?|of|in|on|at|to|and|or|by|for|from|with|that|as|is|are|was|were|has|have|had|its|their|his|her|be|said))\s*$"
)
_WRAP = 45
"""A line shorter than this was not wrapped by its length; what follows is another block."""
_REACH = 24


def split(text: str, span: Span | None = None) -> list[Span]:
    """The sentences of ``text`` (or of the part ``span``) in order, without the white space around them.

    Full stops of abbreviations ("Gen.", "U.S.", "J. D."), decimals and web addresses end no sentence; a closing
    quotation mark after a full stop belongs to the sentence it closes. Every line is a block of its own unless it was
    plainly wrapped: a long line without an end that goes on in lower case or breaks off at a small word.
    """
    found: list[Span] = []
    whole = Span(0, len(text)) if span is None else span
    for block in _blocks(text, whole):
        at = block.begin
        for end in _ends(text, block):
            _add(found, text, at, end)
            at = end
        _add(found, text, at, block.end)
    return found


def _add(found: list[Span], text: str, begin: int, end: int) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin < end:
        found.append(Span(begin, end))


def _blocks(text: str, whole: Span) -> Iterator[Span]:
    """Runs of lines that belong together, cut again before a section label."""
    begin = whole.begin
    for match in _LINE.finditer(text, whole.begin, whole.end):
        end = match.end()
        if end >= whole.end or not _goes_on(text, match.start(), end, whole.end):
            yield from _unlabelled(text, Span(begin, end))
            begin = end
        if end >= whole.end:
            return


def _goes_on(text: str, begin: int, end: int, stop: int) -> bool:
    """True when the line ``text[begin:end]`` was wrapped and the next one carries its sentence on."""
    following = text[end : min(stop, end + 1)]
    tail = text[max(begin, end - _REACH) : end]
    if end - begin < _WRAP or not following or following.isspace() or _LINE_END.search(tail):
        return False
    return following.islower() or bool(_CARRIED_ON.search(tail))


def _unlabelled(text: str, block: Span) -> Iterator[Span]:
    at = block.begin
    for match in _LABEL.finditer(text, block.begin, block.end):
        yield Span(at, match.end())
        at = match.end()
    yield Span(at, block.end)


def _ends(text: str, block: Span) -> Iterator[int]:
    """The places within a block where a sentence has ended."""
    for match in _END.finditer(text, block.begin, block.end):
        end = match.end()
        gap = _NEXT.match(text, end, block.end)
        if not gap:
            if _is_glued(text, match.start(), end, block.end):
                yield end
            continue
        if gap.end() < block.end and text[gap.end()].islower():
            continue
        if match[0][0] == "." and len(match[0].rstrip("\"”’'»)]")) == 1 and not _ends_here(text, block, match, gap):
            continue
        yield end


def _is_glued(text: str, dot: int, end: int, stop: int) -> bool:
    """True for "two spies.The government": a scraper lost the space."""
    return (
        end + 1 < stop
        and text[end].isupper()
        and text[end + 1].islower()
        and bool(_GLUED.search(text, max(0, dot - 2), end))
    )


def _ends_here(text: str, block: Span, match: re.Match[str], gap: re.Match[str]) -> bool:
    """Whether a single full stop before white space ends the sentence."""
    before = _TOKEN_BEFORE.search(text, max(block.begin, match.start() - _REACH), match.start())
    token = before[0].lstrip("-–—") if before else ""
    words = _lists()
    if token in words["never_end"]:
        return False
    if token in words["may_end"] or _INITIALS.fullmatch(token):
        follower = re.compile(r"[^\W\d_]+").match(text, gap.end(), block.end)
        return bool(follower and follower[0] in words["openers"]) or gap.end() >= block.end
    starts_block = before is not None and not text[block.begin : before.start()].strip()
    return not (starts_block and _LIST_NUMBER.fullmatch(token))


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in tomllib.loads(read_text("sentences.toml")).items()}
