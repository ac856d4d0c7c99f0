from __future__ import annotations

from dataclasses import replace
from datetime import date

from nongrata.ledger import Added, Ledger, LedgerView, import_readings, ingest
from nongrata.model import Chain, Claim, DateInterval, Factuality, Interval, Realis, Scope, Span
from tests.ledger.helpers import FakeReader, PickierReader, report


def run_ingest(ledger: Ledger, reports, reader=None) -> Added:
    return ingest(ledger, reports, reader or FakeReader(), ledger.start_run("ingest"))


def test_reports_and_claims_come_back_as_they_went_in(place):
    full = Claim(
        report_id="r1",
        type="expulsion",
        subtype="closure",
        actors=("BE", "DE"),
        target="RU",
        target_state="RU",
        against="XX",
        count=Interval(24),
        share=0.2,
        when=DateInterval(date(2023, 9, 5), date(2024, 3, 5)),
        factuality=Factuality.POSSIBLE,
        realis=Realis.PLANNED,
        scope=Scope.TOTAL,
        chain=Chain.of(["Mara Lind", "Radio Norra", "Harbour Gazette"], "premier", "BE"),
        background=True,
        trigger="expelled",
        sentence="They “expelled” – dozens.",
        spans={"trigger": Span(3, 9), "count": Span(10, 12)},
        also=(Span(20, 25),),
        when_text="in recent months",
        count_text="dozens",
        confidence=0.5,
        reader="fake 1",
        published=date(2024, 3, 5),
        publisher="Harbour Gazette",
    )
    bare = Claim(report_id="r1", type="threat", reader="fake 1")
    one = replace(report(1), title="A title", url="https://example.org/1", lang="en", sources=("Wire",), topics=("x",))
    with Ledger.open(place) as ledger:
        ledger.add(ledger.start_run("ingest"), [(one, [full, bare])], "fake 1")
    with LedgerView.open(place) as view:
        assert view.reports(["r1", "nothing"]) == {"r1": one}
        assert view.claims_of_report("r1") == [full, bare]
        assert view.claims([full.key]) == {full.key: full}


def test_ingest_twice_changes_nothing(place):
    reader = FakeReader()
    with Ledger.open(place) as ledger:
        first = run_ingest(ledger, [report(n) for n in range(150)], reader)
        assert first == Added(reports=150, readings=150, claims=150)
        before = ledger.live_claims()
        again = run_ingest(ledger, [report(n) for n in range(150)], reader)
        assert again == Added(unchanged=150)
        assert reader.calls == 150
        assert ledger.live_claims() == before


def test_the_same_text_under_another_name_is_the_same_report(place):
    with Ledger.open(place) as ledger:
        run_ingest(ledger, [report(1), replace(report(1), id="elsewhere")])
        assert ledger.counts()["reports"] == 1


def test_the_same_text_in_two_papers_is_two_reports(place):
    with Ledger.open(place) as ledger:
        run_ingest(ledger, [report(1), replace(report(1, publisher="Lantern"), id="r1b")])
        assert ledger.counts() == {"reports": 2, "claims": 2, "incidents": 0}


def test_another_report_with_a_taken_id_gets_a_longer_one(place):
    with Ledger.open(place) as ledger:
        run_ingest(ledger, [report(1), report(1, text="FR expelled 3 RU envoys.")])
        ids = sorted(claim.report_id for claim in ledger.live_claims())
        assert ids[0] == "r1"
        assert ids[1].startswith("r1~")
        assert ledger.claims_of_report(ids[1])[0].actor == "FR"


def test_a_report_without_claims_is_not_read_again(place):
    reader = FakeReader()
    with Ledger.open(place) as ledger:
        for _ in range(2):
            run_ingest(ledger, [report(1, text="The choir met.")], reader)
    assert reader.calls == 1


def test_a_newer_reader_takes_over_and_the_older_claims_are_kept(place):
    with Ledger.open(place) as ledger:
        run_ingest(ledger, [report(0), report(1)])
        run_ingest(ledger, [report(0), report(1)], PickierReader("fake 2"))
        live = ledger.live_claims()
        assert [(c.report_id, c.reader, c.confidence) for c in live] == [("r1", "fake 2", 0.9)]
        assert ledger.counts()["claims"] == 1
        with ledger.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM claims").scalar() == 3


def hand_claim(count: int) -> Claim:
    return Claim(report_id="h1", type="expulsion", actor="BE", target="RU", count=Interval.exact(count))


def test_imported_claims_are_idempotent_and_can_be_corrected(place):
    kept = replace(report(1, text=""), id="h1", url="https://example.org/h1")
    with Ledger.open(place) as ledger:
        run = ledger.start_run("import")
        assert import_readings(ledger, [(kept, [hand_claim(3)])], run).claims == 1
        assert import_readings(ledger, [(kept, [hand_claim(3)])], run) == Added(unchanged=1)
        assert import_readings(ledger, [(kept, [hand_claim(4)])], run).claims == 1
        assert [claim.count for claim in ledger.live_claims()] == [Interval.exact(4)]
        assert import_readings(ledger, [(kept, [hand_claim(3)])], run).claims == 1
        assert [claim.count for claim in ledger.live_claims()] == [Interval.exact(3)]


def test_hand_coded_claims_stand_over_a_machines_reading_of_the_same_text(place):
    with Ledger.open(place) as ledger:
        run_ingest(ledger, [report(1)])
        by_hand = replace(hand_claim(9), report_id="r1")
        import_readings(ledger, [(report(1, text=""), [by_hand])], ledger.start_run("import"))
        assert ledger.counts()["reports"] == 1
        run_ingest(ledger, [report(1)], FakeReader("fake 2"))
        assert [(claim.reader, claim.count) for claim in ledger.live_claims()] == [("hand", Interval.exact(9))]


def test_a_claim_told_twice_in_one_reading_is_kept_once(place):
    with Ledger.open(place) as ledger:
        added = ledger.add(ledger.start_run("import"), [(report(1), [hand_claim(3), hand_claim(3)])], "hand")
        assert added.claims == 1


def test_acknowledged_batches_are_told_in_order(place):
    sums: list[Added] = []
    with Ledger.open(place) as ledger:
        ingest(ledger, [report(n) for n in range(200)], FakeReader(), ledger.start_run("ingest"), sums.append)
    assert [s.readings for s in sums] == sorted(s.readings for s in sums)
    assert sums[-1].readings == 200
    assert len(sums) >= 4


def test_a_run_says_who_when_and_what(place, monkeypatch):
    monkeypatch.setenv("NONGRATA_USER", "ada")
    with Ledger.open(place) as ledger:
        run = ledger.start_run("ingest", "folder", "fake 1")
        ledger.finish_run(run, {"claims": 3})
        with ledger.reading() as connection:
            row = connection.exec_driver_sql("SELECT user_name, source, finished_at FROM runs").one()
            actions = list(connection.exec_driver_sql("SELECT action FROM audit ORDER BY pk").scalars())
    assert row[:2] == ("ada", "folder")
    assert row[2] is not None
    assert actions == ["migrate", "ingest begun", "ingest ended"]
