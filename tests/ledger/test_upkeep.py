from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from nongrata.ledger import ClaimFilter, Ledger, LedgerView, Verdict, import_readings, ingest
from nongrata.ledger.migrate import STEPS
from nongrata.ledger.upkeep import backup, check, differing, merge, reread
from nongrata.model import Claim, Interval, LedgerError
from tests.ledger.earlier import EARLIER, make_earlier
from tests.ledger.helpers import FakeReader, PickierReader, report


def fill(ledger, *reports, reader=None):
    ingest(ledger, reports, reader or FakeReader(), ledger.start_run("ingest"))
    ledger.refresh()


def state(view):
    """What a ledger knows, apart from its own numbers and times."""
    claims = sorted(json.dumps([c.report_id, c.key, c.to_dict()], sort_keys=True) for c in view.live_claims())
    incidents = sorted(json.dumps({**i.to_dict(), "id": ""}, sort_keys=True) for i in view.incidents())
    return claims, incidents


@pytest.fixture
def ledger(place):
    with Ledger.open(place) as opened:
        fill(opened, *(report(n) for n in range(12)))
        yield opened


def test_a_sound_ledger(ledger):
    assert check(ledger) == []
    key = ledger.claims_of_report("r3")[0].key
    ledger.judge(Verdict.CORRECT, key, field="count", value=[9, 9], reason="x")
    fill(ledger, report(4), report(5), reader=PickierReader("fake 2"))
    assert check(ledger) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE reports SET text = 'another' WHERE id = 'r3'", "the text of report r3 is not the one"),
        ("UPDATE readings SET claims = 2 WHERE report_pk = 4", "a reading of report r3 has lost claims"),
        ("UPDATE readings SET live = false WHERE report_pk = 4", "report r3 has not exactly one reading that counts"),
        (
            "UPDATE claims SET confidence = 0.1 WHERE report_pk = 4",
            "the claims of report r3 are not those that were read",
        ),
        ("UPDATE chains SET links = '[]'", "the claims of report r3 are not those that were read"),
        (
            "UPDATE claims SET realis = 'odd' WHERE report_pk = 4",
            "the claims of report r3 are not those that were read",
        ),
        ("UPDATE claims SET live = false WHERE report_pk = 4", "names a claim that does not count"),
    ],
)
def test_what_check_finds(ledger, change, words):
    with ledger.writing() as connection:
        connection.exec_driver_sql(change)
    found = check(ledger)
    assert any(words in fault for fault in found)


def test_check_names_a_few_and_counts_the_rest(ledger):
    with ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE readings SET claims = 7")
    found = check(ledger)
    assert len(found) == 6
    assert found[-1] == "... and 7 more like this"


def test_check_finds_broken_links_and_structure(tmp_path):
    path = tmp_path / "l.db"
    with Ledger.open(path) as ledger:
        fill(ledger, report(1))
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM chains")
    connection.close()
    with LedgerView.open(path) as view:
        assert any("points to a row of chains that is not there" in fault for fault in check(view))


def test_a_backup_is_a_whole_ledger(ledger, tmp_path):
    backup(ledger, tmp_path / "copy.db")
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy.db"]
    with LedgerView.open(tmp_path / "copy.db") as copy:
        assert check(copy) == []
        assert state(copy) == state(ledger)
        assert len(copy.search(ClaimFilter(text="envoys")).found) == 12
        assert not copy.stale
    with Ledger.open(tmp_path / "copy.db") as copy:
        fill(copy, report(77))


def test_a_backup_during_an_ingest_is_consistent(tmp_path):
    path = tmp_path / "l.db"
    with Ledger.open(path) as ledger, LedgerView.open(path) as view:
        fill(ledger, report(1))
        with ledger.writing() as connection:
            connection.exec_driver_sql("UPDATE reports SET title = 'not yet committed'")
            backup(view, tmp_path / "copy.db")
    with LedgerView.open(tmp_path / "copy.db") as copy:
        assert check(copy) == []
        assert copy.reports(["r1"])["r1"].title is None


def test_a_backup_overwrites_nothing_and_needs_a_folder(ledger, tmp_path):
    (tmp_path / "there.db").write_text("precious")
    with pytest.raises(LedgerError, match="is there already: give the backup another name"):
        backup(ledger, tmp_path / "there.db")
    with pytest.raises(LedgerError, match="does not exist: make it or give another place"):
        backup(ledger, tmp_path / "no" / "copy.db")
    assert (tmp_path / "there.db").read_text() == "precious"


def test_merging_two_analysts_ledgers_doubles_nothing(place, tmp_path):
    mine, theirs = [report(n) for n in range(8)], [report(n) for n in range(4, 12)]
    with Ledger.open(place) as ledger, Ledger.open(tmp_path / "theirs.db") as other:
        fill(ledger, *mine)
        fill(other, *theirs)
        rejected = other.claims_of_report("r10")[0].key
        judgement = other.judge(Verdict.REJECT, rejected, reason="not said")
        other.judge(
            Verdict.CORRECT, other.claims_of_report("r5")[0].key, field="count", value=[50, 50], reason="misprint"
        )
        other.rate("Harbour Gazette", "B", reason="careful")
        counts = merge(ledger, other)
        ledger.refresh()
        assert counts == {
            "reports": 4, "readings": 4, "claims": 4, "bodies": 0, "judgements": 2, "ratings": 1, "forwards": 0,
        }  # fmt: skip
        assert ledger.counts()["reports"] == 12
        assert ledger.claims_of_report("r10") == []
        assert ledger.claims_of_report("r5")[0].count == Interval.exact(50)
        assert [rating.grade for rating in ledger.ratings("Harbour Gazette")] == ["B"]
        before = state(ledger)
        assert set(merge(ledger, other).values()) == {0}
        ledger.refresh()
        assert state(ledger) == before
        assert check(ledger) == []
        ledger.take_back(judgement.id, reason="it is")
        assert len(ledger.claims_of_report("r10")) == 1


