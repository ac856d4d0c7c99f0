"""The gate over pages lets through what the language gate would let through, in whatever markup and encoding."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nongrata.language.gate import Gate
from nongrata.model import InputError
from nongrata.reading.html import html_report
from nongrata.reading.pagegate import PageGate, page_gate

PAGES = Path(__file__).parents[3] / "shared" / "data" / "html_scrapinghub_181.jsonl.gz"
DULL = "<p>The bakery on the square turned a hundred, and there was cake for everybody who came.</p>"


@pytest.mark.parametrize(
    "page",
    [
        "<p>Two diplomats were expelled on Friday.</p>",
        "<p><b>H</b>ackers flooded the port.</p>",
        "<p>&#72;ackers flooded the port.</p>",
        "<p>Two were declared <i>persona</i>\n non&nbsp;grata.</p>",
        "<div>Two diplomats were<span> expelled</span> on Friday.</div>",
    ],
)
def test_markup_hides_nothing(page: str) -> None:
    assert page_gate().page_may_hold((DULL * 30 + page).encode())


def test_encodings_and_packing() -> None:
    page = f"{DULL}<p>Two diplomats were expelled on Friday.</p>"
    assert page_gate().page_may_hold(page.encode("utf-16"))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-16-le"
    assert page_gate().answer_may_hold(head + b"\r\n\r\n" + page.encode("utf-16-le"))
    assert page_gate().answer_may_hold(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"x"))


@pytest.mark.parametrize("extra", ["", "<script>expelled = diplomats()</script>", "<!-- diplomats expelled -->"])
def test_dull_pages_stay_outside(extra: str) -> None:
    assert not page_gate().page_may_hold((DULL + extra).encode())
    assert not page_gate().answer_may_hold(b"HTTP/1.1 200 OK\r\n\r\n" + (DULL + extra).encode())


def test_what_is_no_page_is_left_to_others() -> None:
    assert page_gate().page_may_hold(b"%PDF-1.4 \x00")


WORDS = st.sampled_from(
    ["hackers", "diplomats", "expelled", "charged", "ministry", "email", "cake", "$", "’", "\n", ".", "İ"]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_the_same_as_asking_about_every_line(words: list[str]) -> None:
    text = " ".join(words)
    gate = PageGate()
    asked = any(gate._gate.passes(line) for line in text.splitlines())
    assert any(gate._gate.passes(line) for line in gate._lines(text)) == asked


@pytest.mark.skipif(not PAGES.exists(), reason="needs ../shared")
def test_no_page_is_lost_that_the_main_text_would_keep() -> None:
    gate = Gate()
    with gzip.open(PAGES, "rt", encoding="utf-8") as lines:
        for line in list(lines)[::6]:
            html = json.loads(line)["html"]
            try:
                report = html_report(html)
            except InputError:
                continue
            readable = [block.span.of(report.text) for block in report.blocks if block.readable]
            if any(map(gate.passes, readable)):
                assert page_gate().page_may_hold(html.encode())
