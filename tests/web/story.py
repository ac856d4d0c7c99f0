# ruff: noqa: E501  sentences stand whole
"""A small ledger made up for the tests of the pages: copies, two origins, a denial, a quarrel, an answer, a total."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from nongrata.ledger import Ledger
from nongrata.model import Chain, Claim, DateInterval, Factuality, Interval, Realis, Report, Scope, Span
from nongrata.reading.plain import parse_text

READER = "story 1"
Told = tuple[str, str, str, date, list[dict[str, Any]]]

REPORTS: list[Told] = [
    (
        "gazette-1",
        "Brussels sends envoys home\n\nBelgium expelled 21 Russian diplomats on Tuesday, minister Jan Peeters said on Radio Zenne.\n\n"
        "The ministry had warned of such a step for weeks.\n\nSupport our newsroom with a small gift.",
        "Harbour Gazette",
        date(2022, 3, 29),
        [
            {
                "sentence": "Belgium expelled 21 Russian diplomats on Tuesday, minister Jan Peeters said on Radio Zenne.",
                "type": "expulsion",
                "subtype": "expelled",
                "actor": ("BE", "Belgium"),
                "target": ("RU", "Russian"),
                "count": (Interval.exact(21), "21"),
                "when": (DateInterval.day(date(2022, 3, 29)), "on Tuesday"),
                "trigger": "expelled",
                "chain": ["Jan Peeters", "Radio Zenne", "Harbour Gazette"],
                "role": "minister",
                "state": "BE",
            }
        ],
    ),
    (
        "lantern-1",
        "Belgium ordered 21 Russian envoys out on Tuesday, Jan Peeters told Radio Zenne.",
        "The Lantern",
        date(2022, 3, 30),
        [
            {
                "sentence": "Belgium ordered 21 Russian envoys out on Tuesday, Jan Peeters told Radio Zenne.",
                "type": "expulsion",
                "subtype": "ordered_to_leave",
                "actor": ("BE", "Belgium"),
                "target": ("RU", "Russian"),
                "count": (Interval.exact(21), "21"),
                "when": (DateInterval.day(date(2022, 3, 29)), "on Tuesday"),
                "trigger": "ordered",
                "chain": ["Jan Peeters", "Radio Zenne", "The Lantern"],
                "role": "minister",
                "state": "BE",
            }
        ],
    ),
    (
        "northern-1",
        "Our own count of the buses says Belgium expelled 17 Russian diplomats on 29 March. The embassy denies any expulsion from Belgium.",
        "Northern Post",
        date(2022, 3, 31),
        [
            {
                "sentence": "Our own count of the buses says Belgium expelled 17 Russian diplomats on 29 March.",
                "type": "expulsion",
                "actor": ("BE", "Belgium"),
                "target": ("RU", "Russian"),
                "count": (Interval.exact(17), "17"),
                "when": (DateInterval.day(date(2022, 3, 29)), "on 29 March"),
                "trigger": "expelled",
                "chain": ["Northern Post"],
            },
            {
                "sentence": "The embassy denies any expulsion from Belgium.",
                "type": "expulsion",
                "actor": ("BE", "Belgium"),
                "target": ("RU", None),
                "when": (DateInterval.day(date(2022, 3, 29)), None),
                "factuality": Factuality.DENIED,
                "trigger": "expulsion",
                "chain": ["Embassy of Russia", "Northern Post"],
                "role": "embassy",
                "state": "RU",
            },
        ],
    ),
    (
        "gazette-2",
        "Russia expelled 21 Belgian diplomats on 14 April in answer. Hackers may have attacked the websites of Belgium last week.",
        "Harbour Gazette",
        date(2022, 4, 15),
        [
            {
                "sentence": "Russia expelled 21 Belgian diplomats on 14 April in answer.",
                "type": "expulsion",
                "actor": ("RU", "Russia"),
                "target": ("BE", "Belgian"),
                "count": (Interval.exact(21), "21"),
                "when": (DateInterval.day(date(2022, 4, 14)), "on 14 April"),
                "trigger": "expelled",
                "chain": ["Harbour Gazette"],
            },
            {
                "sentence": "Hackers may have attacked the websites of Belgium last week.",
                "type": "cyberattack",
                "subtype": "ddos",
                "target": ("BE", "Belgium"),
                "count": (Interval(2), "websites"),
                "when": (DateInterval(date(2022, 4, 4), date(2022, 4, 10)), "last week"),
                "factuality": Factuality.POSSIBLE,
                "trigger": "attacked",
                "chain": ["Harbour Gazette"],
                "confidence": 0.41,
            },
        ],
    ),
    (
        "island-1",
        "Malta will expel a few Iranian officials next month. Dozens of envoys have been expelled by Norway since 2018, officials say.",
        "Island Mercury",
        date(2023, 5, 2),
        [
            {
                "sentence": "Malta will expel a few Iranian officials next month.",
                "type": "expulsion",
                "actor": ("MT", "Malta"),
                "target": ("IR", "Iranian"),
                "count": (Interval(3, 5), "a few"),
                "when": (DateInterval.day(date(2023, 5, 2)), None),
                "realis": Realis.PLANNED,
                "trigger": "expel",
                "chain": ["Island Mercury"],
                "confidence": 0.62,
            },
            {
                "sentence": "Dozens of envoys have been expelled by Norway since 2018, officials say.",
                "type": "expulsion",
                "actor": ("NO", "Norway"),
                "count": (Interval(24, 99), "Dozens"),
                "when": (DateInterval(date(2018, 1, 1), date(2023, 5, 2)), "since 2018"),
                "scope": Scope.TOTAL,
                "trigger": "expelled",
                "chain": ["officials", "Island Mercury"],
            },
        ],
    ),
]


def readings() -> list[tuple[Report, list[Claim]]]:
    """The reports with their claims, every value with its place in the text."""
    return [_reading(*told) for told in REPORTS]


def fill(path: Path | str) -> None:
    """Make the ledger."""
    with Ledger.open(path) as ledger:
        run = ledger.start_run("ingest", "story", READER)
        ledger.add(run, readings(), READER)
        ledger.refresh()


def _reading(id: str, text: str, publisher: str, day: date, told: list[dict[str, Any]]) -> tuple[Report, list[Claim]]:
    report = parse_text(text, id=id, publisher=publisher, published=day)
    return report, [_claim(report, one) for one in told]


def _claim(report: Report, one: dict[str, Any]) -> Claim:
    at = report.text.index(one["sentence"])
    spans: dict[str, Span] = {}
    values: dict[str, Any] = {}
    for field in ("actor", "target", "count", "when"):
        value, words = one.get(field, (None, None))
        values[field] = value
        if words:
            begin = report.text.index(words, at)
            spans[field] = Span(begin, begin + len(words))
    begin = report.text.index(one["trigger"], at)
    spans["trigger"] = Span(begin, begin + len(one["trigger"]))
    return Claim(
        report_id=report.id,
        type=one["type"],
        subtype=one.get("subtype"),
        actor_state=values["actor"],
        target_state=values["target"],
        factuality=one.get("factuality", Factuality.CERTAIN),
        realis=one.get("realis", Realis.ACTUAL),
        scope=one.get("scope", Scope.EVENT),
        chain=Chain.of(one["chain"], one.get("role"), one.get("state")),
        trigger=one["trigger"],
        sentence=one["sentence"],
        spans=spans,
        count_text=one.get("count", (None, None))[1],
        when_text=one.get("when", (None, None))[1],
        confidence=one.get("confidence", 0.9),
        reader=READER,
        published=report.published,
        publisher=report.publisher,
        **values,
    )
