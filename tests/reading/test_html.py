"""Web pages: the main text with its roles, and what the page says of itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.model import InputError
from nongrata.reading.html import decode_html, html_report
from nongrata.reading.pagegate import page_gate
from nongrata.reading.plain import Given

LEDE = "Northland has told nine attachés to leave, the premier said on Tuesday after a meeting of her cabinet."
BODY = "Holm said that the nine had worked for a foreign service for years, and that two of them had paid a clerk."
LAST = "The nine left by train in the evening of the same day, together with their families and a dog."
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Nine attachés sent home - Lakeside Courier</title>
<meta property="og:site_name" content="Lakeside Courier"><link rel="canonical" href="https://courier.example/a/9">
<script type="application/ld+json">{{"@graph": [{{"@type": "WebSite", "name": "x"}}, {{"@type": "NewsArticle",
"headline": "Nine attachés sent home", "datePublished": "2023-11-14T07:40:00Z", "dateModified": "2023-11-16",
"author": [{{"name": "Ada Quill"}}]}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><div class="cookie-banner">We use cookies to make this site
better for all of our readers in the north and in the south.</div>
<article><h1>Nine attachés sent home</h1><div class="byline">By Ada Quill</div>
<figure><img src="e.jpg"><figcaption>The embassy, where a spy was arrested in 2019. Photo: Lumen</figcaption></figure>
<p>{LEDE}</p><p>{BODY}</p>
<aside class="related"><h3>Read more</h3><ul><li><a href="/1">Hackers flood the port with junk</a></li></ul></aside>
<blockquote><p>“They were never diplomats.”</p></blockquote>
<p><strong>Background:</strong> A court jailed a translator in May.</p><p>{LAST}</p>
<p>Follow us on Telegram</p><div class="tags">Tags: <a href="/t">Northland</a></div>
<article class="teaser"><h2><a href="/2">Arson</a></h2>
<p>Three men were held over the fire at the depot, the police said on Monday.</p></article>
</article><footer>© 2023 Lakeside Courier. The Courier is a daily newspaper of Harbourton, read by all.</footer>
</body></html>"""


META, LINKED, DAY = "<meta property", '<script type="application/ld+json">', date(2022, 3, 5)


def roles(html: str | bytes, known: Given | None = None) -> list[tuple[str, str]]:
    report = html_report(html, known)
    return [(str(block.role), block.span.of(report.text)) for block in report.blocks]


def page(*, head: str = "", body: str = "", title: str = "Nine attachés sent home") -> str:
    story = f"<p>{LEDE}</p><p>{BODY}</p><p>{LAST}</p>"
    head = f"<head><title>{title}</title>{head}</head>"
    return f"<html>{head}<body><article><h1>{title}</h1>{body}{story}</article></body></html>"


def test_page_gets_its_roles() -> None:
    assert roles(PAGE) == [
        ("title", "Nine attachés sent home"),
        ("dateline", "By Ada Quill"),
        ("caption", "The embassy, where a spy was arrested in 2019. Photo: Lumen"),
        ("lede", LEDE),
        ("body", BODY),
        ("quote", "“They were never diplomats.”"),
        ("background", "A court jailed a translator in May."),
        ("background", LAST),
        ("plea", "Follow us on Telegram"),
    ]


def test_page_tells_of_itself() -> None:
    report = html_report(PAGE)
    assert (report.title, report.publisher, report.lang) == ("Nine attachés sent home", "Lakeside Courier", "en")
    assert (report.published, report.published_from) == (date(2023, 11, 14), "json-ld")
    assert report.url == "https://courier.example/a/9"
    assert report.flags == ()


def test_what_is_given_wins() -> None:
    known = Given("x", "Envoys go", "Mirror", date(2020, 1, 1), "https://m.example/1", "de")
    report = html_report(PAGE, known)
    assert (report.id, report.title, report.publisher, report.lang) == ("x", "Envoys go", "Mirror", "de")
    assert (report.published, report.published_from) == (date(2020, 1, 1), "given")


