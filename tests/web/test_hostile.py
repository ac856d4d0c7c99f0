"""Hostile text everywhere that a report can put it: it must come out as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from nongrata.ledger import Ledger
from nongrata.model import Chain, Claim, DateInterval, Interval, Report, Span
from nongrata.web.app import create_app
from nongrata.web.settings import Limits, WebSettings
from nongrata.web.templating import segment
from tests.web import browsers

TAGS = [
    "script",
    "img",
    "svg",
    "iframe",
    "object",
    "embed",
    "video",
    "audio",
    "body",
    "input",
    "details",
    "marquee",
    "math",
    "style",
    "link",
    "base",
    "meta",
    "form",
    "a",
    "template",
]
EVENTS = [
    "onload",
    "onerror",
    "onclick",
    "onfocus",
    "onmouseover",
    "ontoggle",
    "onanimationstart",
    "onbegin",
    "onpointerenter",
]
URLS = [
    "javascript:xss()",
    "JaVaScRiPt:xss()",
    " javascript:xss()",
    "java\tscript:xss()",
    "data:text/html,<script>xss()</script>",
    "vbscript:xss()",
    "//evil.example/x.js",
    "\x01javascript:xss()",
    "javascript&colon;xss()",
    "blob:x",
]
BREAKS = [
    '"',
    "'",
    "`",
    ">",
    '">',
    "'>",
    "-->",
    "]]>",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
    "</q>",
    "</svg>",
    "</mark>",
]
EXTRA = [
    "{{7*7}}",
    "{% raw %}",
    "${xss()}",
    "<%= xss() %>",
    "\u202e\u2066<b>",
    "<scr<script>ipt>xss()</script>",
    "\\u003cscript\\u003exss()",
    "%3Cscript%3Exss()%3C/script%3E",
    "&lt;script&gt;xss()&lt;/script&gt;",
    "=cmd|' /C calc'!A0",
    '<!--#exec cmd="ls"-->',
    "<x hx-get='/review' hx-trigger='load'>",
    "<x data-hx-on:load='xss()'>",
    '<noscript><p title="</noscript><img src=x onerror=xss()>">',
]
PAYLOADS = [
    *(f"<{tag} src=x {EVENTS[at % len(EVENTS)]}=xss()>" for at, tag in enumerate(TAGS)),
    *(f"<{tag}>xss()</{tag}>" for tag in TAGS),
    *(f'<svg {event}="xss()"><animate {event}=xss() attributeName=x dur=1s>' for event in EVENTS),
    *(f"<a href='{url}'>x</a>" for url in URLS),
    *URLS,
    *(f"{close}<script>xss()</script>" for close in BREAKS),
    *(f"{close} onfocus=xss() autofocus x=" for close in BREAKS),
    *EXTRA,
]


def readings() -> Iterator[tuple[Report, list[Claim]]]:
    """One report a payload, which stands in its title, text, names, address and id."""
    for at, payload in enumerate(PAYLOADS):
        sentence = f"{payload} expelled 21 envoys of {payload} on Tuesday."
        text = f"{payload}\n\n{sentence}"
        begin = text.index("expelled", len(payload))
        report = Report(
            id=f"r{at}/{payload}",
            text=text,
            title=payload,
            publisher=payload.strip() or "x",
            published=date(2024, 3, 5),
            url=payload,
            lang=payload[:35],
            topics=(payload,),
            sources=(payload,),
        )
        yield (
            report,
            [
                Claim(
                    report_id=report.id,
                    type="expulsion",
                    subtype=payload,
                    actor=payload,
                    target=payload,
                    actor_state=payload,
                    count=Interval.exact(21),
                    when=DateInterval.day(date(2024, 3, 4)),
                    chain=Chain.of([payload, payload + "x"], payload, payload),
                    trigger="expelled",
                    sentence=sentence,
                    spans={"trigger": Span(begin, begin + 8), "actor": Span(len(payload) + 2, 2 * len(payload) + 2)},
                    when_text=payload,
                    count_text=payload,
                    reader=payload,
                    published=report.published,
                    publisher=report.publisher,
                )
            ],
        )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with Ledger.open(path) as ledger:
        run = ledger.start_run("import")
        for report, claims in readings():
            ledger.add(run, [(report, [replace(claim, reader="hostile") for claim in claims])], "hostile")
        ledger.refresh()
    return path


@pytest.fixture(scope="module")
def pages(hostile: Path) -> dict[str, str]:
    """Every page that shows a payload, by its address."""
    settings = WebSettings(str(hostile), limits=Limits(burst=1e6, per_second=1e6))
    client = TestClient(create_app(settings), base_url="http://localhost")
    addresses = {"/", "/claims", "/sources", "/review", "/method", "/sources?q=%3Cs"}
    front = [client.get("/").text, client.get("/?after=0", follow_redirects=True).text]
    after: str | None = ""
    while after is not None:
        found = client.get("/api/v1/claims", params={"limit": 200} | ({"after": after} if after else {})).json()
        for claim in found["items"]:
            addresses.add(f"/claims/{claim['key']}")
            addresses.add(f"/review?at=claim:{claim['key']}")
            if claim["incident"]:
                addresses.update((f"/incidents/{claim['incident']}", f"/?sel={claim['incident']}"))
        after = found["next"]
    for page in front:
        addresses.update(re.findall(r'href="(/(?:sources|reports)/[^"#]+)"', page))
    got = {address: client.get(address) for address in sorted(addresses)}
    assert {answer.status_code for answer in got.values()} <= {200}
    for at, payload in enumerate(PAYLOADS):
        for path in (f"/reports/{segment(f'r{at}/{payload}')}", f"/sources/{segment(payload.strip())}"):
            got[path] = client.get(path)
    return {
        address: answer.text
        for address, answer in got.items()
        if answer.headers["content-type"].startswith("text/html")
    }


class Elements(HTMLParser):
    """Which elements and attributes a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "srcset") or name.startswith("data-hx"):
                self.found.add(f"@{name}")
            if name in ("href", "src", "action", "formaction", "hx-get"):
                self.addresses.add(value or "")


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_no_payload_becomes_an_element_or_an_address(pages: dict[str, str]) -> None:
    assert len(pages) > 3 * len(PAYLOADS)
    bad = {
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "marquee",
        "math",
        "base",
        "template",
        "img",
        "style",
        "x",
        "animate",
        "b-",
        "noscript",
    }
    for address, text in pages.items():
        seen = Elements()
        seen.feed(text)
        assert not seen.found & bad, address
        assert not {name for name in seen.found if name.startswith("@")}, address
        for url in seen.addresses:
            assert url.startswith(("/", "#", "http://", "https://")), f"{address}: {url!r}"
            assert not url.startswith("//"), f"{address}: {url!r}"


