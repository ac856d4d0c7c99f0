"""Hostile text at the terminal."""

from __future__ import annotations

import io

from nongrata.cli.console import console_on
from nongrata.model.harmless import harmless


def test_escape_sequences_do_not_reach_the_terminal() -> None:
    stream = io.StringIO()
    console = console_on(stream)
    console.print("red \x1b[31malert\x1b[0m \x07 \x9b2J \u202egnp.exe")
    assert not set("\x1b\x07\x9b\u202e") & set(stream.getvalue())
    assert "alert" in stream.getvalue()


def test_plain_text_stays_as_it_is() -> None:
    assert harmless("Türkiye → Ελλάδα\n\tend") == "Türkiye → Ελλάδα\n\tend"
