"""Proper names that no table knows: people, companies, ships, groups, as runs of capitalised words."""

from __future__ import annotations

import re
from functools import cache

from nongrata.model import Span
from nongrata.vocabulary.words import word_set

_WORD = r"[^\W\d_][\w.&/’'\-]*[\w!]|[^\W\d_]\.?|\d[\w.\-]*"
_TOKEN = re.compile(rf"(?P<word>{_WORD})|(?P<other>\S)")
_POSSESSIVE = re.compile(r"['’]s?$")


@cache
def _connectors() -> frozenset[str]:
    return word_set("name_connectors")


@cache
def _common_openers() -> frozenset[str]:
    return word_set("sentence_openers")


def find_names(text: str) -> list[Span]:
    """Runs of capitalised words, with the small words that hold a name together ("Bank of Norra", "van der Berg").

    A run ends at punctuation and at a possessive, which is left out. A capitalised word that merely opens a sentence
    ("After", "Police") is left out when it stands in the table ``sentence_openers``. Linear in the length of the text.
    """
    found: list[Span] = []
    run: list[tuple[int, int]] = []
    pending: list[tuple[int, int]] = []

    def close() -> None:
        if run:
            begin = run[0][0]
            found.append(Span(begin, run[-1][1]))
        run.clear()
        pending.clear()

    opening = True
    joined = False
    last_end = 0
    for match in _TOKEN.finditer(text):
        word = match.group("word")
        if "\n" in text[last_end : match.start()]:
            close()
            opening = True
        last_end = match.end()
        if word is None:
            close()
            opening = match.group("other") in '.!?:“"‘(['
            continue
        stem = _POSSESSIVE.sub("", word)
        ends_sentence = word.endswith(".") and len(word) > 3
        begin, end = match.start(), match.start() + len(stem)
        if not _is_name_word(stem):
            # "Bank of the Norra" holds together, "Norra Ltd and of Ada Lind" does not.
            if run and stem.casefold() in _connectors() and len(pending) < 3 and not joined:
                joined = stem.casefold() in ("and", "&")
                pending.append((begin, end))
            else:
                close()
                joined = False
            opening = ends_sentence
            continue
        if opening and not run and stem.casefold() in _common_openers():
            opening = False
            continue
        if run:
            run.extend(pending)
        pending.clear()
        joined = False
        run.append((begin, end))
        opening = False
        if stem != word or ends_sentence:
            close()
            opening = ends_sentence
    close()
    return found


def _is_name_word(word: str) -> bool:
    return not word.islower() and any(c.isupper() for c in word)
