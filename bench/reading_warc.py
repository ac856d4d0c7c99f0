"""A day's crawl in small: an archive of made pages, scanned with the gate beside bare FastWARC iteration.

    .venv/bin/python bench/reading_warc.py make /tmp/made.warc.gz [megabytes, raw; default 1024]
    .venv/bin/python bench/reading_warc.py scan /tmp/made.warc.gz [rounds]
    .venv/bin/python bench/reading_warc.py recall /tmp/made.warc.gz
    .venv/bin/python bench/reading_warc.py memory /tmp/made.warc.gz
    .venv/bin/python bench/reading_warc.py whole /tmp/made.warc.gz [workers]
    .venv/bin/python bench/reading_warc.py real /tmp/real.warc.gz [times]: an archive of real pages, for ``whole``

The pages have a head with metadata and JSON-LD, style sheets, scripts, menus, an article, teasers and a footer. One in
a hundred tells of a hostile act. Two in a hundred more hold such words where no claim can be: in a script, in an
address, in a comment.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

RELEVANT, NEAR = 0.01, 0.02
ROOT = Path(__file__).parents[1]
PLACES = [
    "Vardby",
    "Olmstrand",
    "Kestrel Bay",
    "Torrvik",
    "Lower Anning",
    "Brenmoor",
    "Saltholm",
    "Ostrava Hill",
    "Marrow",
]
PEOPLE = ["Ada Lind", "Tomas Berg", "Ines Varga", "Paul Ekholm", "Mira Osei", "Jon Falk", "Lena Brandt", "Karim Haddad"]
THINGS = [
    "the new bridge",
    "the swimming hall",
    "the bus line",
    "the flower market",
    "the school kitchen",
    "the old mill",
]
DOING = [
    "opened on",
    "was painted on",
    "drew a crowd on",
    "will be repaired from",
    "won a prize on",
    "was closed for snow on",
]
ENDS = [
    "and neighbours brought cake and coffee for everybody who came along.",
    "after the council found the money for it at its third meeting of the year.",
    "while the brass band played until the rain set in late in the afternoon.",
    "which made the gardeners happy, for the roses had waited long enough.",
    "though the weather was colder than the forecast had promised the week before.",
    "and the goalkeeper saved twice in the last ten minutes of the second half.",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
STATES = ["Norway", "Chile", "Estonia", "Japan", "Kenya", "Austria", "Peru", "Canada"]
ACTS = [
    "{a} expelled {n} diplomats of {b} on {d}, the foreign ministry said.",
    "Hackers working for {a} broke into the ministry of transport of {b} on {d}, officials said.",
    "A court in {a} jailed a man for spying for {b}, prosecutors said on {d}.",
    "{a} accused {b} of spreading disinformation before the vote on {d}.",
]
HIDDEN = [
    '<script>window.tags = ["hackers", "malware"];</script>',
    '<a href="/archive/spy-novels-of-the-year" title="expelled">Books</a>',
    "<!-- block: propaganda -->",
]
MENU = [
    "Home",
    "World",
    "Local",
    "Sport",
    "Culture",
    "Weather",
    "Food",
    "Travel",
    "Science",
    "Opinion",
    "Puzzles",
    "Video",
]
IDENT = [
    "slot",
    "page",
    "view",
    "layout",
    "track",
    "consent",
    "render",
    "queue",
    "config",
    "theme",
    "player",
    "lazy",
    "grid",
]


def pool(chance: random.Random) -> tuple[list[str], list[str], list[str]]:
    """Sentences, lines of script and lines of style to draw from."""
    pick = chance.choice

    def happening() -> str:
        return f"{pick(THINGS)} {pick(DOING)} {pick(DAYS)}, {pick(ENDS)}"

    def sentence() -> str:
        if chance.random() < 0.6:
            return f"In {pick(PLACES)} {happening()}"
        return f"{pick(PEOPLE)}, {chance.randint(19, 80)}, of {pick(PLACES)} said that {happening()}"

    def script() -> str:
        name = f"{pick(IDENT)}.{pick(IDENT)}_{chance.randint(1, 999)}"
        return f'{name}=function(a,b){{return a<b?{chance.random():.6f}:"{chance.getrandbits(64):x}"}};'

    def style() -> str:
        name = f".{pick(IDENT)}-{chance.randint(1, 400)}"
        return f"{name}{{margin:{chance.randint(0, 40)}px;color:#{chance.getrandbits(24):06x}}}"

    sentences = [sentence() for _ in range(6000)]
    scripts = [script() for _ in range(6000)]
    styles = [style() for _ in range(2000)]
    return sentences, scripts, styles


def page(number: int, chance: random.Random, pools: tuple[list[str], list[str], list[str]]) -> str:
    """One page of about a hundred kilobytes."""
    sentences, scripts, styles = pools
    pick = chance.choice
    place = pick(PLACES)
    title = f"{place}: {pick(THINGS)} {number}"
    paragraphs = [" ".join(chance.choices(sentences, k=chance.randint(2, 4))) for _ in range(chance.randint(8, 24))]
    kind = chance.random()
    if kind < RELEVANT:
        a, b = chance.sample(STATES, 2)
        paragraphs[chance.randint(0, 3)] += " " + pick(ACTS).format(a=a, b=b, n=chance.randint(2, 30), d=pick(DAYS))
    hidden = pick(HIDDEN) if RELEVANT <= kind < RELEVANT + NEAR else ""
    day = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    linked = {"@type": "NewsArticle", "headline": title, "datePublished": f"{day}T08:00:00Z"}
    menu = "".join(
        f'<li class="item-{n}"><a href="/{name.lower()}/{chance.getrandbits(32):x}" data-n="{n}">{name}</a></li>'
        for n, name in enumerate(MENU * 4)
    )
    teasers = "".join(
        f'<article class="teaser"><a href="/story/{chance.getrandbits(48):x}">'
        f'<img src="/img/{chance.getrandbits(64):x}.jpg" alt=""><h3>{pick(PLACES)}: {pick(THINGS)}</h3></a></article>'
        for _ in range(24)
    )
    body = "".join(f'<p class="text">{text}</p>\n' for text in paragraphs)
    code = [f"<script>{''.join(chance.choices(scripts, k=450))}</script>" for _ in range(2)]
    return "".join(
        [
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | {place} Post</title>',
            f'<meta property="og:site_name" content="{place} Post">',
            f'<link rel="canonical" href="https://post.example/{number}">',
            f'<script type="application/ld+json">{json.dumps(linked)}</script>',
            f"<style>{''.join(chance.choices(styles, k=400))}</style>{code[0]}</head><body>",
            f'<header><nav><ul>{menu}</ul></nav></header><main><article class="story"><h1>{title}</h1>',
            f'<div class="byline">By {pick(PEOPLE)} <time datetime="{day}">{day}</time></div>',
            f'<figure><img src="/i.jpg"><figcaption>{place} in spring. Photo: {pick(PEOPLE)}</figcaption></figure>',
            f"{body}{hidden}</article><aside>{teasers}</aside></main>{code[1]}",
            f"<footer><ul>{menu}</ul><p>© 2024 {place} Post</p></footer></body></html>",
        ]
    )


def make(path: Path, megabytes: int) -> None:
    """Write the archive, record by record packed as crawlers do."""
    chance = random.Random(2024)
    pools = pool(chance)

    def pages() -> Iterator[bytes]:
        raw = number = 0
        while raw < megabytes * 1_000_000:
            yield page(number, chance, pools).encode()
            raw, number = written[0], number + 1

    written = [0]
    pack(path, pages(), written)


def real(path: Path, times: int) -> None:
    """Write the real pages of ../shared, each several times under other addresses."""
    with gzip.open(ROOT.parent / "shared" / "data" / "html_scrapinghub_181.jsonl.gz") as lines:
        pages = [json.loads(line)["html"].encode() for line in lines]
    pack(path, iter(pages * times), [0])


def pack(path: Path, pages: Iterator[bytes], written: list[int]) -> None:
    """Write pages as an archive; ``written`` counts the raw bytes."""
    number = 0
    with path.open("wb") as out:
        for number, html in enumerate(pages, 1):
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: made\r\n\r\n" + html
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post{number}.example/\r\n"
                f"WARC-Date: 2024-12-31T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            )
            record = head.encode() + answer + b"\r\n\r\n"
            out.write(gzip.compress(record, 6))
            written[0] += len(record)
    raw = written[0]
    print(f"{number:,} pages, {raw / 1e6:,.0f} MB raw, {path.stat().st_size / 1e6:,.0f} MB packed")


def bare(path: Path) -> int:
    """FastWARC alone: every response, nothing done with it."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with path.open("rb") as stream:
        return sum(1 for _ in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False))