def test_json_ld_cannot_be_left(pages: dict[str, str]) -> None:
    blocks = [
        block
        for text in pages.values()
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    ]
    assert len(blocks) >= len(PAYLOADS)
    for block in blocks:
        assert "<" not in block
        json.loads(block)


@pytest.mark.browser
@pytest.mark.skipif(not browsers.IS_THERE, reason="needs a browser: apt-get install chromium chromium-driver")
def test_nothing_runs_in_a_browser(hostile: Path) -> None:
    settings = WebSettings(str(hostile))
    client = TestClient(create_app(settings), base_url="http://localhost")
    incidents = [one["id"] for one in client.get("/api/v1/incidents?limit=200").json()["items"]]
    claims = [one["key"] for one in client.get("/api/v1/claims?limit=40").json()["items"]]
    addresses = ["/", "/claims", "/sources", "/review", *(f"/?sel={id}" for id in incidents[:10])]
    addresses += [f"/incidents/{id}" for id in incidents[:25]] + [f"/claims/{key}" for key in claims[:10]]
    with browsers.served(hostile) as site, browsers.browsing() as driver:
        driver.execute_cdp_cmd(
            "Page.addScriptToEvaluateOnNewDocument",
            {"source": "window.ran = 0; window.xss = () => { window.ran += 1 }; window.alert = window.xss;"},
        )
        for address in addresses:
            driver.get(site + address)
            assert driver.execute_script("return window.ran") == 0, address
            assert browsers.complaints(driver) == [], address
