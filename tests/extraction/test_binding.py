from __future__ import annotations

import pytest

from nongrata.extraction.binding import holding, is_telling
from nongrata.extraction.speech import Attribution
from nongrata.model import Span


def made(text: str, cue: str, content: str, source: str = "") -> Attribution:
    span = lambda piece: (Span(text.index(piece), text.index(piece) + len(piece)),)  # noqa: E731
    return Attribution(span(source) if source else (), span(cue), span(content))


@pytest.mark.parametrize(
    "cue", ["said", "has repeatedly denied", "according to", "accused", ":", "suspects", "told reporters", "a report"]
)
def test_what_is_said_or_held_is_told(cue):
    text = f"Ada {cue} it rained"
    assert is_telling(text, made(text, cue, "it rained"))


@pytest.mark.parametrize("cue", ["wants", "plans", "urged", "ordered", "condemned", "promised", "recalls", "praised"])
def test_what_is_wanted_or_done_is_not(cue):
    text = f"Ada {cue} it rained"
    assert not is_telling(text, made(text, cue, "it rained"))


def test_only_what_stands_in_the_content_is_held():
    text = "Ada said envoys were expelled. Later a site was hacked."
    one = made(text, "said", "envoys were expelled", "Ada")
    assert holding(text, [one], Span(text.index("expelled"), text.index("expelled") + 8)) == [one]
    assert holding(text, [one], Span(text.index("hacked"), text.index("hacked") + 6)) == []


def test_nobody_named_is_no_voice():
    text = "Allegedly envoys were expelled."
    one = made(text, "Allegedly", "envoys were expelled")
    assert holding(text, [one], Span(text.index("expelled"), text.index("expelled") + 8)) == []
