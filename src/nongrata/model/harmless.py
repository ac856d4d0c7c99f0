"""Text of others, made fit to be shown."""

from __future__ import annotations

import re

# C0 and C1 controls but for tab and line feed, and the marks that turn the direction of writing.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """The text with every control character shown as a replacement mark."""
    return _CONTROLS.sub("\ufffd", text)


def no_formula(value: object) -> object:
    """A cell's value; a text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