@pytest.mark.parametrize(
    ("head", "body", "url", "day", "source"),
    [
        (f'{META}="article:published_time" content="2022-03-05T10:00:00+02:00">', "", None, DAY, "opengraph"),
        ('<meta name="pubdate" content="20220305">', "", None, DAY, "meta"),
        (f'{META}="article:modified_time" content="2022-03-09">', "<time>5 March 2022</time>", None, DAY, "time"),
        ("", '<time datetime="2022-03-05T08:00">yesterday</time>', None, DAY, "time"),
        ("", '<time class="modified" datetime="2022-03-09"></time><p>5 March 2022, 10:15</p>', None, DAY, "text"),
        ("", "", "https://q.example/2022/03/05/nine", DAY, "address"),
        ("", "<p>6 March 2022</p>", "https://q.example/2022/03/05/nine", date(2022, 3, 6), "text"),
        (f'{META}="article:modified_time" content="2022-03-09">', "", None, date(2022, 3, 9), "updated"),
        (f'{LINKED}{{"@type":"NewsArticle","datePublished":"2022-03-05",}}</script>', "", None, DAY, "json-ld"),
        (f'{LINKED}{{"@type":"NewsArticle","dateModified":"2022-03-05"}}</script>', "", None, DAY, "updated"),
        (f'{META}="article:published_time" content="2022-03-06T01:10:00Z">', "5 March 2022, 20:10", None, DAY, "text"),
        (f'{META}="article:published_time" content="0001-01-01T00:00:00">', "5 March 2022", None, DAY, "text"),
        ("", "Mar 5 20229:15 AM EST", None, DAY, "text"),
        ("", "", "https://q.example/2022/mar/05/nine", DAY, "address"),
        ("", "", "https://[q.example/2022/03/05/nine", None, None),
        ("", "", None, None, None),
    ],
)
def test_day_and_where_it_was_found(
    head: str, body: str, url: str | None, day: date | None, source: str | None
) -> None:
    report = html_report(page(head=head, body=body), Given(url=url))
    assert (report.published, report.published_from) == (day, source)


@pytest.mark.parametrize(
    ("site", "linked", "expected"),
    [
        ("quaypost", "The Quay Post", "The Quay Post"),
        ("Quay Post | News from the harbour", "Northern Wire", "Quay Post"),
        ("https://quaypost.example", "Quay Post", "Quay Post"),
        ("@quaypost", "", "quaypost.example"),
        ("", "Northern Wire", "Northern Wire"),
    ],
)
def test_publisher(site: str, linked: str, expected: str) -> None:
    name = f'{LINKED}{{"@type":"NewsArticle","publisher":{{"name":"{linked}"}}}}</script>'
    html = page(head=f'<meta property="og:site_name" content="{site}">{name}')
    assert html_report(html, Given(url="https://www.quaypost.example/1")).publisher == expected


def test_a_day_in_the_future_is_flagged() -> None:
    assert html_report(PAGE, seen=date(2023, 11, 1)).flags == ("published-in-the-future",)
    assert html_report(PAGE, seen=date(2023, 11, 14)).flags == ()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Nine attachés sent home | Quay Post", "Nine attachés sent home"),
        ("Nine attachés sent home - The Quay Post", "Nine attachés sent home"),
        ("Envoys - a farewell", "Envoys - a farewell"),
    ],
)
def test_title_without_the_outlet(title: str, expected: str) -> None:
    head = f'<head><title>{title}</title><meta property="og:site_name" content="Quay Post"></head>'
    html = f"{head}<p>{LEDE}</p><p>{BODY}</p>"
    assert html_report(html).title == expected


def test_comments_longer_than_the_story_are_left_out() -> None:
    comments = "".join(f"<div class='comment'><p>{BODY} I say so number {n}.</p></div>" for n in range(4))
    html = page().replace("</article>", f"</article><div id='comments'>{comments}</div>")
    assert "I say so" not in html_report(html).text


