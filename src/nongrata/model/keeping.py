"""Text that every store can keep: no NUL, no half of a surrogate pair."""

from __future__ import annotations

import re

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def keepable(text: str) -> str:
    """The text with each character that no database or file keeps replaced by U+FFFD; offsets stay as they are."""
    if text.isascii() and "\x00" not in text:
        return text
    return _UNKEEPABLE.sub("\ufffd", text) if _UNKEEPABLE.search(text) else text
