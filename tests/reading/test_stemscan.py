"""The two engines of the scan over raw bytes: one answer, and never a no where the page's text says yes."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nongrata.language.gate import Gate
from nongrata.model import InputError
from nongrata.reading.html import html_report
from nongrata.reading.pagegate import page_gate
from nongrata.reading.stemscan import AhoCorasickScan, HyperscanScan, StemScan
from nongrata.vocabulary.events import event_types

hyperscan = pytest.importorskip("hyperscan")
PAGES = Path(__file__).parents[3] / "shared" / "data" / "html_scrapinghub_181.jsonl.gz"
DULL = "<p>The bakery on the square turned a hundred, and there was cake for everybody who came.</p>"


@pytest.fixture(scope="module")
def scans() -> tuple[StemScan, StemScan]:
    stems = {stem for event in event_types().values() for stem in (*event.stems, *event.firm)}
    return HyperscanScan(stems), AhoCorasickScan(stems)


@pytest.mark.parametrize(
    ("page", "held"),
    [
        ("<p>Two were EXPELLED.</p>", True),
        ("<p>Two were dispelled.</p>", False),
        ("<p>«Expelled».</p>", True),
        ("expelled", True),
        ("<p>An attach&eacute; left.</p>", True),
        ("<p>An attaché left.</p>", True),
        ("<p>persona non\ngrata</p>", True),
        ("<p>persona non \r\n\t grata</p>", True),
        ("<p>persona non&nbsp;grata</p>", True),
        ("<p>persona non&#160; grata</p>", True),
        ("<p>persona non\xa0grata</p>", True),
        ("<p>persona non\u200bgrata</p>", True),
        ("<p>persona non <i class='x'>grata</i></p>", True),
        ("<p>persona non<!-- a > b --><i> grata</i></p>", True),
        ("<p>persona non est</p>", False),
        ("<p>e<b>xpelled</b></p>", True),
        ("<p><span class='cap'>E</span>xpelled</p>", True),
        ("<p>ex<span class='c'>pelled</span></p>", True),
        ("<p><i><b>E</b></i>xpelled</p>", True),
        ("<p>&#69;xpelled &#x65;xpelled</p>", True),
        ("<p>Rust&#8217;s &#171;cake&#187; &#38; tea</p>", False),
        ("<p>hac\u212aers</p>", True),
        ("<p>exp\x00elled</p>", True),
        ("<ul><li>Home<span> </span></li><li><a href='/x'>Sport</a></li></ul>", False),
    ],
)
def test_what_is_held(scans: tuple[StemScan, StemScan], page: str, held: bool) -> None:
    assert [scan.may_hold((DULL + page).encode() if page != "expelled" else b"expelled") for scan in scans] == [
        held
    ] * 2


WORDS = [
    "expel",
    "led",
    "hack",
    "ers",
    "persona",
    "non",
    "grata",
    "data",
    "leak",
    "email",
    "attach",
    "é",
    "cake",
    "of",
    ".",
    "9",
]
GAPS = [" ", " ", "\n", "  ", "&nbsp;", "’", "'", "\xa0", "\u200b", "\u212a", "\x00"]
LETTERS = ["&#101;", "&#x65;", "&shy;", "&eacute;"]
TAGS = ["<b>", "</b>", "<i>", "</i>", "<span class=x>", "</span>", "<p>", "</p>", "<br>", "<!-- > -->", "<", ">", "&"]
PIECES = st.sampled_from([*WORDS, *GAPS, *LETTERS, *TAGS, "<script>", "</script>", "<a title='email'>", "</a>"])


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14), st.sampled_from(["utf-8", "windows-1252", "utf-16"]))
def test_one_answer_and_never_a_no_where_the_text_says_yes(
    scans: tuple[StemScan, StemScan], pieces: list[str], encoding: str
) -> None:
    page = f"<body>{DULL}<p>{''.join(pieces)}".encode(encoding, "xmlcharrefreplace")
    assert scans[0].may_hold(page) == scans[1].may_hold(page)
    try:
        report = html_report(page)
    except InputError:
        return
    if any(Gate().passes(block.span.of(report.text)) for block in report.blocks if block.readable):
        assert page_gate().page_may_hold(page)


@pytest.mark.shared
@pytest.mark.skipif(not PAGES.exists(), reason="needs ../shared")
def test_one_answer_on_real_pages(scans: tuple[StemScan, StemScan]) -> None:
    with gzip.open(PAGES, "rt", encoding="utf-8") as lines:
        for line in list(lines)[::9]:
            page = json.loads(line)["html"].encode()
            for part in (page, page[: len(page) // 8], page[len(page) // 3 :][:3000]):
                assert scans[0].may_hold(part) == scans[1].may_hold(part)