def test_a_frame_with_an_odd_name_is_no_aside() -> None:
    html = f"<body><div class='page-with-sidebar'><p>{LEDE}</p><p>{BODY}</p><p>{LAST}</p></div></body>"
    assert [role for role, _ in roles(html)] == ["lede", "body", "body"]


def test_live_blog_posts_are_the_story() -> None:
    posts = "".join(f"<article><p>{text}</p></article>" for text in (LEDE, BODY, LAST))
    assert [text for _, text in roles(f"<main><article><h1>Live</h1>{posts}</article></main>")][-3:] == [
        LEDE,
        BODY,
        LAST,
    ]


def test_line_breaks_and_spaces() -> None:
    html = f"<div><p>{LEDE}<br><br>{BODY}</p><p>  Two \n words&nbsp;<b>and</b>more of them, said Holm.</p></div>"
    assert html_report(html).text == f"{LEDE}\n\n{BODY}\n\nTwo words andmore of them, said Holm."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "koi8-r"])
def test_encodings(encoding: str) -> None:
    html = f'<meta charset="{encoding}"><p>Посол уехал вечером, сообщили в министерстве.</p>'
    assert "Посол уехал" in html_report(html.encode(encoding)).text


def test_encoding_of_the_server_and_by_its_looks() -> None:
    data = "<p>Le consul a quitté la ville à midi, près du port, a indiqué le ministère.</p>".encode("windows-1252")
    assert "quitté" in decode_html(data, "windows-1252")
    assert "quitté" in decode_html(data)
    assert "quitté" in decode_html(data, "no-such-charset")


def test_errors() -> None:
    with pytest.raises(InputError, match="binary"):
        html_report(b"%PDF-1.4 \x00")
    with pytest.raises(InputError, match="no text is found"):
        html_report("<html><body><script>app()</script></body></html>")


def test_deep_nesting_does_not_break() -> None:
    html = "<div>" * 30_000 + f"<p>{LEDE}</p>"
    try:
        report = html_report(html)
    except InputError:
        return
    assert report.text in ("", LEDE)


@given(st.text(alphabet="<>/=\"' \n!-apdivtmeh1&;#x0ar", max_size=300))
def test_any_markup_gives_a_report_or_an_input_error(html: str) -> None:
    try:
        report = html_report(f"<p>{LEDE}</p>{html}")
    except InputError:
        return
    assert all(block.span.end <= len(report.text) for block in report.blocks)


@pytest.mark.parametrize(
    "page",
    [
        "<p " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">Hackers broke in.</p>",
        "<p " + "".join(f'a{n}=""' for n in range(100_000)) + ">Hackers broke in.</p>",
        "<p " + "/".join(f"a{n}" for n in range(100_000)) + ">Hackers broke in.</p>",
        "<script " + " ".join(f"a{n}" for n in range(100_000)) + "></script><p>Hackers broke in.</p>",
    ],
    ids=["quoted", "unspaced", "slashes", "script"],
)
def test_a_tag_that_would_take_the_parser_minutes_is_refused(page: str) -> None:
    with pytest.raises(InputError, match="thousands of attributes"):
        html_report(page)
    assert page_gate().page_may_hold(page.encode())


@pytest.mark.parametrize(
    "filler",
    [
        '<meta property="og:title" content="x">' * 20_000,
        '<time datetime="2024-03-05">5 March</time>' * 3_000,
    ],
    ids=["metas", "times"],
)
def test_thousands_of_elements_are_read_in_one_go(filler: str) -> None:
    """Asked for one by one, each of them costs as much as all: this would not end."""
    assert "Hackers broke in" in html_report(f"{filler}<p>Hackers broke in at the port on Monday night.</p>").text


def test_a_tag_with_many_attributes_is_no_reason_to_refuse_a_page() -> None:
    tag = "<div " + " ".join(f'data-{n}="{n}"' for n in range(1000)) + f' style="{"width:1px; " * 3000}">'
    assert "Hackers broke in" in html_report(f"{tag}<p>Hackers broke in at the port on Monday night.</p></div>").text
