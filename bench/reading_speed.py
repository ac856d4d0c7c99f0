"""What the gate saves, and how many sentences a second are read: beside bare spaCy in the same run.

    .venv/bin/python bench/reading_speed.py gate [10000]       10,000 summaries with the gate, a sample without it
    .venv/bin/python bench/reading_speed.py lost               no labelled claim is lost by the gate
    .venv/bin/python bench/reading_speed.py sentences [2000]   gated sentences, two workers, against bare spaCy-sm
    .venv/bin/python bench/reading_speed.py articles           long reports, with the gate over stretches and without

All read ../shared; times are of the processor where one process reads, of the clock where several do.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from training.data import evaluation_set

from nongrata.evaluation.matching import pair
from nongrata.extraction.onnx_model import OnnxModel, load_calibration, load_tokenizer
from nongrata.extraction.reader import TrainedReader, default_reader
from nongrata.extraction.workers import Workers
from nongrata.language.gate import shipped_gate
from nongrata.language.sentences import split
from nongrata.model import Report, Span
from nongrata.reading.plain import parse_text

SUMMARIES = Path(__file__).parents[2] / "shared" / "data" / "current_events.jsonl.gz"
SEED = 3
_ROUNDS = 8
_SAMPLE = 1000
"""So many of the summaries are read without the gate: all would take ten times as long as the rest of the bench."""


def summaries() -> list[Report]:
    """All summaries, in an order of chance that is the same in every run."""
    with gzip.open(SUMMARIES, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(SEED).shuffle(rows)
    return [
        parse_text(
            row["text"],
            id=row["id"],
            publisher=row["publisher"],
            published=date.fromisoformat(row["published"]),
            sources=tuple(row["sources"]),
        )
        for row in rows
    ]


def ungated() -> TrainedReader:
    """The shipped reader without its gate."""
    return TrainedReader(OnnxModel.shipped(), load_tokenizer(), load_calibration(), gated=False)


def seconds(reader: TrainedReader, reports: Sequence[Report]) -> tuple[float, int]:
    """Processor seconds, and the claims found."""
    begun = time.process_time()
    claims = sum(len(found) for _, found in reader.read_many(reports))
    return time.process_time() - begun, claims


def gate_saves(count: int) -> None:
    """Gate and reading of many summaries against reading a sample of them without the gate."""
    some = summaries()[:count]
    reader, bare = default_reader(), ungated()
    for one in (reader, bare):
        seconds(one, some[:64])
    passed = sum(shipped_gate().passes(report.text) for report in some)
    sample = some[: min(count, _SAMPLE)]
    with_gate = without = 0.0
    found = more = 0
    # In turn, so that what else the machine does falls on both.
    for at in range(_ROUNDS):
        taken, claims = seconds(reader, some[at::_ROUNDS])
        with_gate, found = with_gate + taken, found + claims
        taken, claims = seconds(bare, sample[at::_ROUNDS])
        without, more = without + taken, more + claims
    whole = without * count / len(sample)
    print(f"{count:,} summaries; {passed:,} pass the gate ({passed / count:.1%}); {found} claims")
    print(
        f"with the gate {with_gate:.1f} s; without it {whole:.0f} s ({len(sample):,}: {without:.1f} s, {more} claims)"
    )
    print(f"the gate makes it {with_gate / whole:.1%}")


def lost() -> None:
    """Hold what is right without the gate against what is right with it."""
    reader, bare = default_reader(), ungated()
    for name in ("dev", "train", "articles"):
        labelled = evaluation_set(name)
        reports = [one.report for one in labelled]
        gone = shut = claims = 0
        for one, (_, gated), (_, every) in zip(
            labelled, reader.read_many(reports), bare.read_many(reports), strict=True
        ):
            gold = [{k: v for k, v in claim.items() if k != "place"} for claim in one.claims]
            hits, all_hits = (len(list(pair(gold, [c.to_dict() for c in some]))) for some in (gated, every))
            gone += all_hits - hits
            claims += len(gold)
            shut += bool(gold) and not shipped_gate().passes(one.report.text)
        print(
            f"{name}: {claims} labelled claims; {shut} labelled reports shut out; {gone} claims found without it only"
        )


def gated_sentences(count: int) -> list[Report]:
    """Sentences of summaries that pass the gate, each as a report."""
    return list(itertools.islice(_sentences(), count))


def _sentences() -> Iterator[Report]:
    for report in summaries():
        for span in split(report.text, Span(0, len(report.text))):
            if shipped_gate().passes(span.of(report.text)):
                name = f"{report.id}-{span.begin}"
                yield parse_text(span.of(report.text), id=name, published=report.published, publisher=report.publisher)


def _parse(texts: list[str]) -> int:
    """Bare spaCy, its small English pipeline with everything that the reader uses of it."""
    from nongrata.language.parsing import parsed

    return sum(len(doc) for doc in parsed(texts))


def sentences(count: int) -> None:
    """Two workers on gated sentences, and two processes of bare spaCy on the same ones; three rounds in turn."""
    reports = gated_sentences(count)
    texts = [report.text for report in reports]
    halves = [texts[0::2], texts[1::2]]
    chunks = [half[at : at + 256] for half in halves for at in range(0, len(half), 256)]
    with Workers(2, default_reader()) as pool, get_context("spawn").Pool(2) as parsers:
        list(pool.read_many(reports[:256]))
        parsers.map(_parse, [texts[:128], texts[128:256]], chunksize=1)
        for _ in range(3):
            begun = time.perf_counter()
            claims = sum(len(found) for _, found in pool.read_many(reports))
            read = time.perf_counter() - begun
            begun = time.perf_counter()
            parsers.map(_parse, chunks, chunksize=1)
            bare = time.perf_counter() - begun
            print(
                f"{count:,} gated sentences, two workers: {count / read:.0f}/s ({claims} claims);"
                f" bare spaCy-sm, two processes: {count / bare:.0f}/s; ratio {bare / read:.2f}"
            )


def articles() -> None:
    """Long reports: pages a processor-second with and without the gate over their stretches."""
    reports = [one.report for name in ("dev", "articles") for one in evaluation_set(name) if len(one.report.text) > 950]
    long = [_joined(reports, at) for at in range(len(reports))]
    reader, bare = default_reader(), ungated()
    for some, words in ((reports, "openings of articles"), (long, "the same, each with ten pages of other news below")):
        seconds(reader, some[:4])
        (gated, found), (whole, more) = seconds(reader, some), seconds(bare, some)
        size = sum(len(report.text) for report in some) / len(some)
        print(
            f"{len(some)} {words} ({size:,.0f} characters on average): {len(some) / gated:.1f} a processor-second"
            f" with the gate ({found} claims), {len(some) / whole:.1f} without ({more} claims)"
        )


_OTHER_NEWS = 60


def _joined(reports: Sequence[Report], at: int) -> Report:
    """A report with summaries of other days below it, as on a page of many stories."""
    others = _filling()[at * _OTHER_NEWS : (at + 1) * _OTHER_NEWS]
    text = "\n\n".join([reports[at].text, *others])
    return parse_text(text, id=reports[at].id, published=reports[at].published, publisher=reports[at].publisher)


_FILLING: list[str] = []


def _filling() -> list[str]:
    if not _FILLING:
        _FILLING.extend(report.text for report in summaries())
    return _FILLING


def main() -> None:
    """Run one of the measurements."""
    what = sys.argv[1] if len(sys.argv) > 1 else "gate"
    number = int(sys.argv[2]) if len(sys.argv) > 2 else None
    if what == "gate":
        gate_saves(number or 10_000)
    elif what == "lost":
        lost()
    elif what == "sentences":
        sentences(number or 2_000)
    else:
        articles()


if __name__ == "__main__":
    main()
