"""Who copied whom, as reports come in: kept, shown, checked; nothing is dropped."""

from __future__ import annotations

import random

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nongrata.ledger import Ledger, LedgerView, copies, schema
from nongrata.ledger.checking import faults
from nongrata.reading.duplicates import CopyKind
from tests.ledger.helpers import FakeReader, report

STORY = (
    "BE expelled 9 RU envoys. The premier told the house on Tuesday that the nine had paid a clerk for maps, and that "
    "the clerk had sung like a lark. The embassy called the step a farce and promised an answer within the week."
)
EDITED = STORY.replace("on Tuesday", "late on Tuesday night") + " No detail was given."
OTHER = (
    "FR expelled 2 RU envoys. In the south the mayor opened a bridge that had been shut for longer than most recall."
)


def keep(ledger: Ledger, *reports) -> None:
    reader = FakeReader()
    ledger.add(ledger.start_run("ingest"), [(one, reader.read(one)) for one in reports], reader.name)
    ledger.refresh()


def originals(view: LedgerView, name: str) -> list[tuple[str, str]]:
    return [(link.report_id, str(link.kind)) for link in view.copy_lineage(name).originals]


def test_copies_are_kept_with_whom_they_copy(place):
    with Ledger.open(place) as ledger:
        keep(ledger, report(1, STORY, "Quay Post", 5), report(2, OTHER, "Quay Post", 5))
        keep(ledger, report(3, STORY, "Lantern", 6), report(4, EDITED, "Harbour Gazette", 7))
        assert originals(ledger, "r3") == [("r1", "exact")]
        assert originals(ledger, "r4") == [("r1", "near")]
        assert originals(ledger, "r1") == originals(ledger, "r2") == []
        lineage = ledger.copy_lineage("r1")
        assert [(link.report_id, link.publisher) for link in lineage.copies] == [
            ("r3", "Lantern"),
            ("r4", "Harbour Gazette"),
        ]
        assert lineage.copied == 2
        assert ledger.counts()["reports"] == 4
        with ledger.reading() as connection:
            assert list(faults(connection)) == []


def test_an_earlier_report_that_comes_in_later_is_the_original(place):
    with Ledger.open(place) as ledger:
        keep(ledger, report(1, STORY, "Lantern", 6), report(2, STORY, "Harbour Gazette", 7))
        keep(ledger, report(3, STORY, "Quay Post", 5))
        assert originals(ledger, "r1") == [("r3", "exact")]
        assert originals(ledger, "r2") == [("r1", "exact"), ("r3", "exact")]
        assert [link.report_id for link in ledger.copy_lineage("r3").copies] == ["r1", "r2"]


def test_whom_a_source_copies(place):
    with Ledger.open(place) as ledger:
        keep(ledger, report(1, STORY, "Quay Post", 5), report(2, OTHER, "Quay Post", 5))
        keep(ledger, report(3, STORY, "Lantern", 6), report(4, OTHER, "Lantern", 6), report(5, EDITED, "Lantern", 8))
        assert ledger.copying("Lantern") == copies.Copying((("Quay Post", 3),), ())
        assert ledger.copying("Quay Post") == copies.Copying((), (("Lantern", 3),))


def test_many_reports_are_not_traced_on_the_way_but_when_asked_for(place, monkeypatch):
    monkeypatch.setattr("nongrata.ledger.writer.BACKLOG", 1)
    with Ledger.open(place) as ledger:
        keep(ledger, report(1, STORY, day=5), report(2, STORY, "Lantern", 6))
        assert originals(ledger, "r2") == []
        ledger.trace_copies()
        assert originals(ledger, "r2") == [("r1", "exact")]
        keep(ledger, report(3, STORY, "Tern", 7))
        assert originals(ledger, "r3") == [("r1", "exact")]


def test_a_story_copied_many_times_stays_cheap(place, monkeypatch):
    compared = []
    real = copies.copies_among
    monkeypatch.setattr(copies, "copies_among", lambda new, others: compared.append(len(others)) or real(new, others))
    with Ledger.open(place) as ledger:
        keep(ledger, *(report(n, STORY, f"Outlet {n}", 5 + n % 20) for n in range(80)))
        with ledger.reading() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(schema.copies)) == 79
            bands = connection.scalar(sa.select(sa.func.count()).select_from(schema.copy_bands))
    assert max(compared) <= copies.CANDIDATES + 1
    assert bands <= 2 * 21


def test_a_check_tells_of_copies_that_cannot_be(place):
    with Ledger.open(place) as ledger:
        keep(ledger, report(1, STORY, day=5), report(2, STORY, "Lantern", 6), report(3, OTHER, "Lantern", 6))
        c = schema.copies
        pks = dict(ledger_pks(ledger))
        with ledger.writing() as connection:
            connection.execute(c.delete())
            wrong = {"report_pk": pks["r1"], "original_pk": pks["r3"], "kind": "exact", "similarity": 1.0}
            connection.execute(c.insert(), wrong)
        with ledger.reading() as connection:
            told = list(faults(connection))
    assert told == [
        "report r1 is said to copy a later one",
        "report r1 is said to copy the words of another and does not",
    ]


def ledger_pks(ledger: Ledger) -> list[tuple[str, int]]:
    with ledger.reading() as connection:
        return [(row.id, row.pk) for row in connection.execute(sa.select(schema.reports.c.id, schema.reports.c.pk))]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 6), st.booleans()), min_size=2, max_size=14), st.integers())
def test_in_whatever_order_they_come_copies_lead_to_earlier_ones(tmp_path_factory, told, seed) -> None:
    chance = random.Random(seed)  # noqa: S311
    words = STORY.split()
    with Ledger.open(tmp_path_factory.mktemp("copies") / "l.db") as ledger:
        for number, (changes, day, dated) in enumerate(told):
            some = list(words)
            for _ in range(changes):
                some[chance.randrange(len(some))] = f"word{chance.randrange(9)}"
            one = report(number, " ".join(some), f"Outlet {number}", day)
            keep(ledger, one if dated else report(number, " ".join(some), f"Outlet {number}"))
        with ledger.reading() as connection:
            assert list(faults(connection)) == []
        for number in range(len(told)):
            lineage = ledger.copy_lineage(f"r{number}")
            assert all(link.kind in CopyKind for link in lineage.originals)
            assert len(lineage.originals) < len(told)
