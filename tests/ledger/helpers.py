"""Reports, claims and a reader made up for the tests of the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from nongrata.ledger import Ledger, ingest
from nongrata.model import Chain, Claim, DateInterval, Interval, Report, Span

SENTENCE = re.compile(r"(?P<actor>[A-Z]{2}) (?P<trigger>expelled) (?P<count>\d+) (?P<target>[A-Z]{2}) envoys")


def report(n: int, text: str | None = None, publisher: str = "Harbour Gazette", day: int = 5) -> Report:
    text = f"Report {n}. BE expelled {n + 1} RU envoys." if text is None else text
    return Report(id=f"r{n}", text=text, publisher=publisher, published=date(2024, 3, day), published_from="given")


class FakeReader:
    """Reads sentences like "BE expelled 21 RU envoys"; nothing else."""

    def __init__(self, name: str = "fake 1") -> None:
        self.name = name
        self.calls = 0

    def read(self, report: Report) -> list[Claim]:
        self.calls += 1
        return [self._claim(report, match) for match in SENTENCE.finditer(report.text)]

    def read_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Claim]]]:
        for one in reports:
            yield one, self.read(one)

    def _claim(self, report: Report, match: re.Match[str]) -> Claim:
        count = int(match["count"])
        return Claim(
            report_id=report.id,
            type="expulsion",
            subtype="expelled",
            actor=match["actor"],
            actor_state=match["actor"],
            target=match["target"],
            target_state=match["target"],
            count=Interval.exact(count),
            when=DateInterval.day(report.published) if report.published else None,
            chain=Chain.of([f"Minister of {match['actor']}", report.publisher or "nobody"], "minister", match["actor"]),
            trigger=match["trigger"],
            sentence=match[0],
            spans={name: Span(*match.span(name)) for name in ("actor", "trigger", "count", "target")},
            count_text=match["count"],
            confidence=0.75,
            reader=self.name,
            published=report.published,
            publisher=report.publisher,
        )


class PickierReader(FakeReader):
    """A newer reader: leaves out expulsions of one."""

    def read(self, report: Report) -> list[Claim]:
        return [replace(claim, confidence=0.9) for claim in super().read(report) if claim.count != Interval.exact(1)]


def filled(path: Path, reports: int = 3) -> Path:
    with Ledger.open(path) as ledger:
        fill_with(ledger, range(reports))
    return path


def fill_with(ledger: Ledger, numbers: Iterable[int], more: str = "") -> None:
    reports = (report(n, text=f"Report {n}. BE expelled {n + 1} RU envoys. {more}") for n in numbers)
    ingest(ledger, reports, FakeReader(), ledger.start_run("ingest"))