def test_merging_keeps_a_newer_reading(place, tmp_path):
    with Ledger.open(place) as ledger, Ledger.open(tmp_path / "old.db") as old:
        fill(old, report(0), report(1))
        fill(ledger, report(0), report(1), reader=PickierReader("fake 2"))
        before = state(ledger)
        assert merge(ledger, old)["readings"] == 2
        ledger.refresh()
        assert state(ledger) == before


def test_reading_again_tells_what_changed_and_keeps_judgements(ledger):
    ledger.judge(Verdict.REJECT, ledger.claims_of_report("r3")[0].key, reason="not said")
    by_hand = Claim(report_id="r5", type="threat", actor="RU", target="BE")
    import_readings(ledger, [(replace(report(5), text=""), [by_hand])], ledger.start_run("import"))

    class Newer(PickierReader):
        def read(self, report):
            return [replace(c, subtype="newer") if report.id == "r2" else c for c in super().read(report)]

    result = reread(ledger, Newer("fake 2"), ledger.start_run("reread"))
    ledger.refresh()
    assert (result.reports, result.same) == (11, 8)
    assert [claim.report_id for claim in result.gone] == ["r0"]
    assert result.new == []
    assert [differing(*pair) for pair in result.changed] == [["subtype"]]
    assert ledger.claims_of_report("r3") == []
    assert [claim.type for claim in ledger.claims_of_report("r5")] == ["threat"]
    assert reread(ledger, Newer("fake 2"), ledger.start_run("reread")).reports == 0
    assert check(ledger) == []


def test_ratings_have_a_history(ledger, monkeypatch):
    monkeypatch.setenv("NONGRATA_USER", "ada")
    ledger.rate("Harbour Gazette", "C", reason="new to me")
    ledger.rate("Harbour Gazette", "B", reason="proved right twice")
    assert [(r.grade, r.user) for r in ledger.ratings("Harbour Gazette")] == [("B", "ada"), ("C", "ada")]
    for source, grade, words in (("Nobody", "A", "knows no source"), ("Harbour Gazette", "G", "is no grade")):
        with pytest.raises(LedgerError, match=words):
            ledger.rate(source, grade, reason="x")


def test_the_log_is_filtered(ledger):
    ledger.judge(Verdict.NOTE, ledger.claims_of_report("r3")[0].key, reason="look again")
    assert [entry.action for entry in ledger.log(limit=2)] == ["judge note", "ingest begun"]
    assert [entry.reason for entry in ledger.log(action="judge")] == ["look again"]
    assert ledger.log(since=datetime.now(UTC) + timedelta(days=1)) == []


@pytest.mark.parametrize("step", EARLIER)
def test_a_ledger_of_an_earlier_step_opens_and_upgrades(place, step):
    make_earlier(place, step)
    with pytest.raises(LedgerError, match="has an older schema: run `nongrata ledger migrate`"):
        LedgerView.open(place)
    with Ledger.open(place, create=False) as ledger:
        assert check(ledger) == []
        assert len(ledger.search(ClaimFilter(text="envoys")).found) == 3
        assert ledger.log()[0].details == {"from": step, "to": STEPS[-1]}
        assert sorted(str(claim.count) for claim in ledger.live_claims()) == ["2", "3", "50"]
        assert [rating.grade for rating in ledger.ratings("Harbour Gazette")] == ["B"]
        before = state(ledger)
        assert not ledger.refresh()
        rejected = next(j for j in ledger.judgements() if j.verdict is Verdict.REJECT)
        ledger.take_back(rejected.id, reason="it is")
        ledger.refresh()
        assert len(state(ledger)[0]) == len(before[0]) + 1
        fill(ledger, report(77))
        assert check(ledger) == []
    with LedgerView.open(place) as view:
        assert view.counts()["reports"] == 6


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path, monkeypatch):
    path = tmp_path / "l.db"
    from nongrata.ledger import search

    monkeypatch.setitem(search._INDEX, "sqlite", "INSERT INTO nothing VALUES (:first)")
    with pytest.raises(LedgerError):
        Ledger.open(path)
    monkeypatch.undo()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()
    with Ledger.open(path) as ledger:
        fill(ledger, report(1))


def test_dates_and_times_are_dates_and_times(ledger):
    with ledger.reading() as connection:
        table = sa.text("SELECT published, added_at FROM reports WHERE id = 'r1'")
        published, added = connection.execute(table).one()
    assert str(published)[:10] == str(date(2024, 3, 5))
    assert str(added)[:10] == str(datetime.now(UTC).date())
