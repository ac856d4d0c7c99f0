"""Broken input without end for the readers of pages, feeds and archives: nothing but an InputError, within a time.

    python -m tests.reading.fuzzing [seconds] [seed]

Documents of our own are cut, doubled, overwritten and strewn with tokens. An input that raises anything else, or that
takes longer than its limit, is printed with its seed.
"""

from __future__ import annotations

import gzip
import io
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator

from nongrata.model import InputError
from nongrata.reading import Limits, ReadingStats
from nongrata.reading.feeds import parse_feed
from nongrata.reading.html import html_report
from nongrata.reading.pagegate import page_gate
from nongrata.reading.plain import parse_text
from nongrata.reading.warc import read_warc

SECONDS_EACH = 5.0
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Envoys leave | Quay Post</title>
<meta property="article:published_time" content="2024-03-05T08:00:00Z"><link rel="canonical" href="/a/2024/03/05/x">
<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-03-05","author":[{"name":"A"}]}
</script>
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Envoys leave</h1>
<time datetime="2024-03-05">5 March 2024</time><figure><img src=x><figcaption>A harbour. Photo: A. Quay</figcaption>
</figure>
<p>Two diplomats were expelled on Monday, the ministry said, and the <a href="/b">embassy</a> called it absurd.</p>
<blockquote>&ldquo;We shall answer,&rdquo; said the envoy.</blockquote><p>Support our work: subscribe today.</p>
<ul class="tags"><li>spying</li><li>Harbour</li></ul></article><footer>&copy; 2024 Quay Post</footer></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Quay</title><item><title>Envoys leave</title>
<link>https://quay.example/1</link><pubDate>Tue, 05 Mar 2024 09:15:00 +0200</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><entry><title type="html">A &amp; B</title>
<link rel="alternate" href="/1"/><published>2024-03-05T08:00:00Z</published></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://quay.example/2</loc>
<lastmod>2024-03-05</lastmod></url></urlset>"""
TOKENS = [
    *(
        token.encode()
        for token in ("<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "&", "&#x10ffff;", "&#0;", "<p>", "<div>")
    ),
    *(
        token.encode()
        for token in ("<table><tr><td>", "<script>", "</script>", "<svg>", "<template>", "<a ", "'", '"', "=", "\x00")
    ),
    *(
        token.encode()
        for token in ("2024-13-45", "31 February 2024", "expelled", "é", "\u202e", "İ", "K", "{", "[" * 50, "}")
    ),
    *(
        token.encode()
        for token in (
            "Content-Length: 99999999999",
            "Content-Length: -1",
            "\r\n\r\n",
            "WARC/1.0\r\n",
            "<!ENTITY a 'b'>",
        )
    ),
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1f\x8b\x08",
    b"\xf0\x9f\x92",
    b"\xed\xa0\x80",
    bytes(200),
    b"<b>" * 300,
    b" " * 3000,
]


def warc(pages: list[bytes], packed: bool) -> bytes:
    """An archive of pages."""
    records = []
    for number, page in enumerate(pages):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://quay.example/{number}\r\n"
            f"WARC-Date: 2024-03-05T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        records.append(gzip.compress(record, 1) if packed else record)
    return b"".join(records)


def read_archive(data: bytes) -> None:
    """Read an archive to its end, with and without the gate."""
    for gate in (None, page_gate().answer_may_hold):
        for _ in read_warc(
            io.BytesIO(data), name="fuzz", stats=ReadingStats(), limits=Limits(document=1 << 20), gate=gate
        ):
            pass


TARGETS: list[tuple[str, Callable[[bytes], object], list[bytes]]] = [
    ("page", html_report, [PAGE.encode(), PAGE.encode("utf-16"), PAGE.encode("cp1252")]),
    ("gate", page_gate().page_may_hold, [PAGE.encode()]),
    (
        "text",
        lambda data: parse_text(data.decode("utf-8", "replace")),
        [PAGE.encode(), b"5 March 2024\n\nOSLO - Two left.\n"],
    ),
    (
        "feed",
        lambda data: parse_feed(data, "https://quay.example/feed"),
        [FEED.encode(), ATOM.encode(), SITEMAP.encode()],
    ),
    ("archive", read_archive, [warc([PAGE.encode()] * 3, False), warc([PAGE.encode()] * 3, True)]),
]


def broken(source: bytes, chance: random.Random) -> bytes:
    """The document after a few accidents."""
    data = bytearray(source)
    for _ in range(chance.choice([1, 1, 2, 3, 5, 8, 20])):
        at = chance.randrange(len(data) + 1)
        length = chance.choice([1, 1, 2, 8, 60, 400])
        match chance.randrange(7):
            case 0:
                del data[at : at + length]
            case 1:
                data[at:at] = chance.choice(TOKENS)
            case 2:
                data[at : at + length] = chance.randbytes(length)
            case 3:
                data[at:at] = data[at : at + length] * chance.choice([2, 10, 100])
            case 4:
                del data[at:]
            case 5:
                data[at:at] = chance.choice(TOKENS) * chance.choice([1, 2, 50])
            case _:
                if data:
                    data[at % len(data)] ^= 1 << chance.randrange(8)
        del data[1 << 19 :]
    return bytes(data)


def campaign(seconds: float, seed: int) -> Iterator[tuple[str, int, str]]:
    """Inputs for so long; yields target, seed and what went wrong for each that broke something.

    Yields ("inputs", count, "") at the end.
    """
    done: Counter[str] = Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        name, read, sources = TARGETS[seed % len(TARGETS)]
        begun = time.process_time()
        try:
            read(broken_by(seed, sources))
        except InputError:
            pass
        except Exception as error:
            yield name, seed, repr(error)
        if time.process_time() - begun > SECONDS_EACH:
            yield name, seed, f"took {time.process_time() - begun:.1f} s"
        done[name] += 1
        seed += 1
    yield "inputs", done.total(), ""


def broken_by(seed: int, sources: list[bytes]) -> bytes:
    """The input of a seed."""
    chance = random.Random(seed)  # noqa: S311
    return broken(chance.choice(sources), chance)


def main() -> None:
    """Print what broke."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    for name, number, words in campaign(seconds, seed):
        print(name, number, words, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
