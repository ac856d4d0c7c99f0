"""What one paragraph is, by its own words: a plea, navigation, a caption, a quotation, prose."""

from __future__ import annotations

import re

from nongrata.model import BlockRole
from nongrata.reading.labels import furniture_labels

_WORD = re.compile(r"\w[\w'’.-]*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]\s]*$|[,;:]$")
_OPENING = "\"“„«‘'”"
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|”[^”]*”|''[^']+''")
_HUMPS = re.compile(r"[a-zа-яё][A-ZА-ЯЁ]")
_HASHTAGS = re.compile(r"(?:[#＃][\w-]+[\s,|·]*)+")
_CHARS_PER_WORD = 14
_PROSE_WORDS = 8
_LONG_WORDS = 26
_HEADLINE_WORDS = range(3, 27)
_CAPTION_WORDS = 70


def count_words(text: str) -> int:
    """Words of ``text``: runs of letters and digits; two characters make one where words are not spaced."""
    return len(_WORD.findall(text)) + len(_UNSPACED.findall(text)) // 2


def is_prose(text: str) -> bool:
    """True for a sentence or more: at least eight words and an end, or many words."""
    words = count_words(text)
    return words >= _LONG_WORDS or (words >= _PROSE_WORDS and _SENTENCE_END.search(text[-8:]) is not None)


def is_headline(text: str) -> bool:
    """True for three to some twenty words without a full stop that begin like a title."""
    if len(text) > 250 or count_words(text) not in _HEADLINE_WORDS or re.search(r"[.,;:]$", text):
        return False
    first = next((char for char in text if char.isalnum()), "")
    return not first.islower()


def is_quotation(text: str) -> bool:
    """True when the paragraph is words in quotation marks and nothing else, closed or running on into the next one."""
    if text[:1] not in _OPENING and not text.startswith("''"):
        return False
    if not any(char.isalnum() for char in _QUOTED.sub("", text)):
        return True
    return _runs_on(text)


def _runs_on(text: str) -> bool:
    """A quotation of several paragraphs closes only at its last."""
    if text[0] == '"':
        return text.count('"') == 1
    return text[0] in "“«" and not any(mark in text for mark in "”»")


def furniture_role(text: str) -> BlockRole | None:
    """PLEA, NAVIGATION, CAPTION or TAGS when the paragraph says so itself; None for anything else."""
    if _HASHTAGS.fullmatch(text):
        return BlockRole.TAGS
    if is_caption(text):
        return BlockRole.CAPTION
    words = count_words(text)
    for kind in furniture_labels().furniture:
        if words <= kind.max_words and len(text) <= kind.max_words * _CHARS_PER_WORD and kind.says(text):
            return kind.role
    return None


def is_caption(text: str) -> bool:
    """True when the paragraph opens like a caption, or is short and ends in the credit of a photograph."""
    if len(text) > _CAPTION_WORDS * _CHARS_PER_WORD or count_words(text) > _CAPTION_WORDS:
        return False
    labels = furniture_labels()
    return labels.caption_start.match(text) is not None or labels.credit.search(text) is not None


def is_glued_list(text: str) -> bool:
    """True for tags that lost their separators: "BelgiumspyingRussia", "EU sanctionsRussiaCyber war"."""
    return len(_HUMPS.findall(text)) >= max(1, text.count(" ")) and count_words(text) <= 12 and not is_prose(text)


def recalls(text: str) -> bool:
    """True when the paragraph opens by recalling what was earlier ("As reported earlier ...")."""
    return furniture_labels().recall.match(text) is not None
