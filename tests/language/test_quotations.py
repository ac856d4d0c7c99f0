from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.language.quotations import find_quotations


def quoted(text: str) -> list[str]:
    return [q.span.of(text) for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('She said "we saw it" twice.', ['"we saw it"']),
        ("“We saw it,” she said. “Twice.”", ["“We saw it,”", "“Twice.”"]),
        ("''We saw it,'' she said.", ["''We saw it,''"]),
        ("„Wir haben es gesehen“, sagte sie.", ["„Wir haben es gesehen“"]),
        ("«We saw it», she said.", ["«We saw it»"]),
        ("Tern calls rival ‘a weathercock’ over dam", ["‘a weathercock’"]),
        ("The minister's aide said it wasn't the envoys' car.", []),
        ("“He told me ‘go home’ and I went,” she said.", ["“He told me ‘go home’ and I went,”"]),
        ('A "so-called" envoy, a "friend".', ['"so-called"', '"friend"']),
        ("No marks at all.", []),
    ],
)
def test_finds_the_outermost(text, found):
    assert quoted(text) == found


def test_a_speech_over_paragraphs_is_continued():
    text = "“It began at dawn.\n“It ended at noon.”\nNobody spoke."
    first, second = find_quotations(text)
    assert first.continued
    assert not second.continued
    assert second.span.of(text) == "“It ended at noon.”"


def test_a_mark_never_closed_ends_with_its_paragraph():
    text = 'He wrote "and so on.\nShe left.'
    assert quoted(text) == ['"and so on.']


@given(st.text(alphabet="ab '\"“”‘’«»\n.,", max_size=80))
def test_never_overlaps_and_stays_inside(text):
    at = 0
    for one in find_quotations(text):
        assert at <= one.span.begin < one.span.end <= len(text)
        at = one.span.end