def bodies(path: Path) -> int:
    """FastWARC alone, each response's bytes taken out."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    with path.open("rb") as stream:
        records = ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False)
        return sum(1 for record in records if record.reader.read())


def gated(path: Path) -> int:
    """The scan: how many pages can hold a claim."""
    return sum(1 for _ in gated_pages(path))


def gated_pages(path: Path) -> Iterator[str | None]:
    """Addresses of the pages that the gate lets through."""
    from nongrata.reading.pagegate import page_gate
    from nongrata.reading.stats import ReadingStats
    from nongrata.reading.warc import warc_pages

    for found in warc_pages(path, stats=ReadingStats(), gate=page_gate().answer_may_hold):
        yield found.url


def gated_part(part: tuple[Path, int, int]) -> tuple[int, float]:
    """The scan of a stretch of the archive, in one of two processes, and the seconds it was at work."""
    from nongrata.reading.pagegate import page_gate
    from nongrata.reading.stats import ReadingStats
    from nongrata.reading.warc import warc_pages

    path, begin, end = part
    begun = time.process_time()
    gate = page_gate().answer_may_hold
    found = sum(1 for _ in warc_pages(path, stats=ReadingStats(), gate=gate, between=(begin, end)))
    return found, time.process_time() - begun


def scan(path: Path, rounds: int) -> None:
    """Rounds of each way in turn, medians and their ratio; the processes of the last are started before.

    Processor time is that of all processes at work: on a machine that others use it tells more than the clock, and half
    of it is what the last way takes on two cores of its own.
    """
    from nongrata.extraction.tasks import SEGMENT
    from nongrata.reading.warc import segments

    with path.open("rb") as stream:
        parts = [(path, begin, end) for begin, end in segments(stream, str(path), SEGMENT)]
    with get_context("spawn").Pool(2) as two:
        two.map(gated_part, parts[:2], 1)

        def gated_by_two(_: Path) -> tuple[int, float]:
            found = list(two.imap_unordered(gated_part, parts))
            return sum(count for count, _ in found), sum(seconds for _, seconds in found)

        gated(path)
        measured(
            path,
            rounds,
            {
                "bare FastWARC iteration": here(bare),
                "bare, with the bytes": here(bodies),
                "scan with gate": here(gated),
                "the same, two processes": gated_by_two,
            },
        )


def here(way: Callable[[Path], int]) -> Callable[[Path], tuple[int, float]]:
    """A way that works in this process, with the seconds of its work."""

    def timed(path: Path) -> tuple[int, float]:
        begun = time.process_time()
        return way(path), time.process_time() - begun

    return timed


def measured(path: Path, rounds: int, ways: dict[str, Callable[[Path], tuple[int, float]]]) -> None:
    """Print a row for each way."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    worked: dict[str, list[float]] = {name: [] for name in ways}
    counts = [0] * len(ways)
    for _ in range(rounds):
        for place, (name, way) in enumerate(ways.items()):
            begun = time.perf_counter()
            counts[place], seconds = way(path)
            times[name].append(time.perf_counter() - begun)
            worked[name].append(seconds)
    first = statistics.median(times["bare FastWARC iteration"])
    first_worked = statistics.median(worked["bare FastWARC iteration"])
    for (name, taken), count in zip(times.items(), counts, strict=True):
        ratios = [t / b for t, b in zip(taken, times["bare FastWARC iteration"], strict=True)]
        print(
            f"{name:26} {statistics.median(taken):7.2f} s, {counts[0] / statistics.median(taken):8,.0f} pages/s, "
            f"{statistics.median(taken) / first:5.2f} of bare (paired: {statistics.median(ratios):.2f}), "
            f"processor time {statistics.median(worked[name]) / first_worked:.2f}; {count:,} pages"
        )
    from nongrata.reading.stemscan import stem_scan

    print(f"engine: {type(stem_scan(frozenset({'expel'}))).__name__}")


