"""A small ledger of made-up claims that has one of everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from nongrata.ledger import Ledger, Verdict
from nongrata.model import (
    Block,
    BlockRole,
    Chain,
    Claim,
    DateInterval,
    Factuality,
    Interval,
    Realis,
    Report,
    Scope,
    Span,
)

TEXT = (
    'Nordland throws out spies\n"We expelled at least 17 of them in March," said Minister Ottilie Brask. '
    "Corvin Dask, arrested on Monday, is accused of spying for RU."
)
REPORT = Report(
    id="brask-1",
    text=TEXT,
    title="Brask: spies thrown out | all of them",
    publisher="Harbour Gazette",
    published=date(2024, 4, 2),
    published_from="given",
    url="https://gazette.example/brask-expels",
    lang="en",
    sources=("RTL",),
    topics=("spies",),
    blocks=(Block(BlockRole.TITLE, Span(0, 25)), Block(BlockRole.QUOTE, Span(26, len(TEXT)))),
)


def span(words: str) -> Span:
    begin = TEXT.index(words)
    return Span(begin, begin + len(words))


EXPULSION = Claim(
    report_id="brask-1",
    type="expulsion",
    subtype="expelled",
    actor="NO",
    actor_state="NO",
    target="RU",
    target_state="RU",
    count=Interval(17),
    when=DateInterval.month(2024, 3),
    chain=Chain.of(["Ottilie Brask", "Harbour Gazette"], "Minister", "NO"),
    trigger="expelled",
    sentence='"We expelled at least 17 of them in March," said Minister Ottilie Brask.',
    spans={"trigger": span("expelled"), "count": span("at least 17"), "when": span("in March")},
    also=(span("throws out"),),
    when_text="in March",
    count_text="at least 17",
    confidence=0.123456789,
    reader="made 1",
    published=REPORT.published,
    publisher=REPORT.publisher,
)
ESPIONAGE = replace(
    EXPULSION,
    type="espionage",
    subtype=None,
    actor="RU",
    actor_state="RU",
    target="NO",
    target_state="NO",
    count=Interval.exact(1),
    when=None,
    when_text=None,
    count_text=None,
    factuality=Factuality.POSSIBLE,
    trigger="accused of spying",
    sentence="Corvin Dask, arrested on Monday, is accused of spying for RU.",
    spans={"trigger": span("accused of spying")},
    also=(),
)
ARREST = replace(
    ESPIONAGE,
    type="legal_action",
    subtype="arrest",
    actor="NO",
    actor_state="NO",
    target="Corvin Dask",
    target_state="RU",
    factuality=Factuality.CERTAIN,
    when=DateInterval.day(date(2024, 4, 1)),
    trigger="arrested",
    spans={"trigger": span("arrested")},
)
THREAT = replace(
    ARREST, type="threat", subtype="retaliation", actor="Corvin Dask", actor_state=None, target="NO", target_state="NO",
    count=None, trigger="accused", spans={"trigger": span("accused")},
)  # fmt: skip
HACK = replace(
    ARREST, type="cyberattack", subtype="ddos", actor="NoName057(16)", actor_state="RU", target="NO",
    target_state="NO", count=None, trigger="said", spans={"trigger": span("said")},
)  # fmt: skip
TOTAL = replace(
    EXPULSION, scope=Scope.TOTAL, count=Interval(40, 99), realis=Realis.ACTUAL, trigger="throws out",
    spans={"trigger": span("throws out")}, also=(),
)  # fmt: skip
DENIAL_REPORT = Report(
    id="denial-1", text="Moscow denied the claim by Ottilie Brask.", publisher="Lantern", published=date(2024, 4, 3)
)
DENIAL = replace(
    EXPULSION,
    report_id="denial-1",
    factuality=Factuality.DENIED,
    count=None,
    chain=Chain.of(["=Moscow", "Lantern"], None, "RU"),
    trigger="denied",
    sentence="Moscow denied the claim by Ottilie Brask.",
    spans={"trigger": Span(7, 13)},
    also=(),
    publisher="Lantern",
    published=DENIAL_REPORT.published,
    reader="made 1",
)
SILENT_REPORT = Report(id="choir-1", text="The choir met.", publisher="Lantern", published=date(2024, 4, 4))
PERSONS = ("Ottilie", "Brask", "Corvin", "Dask")


def make(place: Path) -> Ledger:
    """The ledger, its incidents up to date."""
    ledger = Ledger.open(str(place))
    run = ledger.start_run("test")
    claims = [EXPULSION, ESPIONAGE, ARREST, THREAT, HACK, TOTAL]
    ledger.add(run, [(REPORT, claims), (DENIAL_REPORT, [DENIAL]), (SILENT_REPORT, [])], "made 1")
    ledger.judge(Verdict.ACCEPT, ARREST.key, reason="read it")
    ledger.refresh()
    return ledger
