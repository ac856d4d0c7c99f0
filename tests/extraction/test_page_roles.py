"""Pages end to end: what stands in teasers, captions, credits, appeals, tags and footers never becomes a claim."""

from __future__ import annotations

import pytest

from nongrata.extraction.reader import default_reader
from nongrata.model import Claim
from nongrata.reading.html import html_report
from nongrata.reading.plain import parse_text

FILLER = (
    "The harbour festival drew a crowd on Saturday, and the town band played until the rain set in after nine.",
    "Bakers from the old quarter sold bread and cake, and the ferry ran twice as often as on other days of the year.",
    "The mayor thanked the volunteers, who had put up the stands in the cold of the early morning, for their patience.",
)
TELLING = "Norway expelled 14 Chilean diplomats on Monday, the foreign ministry said."
PAGE = """<html><head><title>Festival in the rain</title></head><body><nav>{nav}</nav><main><article>
<h1>Festival in the rain</h1>{top}<p>{0}</p><p>{1}</p>{middle}<p>{2}</p>{end}</article>{after}</main>
<footer>{footer}</footer></body></html>"""
PLACES = {
    "menu": {"nav": f'<ul><li><a href="/1">{TELLING}</a></li><li><a href="/2">Sport</a></li></ul>'},
    "caption": {"top": f"<figure><img src=a.jpg><figcaption>{TELLING} Photo: A. Lind</figcaption></figure>"},
    "caption by class": {"top": f'<div class="image"><img src=a.jpg><p class="image-caption">{TELLING}</p></div>'},
    "related stories": {
        "middle": f'<aside class="related"><h3>Read more</h3><p><a href="/1">{TELLING}</a></p></aside>'
    },
    "teaser article": {"after": f'<article class="teaser"><h2><a href="/1">Out</a></h2><p>{TELLING}</p></article>'},
    "teaser list": {"end": "<ul>" + f'<li><a href="/1">{TELLING}</a></li>' * 3 + "</ul>"},
    "tags": {"end": '<ul class="tags"><li>Norway expelled Chilean diplomats</li><li>Spies in Norway</li></ul>'},
    "comments": {"after": f'<section id="comments"><h3>Comments</h3><p>{TELLING}</p></section>'},
    "newsletter": {"end": f'<div class="newsletter-signup"><p>Subscribe to our newsletter. {TELLING}</p></div>'},
    "footer": {"footer": f"<p>{TELLING}</p>"},
    "hidden": {"middle": f'<p style="display: none">{TELLING}</p>'},
    "script": {"end": f"<script>var teaser = '<p>{TELLING}</p>';</script>"},
}


def claims_of_page(**parts: str) -> list[Claim]:
    filled = dict.fromkeys(("nav", "top", "middle", "end", "after", "footer"), "") | parts
    return default_reader().read(html_report(PAGE.format(*FILLER, **filled)))


def test_in_the_story_it_is_a_claim() -> None:
    assert [claim.type for claim in claims_of_page(middle=f"<p>{TELLING}</p>")] == ["expulsion"]


@pytest.mark.parametrize("place", PLACES)
def test_elsewhere_it_is_none(place: str) -> None:
    assert claims_of_page(**PLACES[place]) == []


@pytest.mark.parametrize(
    "line",
    [
        f"Photo: {TELLING}",
        "Getty Images, Spies expelled from Norway",
        "Subjects: NorwayChileexpulsionspies",
        "Tags: expelled diplomats, espionage, Norway, Chile",
        "Read also: Norway expels 14 Chilean diplomats",
    ],
)
def test_lines_of_scraped_text(line: str) -> None:
    text = "Festival in the rain\n\n" + "\n\n".join([*FILLER, line])
    assert default_reader().read(parse_text(text)) == []
