"""Tags with so many attributes that a parser, which holds each against all others, would take minutes over them."""

from __future__ import annotations

import re

MOST = 2000
"""Attributes of one tag; the most crowded of real pages has some one thousand."""
# Possessive, and without the closing bracket: whatever is looked at is taken, so that no page is looked at twice.
_TAG = re.compile(r"""<([a-zA-Z]+)(?>[^"'>]++|"[^"]*+"|'[^']*+')*+""")
_SCRIPT_END = re.compile(r"</(?:script|style)", re.IGNORECASE)
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_ATTRIBUTE = re.compile(r"""[\s/"'][^\s/"'=]""")


def is_crowded(source: str) -> bool:
    """True when a tag of the page may have more than ``MOST`` attributes; takes time in proportion to its length."""
    at = 0
    while match := _TAG.search(source, at):
        at = match.end()
        if at - match.start() > 2 * MOST and len(_ATTRIBUTE.findall(_QUOTED.sub('"', match[0]))) > MOST:
            return True
        if match[1].lower() in ("script", "style"):
            closing = _SCRIPT_END.search(source, at)
            if closing is None:
                return False
            at = closing.end()
    return False