def wanted(batch: list[bytes]) -> list[bool]:
    """For each page, parsed in full, whether a readable block passes the language gate."""
    from nongrata.language.gate import gate
    from nongrata.reading.html import html_report

    reports = [html_report(data) for data in batch]
    return [any(gate().passes(b.span.of(r.text)) for b in r.blocks if b.readable) for r in reports]


def recall(path: Path) -> None:
    """Parse every page in full and compare what the language gate finds in its main text with the scan."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    def batches() -> Iterator[tuple[list[str], list[bytes]]]:
        names: list[str] = []
        pages: list[bytes] = []
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
                names.append(record.headers["WARC-Target-URI"])
                pages.append(record.reader.read())
                if len(pages) == 50:
                    yield names, pages
                    names, pages = [], []
        yield names, pages

    let = set(gated_pages(path))
    relevant: set[str] = set()
    count = 0
    with get_context("spawn").Pool(os.cpu_count()) as workers:
        stream = batches()
        while some := list(islice(stream, 20)):
            for (names, _), held in zip(some, workers.map(wanted, [pages for _, pages in some], 1), strict=True):
                relevant.update(name for name, is_held in zip(names, held, strict=True) if is_held)
                count += len(names)
    print(
        f"{count:,} pages parsed in full; {len(relevant)} relevant by their main text; the scan lets {len(let)} through"
    )
    print(f"recall {len(relevant & let) / len(relevant):.4f}, {len(let - relevant)} let through that are not relevant")


def memory(path: Path) -> None:
    """Peak memory of a scan of the whole archive and of its first tenth, each in a process of its own."""
    for share in (0.1, 1.0):
        with tempfile.NamedTemporaryFile(suffix=".warc.gz") as part:
            with path.open("rb") as source:
                left = int(path.stat().st_size * share)
                while left > 0 and (chunk := source.read(min(1 << 20, left))):
                    part.write(chunk)
                    left -= len(chunk)
            part.flush()
            out = subprocess.run(
                [sys.executable, __file__, "peak", part.name], capture_output=True, text=True, check=True
            )
        print(f"{share:4.0%} of the archive: peak {int(out.stdout) / 1024:.0f} MiB")


def whole(path: Path, workers: int) -> None:
    """Ingest into a fresh ledger: pages a second, and what half a million would take."""
    pages = bare(path)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "nongrata", "--ledger", f"{folder}/l.db", "ingest", str(path), "--timings"]
        begun = time.perf_counter()
        out = subprocess.run([*command, "--workers", str(workers)], capture_output=True, text=True, check=True)
        taken = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = used.ru_utime + used.ru_stime
    print(out.stderr.strip())
    print(f"{workers} workers: {pages:,} pages in {taken:.1f} s, {pages / taken:,.0f} pages/s")
    print(f"500,000 such pages: {500_000 / pages * taken / 60:.1f} minutes")
    print(
        f"processor time of all processes, their start included: {work:.1f} s; with {workers} cores of its own "
        f"{pages * workers / work:,.0f} pages/s, 500,000 pages in {500_000 / pages * work / workers / 60:.1f} minutes"
    )


def main() -> None:
    """One of the commands."""
    command, path, *rest = sys.argv[1:]
    number = int(rest[0]) if rest else 0
    match command:
        case "make":
            make(Path(path), number or 1024)
        case "real":
            real(Path(path), number or 1)
        case "scan":
            scan(Path(path), number or 5)
        case "recall":
            recall(Path(path))
        case "memory":
            memory(Path(path))
        case "peak":
            gated(Path(path))
            print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        case "whole":
            whole(Path(path), number or 2)


if __name__ == "__main__":
    main()
