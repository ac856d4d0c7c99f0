from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from nongrata.ledger import ClaimFilter, IncidentFilter, Ledger, TallyBy, Verdict, ingest
from nongrata.ledger.search import Term, parse
from nongrata.model import Interval, LedgerError
from tests.ledger.helpers import FakeReader, report

STATES = ("BE", "DE", "FR", "NL")


@pytest.fixture
def ledger(place):
    with Ledger.open(place) as opened:
        reports = [
            replace(
                report(n, f"{STATES[n % 4]} expelled {n + 1} {'RU' if n % 2 else 'IR'} envoys."),
                title=f"Harbour talk no. {n}, Zoë’s column" if n % 3 == 0 else None,
                publisher=("Gazette", "Lantern")[n % 2],
                published=date(2024, 1, 1) + timedelta(n) if n != 7 else None,
            )
            for n in range(24)
        ]
        ingest(opened, reports, FakeReader(), opened.start_run("ingest"))
        opened.refresh()
        yield opened


def found(ledger, **only):
    return {int(claim.report_id[1:]) for claim in ledger.search(ClaimFilter(**only)).found}


def test_everything_newest_first(ledger):
    claims = ledger.search(ClaimFilter()).found
    days = [claim.published for claim in claims]
    assert len(claims) == 24
    assert days[-1] is None
    assert days[:-1] == sorted(days[:-1], reverse=True)


@pytest.mark.parametrize(
    ("only", "numbers"),
    [
        ({"actors": ("be",)}, {0, 4, 8, 12, 16, 20}),
        ({"actors": ("BE", "DE"), "targets": ("RU",)}, {1, 5, 9, 13, 17, 21}),
        ({"types": ("sabotage",)}, set()),
        ({"publishers": ("Lantern",), "actors": ("NL",)}, {3, 7, 11, 15, 19, 23}),
        ({"factuality": ("CT+",), "since": date(2024, 1, 20), "until": date(2024, 1, 22)}, {19, 20, 21}),
        ({"text": "harbour"}, {0, 3, 6, 9, 12, 15, 18, 21}),
        ({"text": '"talk no 3"'}, {3}),
        ({"text": "harbour -BE", "targets": ("IR",)}, {6, 18}),
        ({"text": "harb* 21"}, {21}),
        ({"text": "expelled 5 ir"}, {4}),
        ({"text": "nowhere"}, set()),
        ({"reviewed": True}, set()),
        ({"reviewed": False, "text": "24"}, {23}),
    ],
)
def test_filters(ledger, only, numbers):
    assert found(ledger, **only) == numbers


def test_filter_by_the_incidents_credibility(ledger):
    grades = {incident.credibility for incident in ledger.incidents()}
    sums = [found(ledger, credibility=(grade,)) for grade in sorted(grades)]
    assert set().union(*sums) == set(range(24))
    assert found(ledger, credibility=tuple({1, 2, 3, 4, 5, 6} - grades)) == set()


def test_rejected_claims_are_not_found_and_corrected_ones_are_as_corrected(ledger):
    first, second = (claim.key for claim in ledger.search(ClaimFilter(text="harbour", actors=("BE",))).found[:2])
    ledger.judge(Verdict.REJECT, first, reason="x")
    ledger.judge(Verdict.CORRECT, second, field="actor", value="LU", reason="x")
    assert len(found(ledger, text="harbour", actors=("BE",))) == 0
    assert len(found(ledger, text="harbour", actors=("LU",))) == 1
    assert len(found(ledger, reviewed=True)) == 1


def test_paging_is_stable_while_claims_are_added(ledger):
    seen, after, pages = [], None, 0
    while pages == 0 or after:
        page = ledger.search(ClaimFilter(), after=after, limit=5)
        seen += [claim.report_id for claim in page.found]
        after, pages = page.after, pages + 1
        more = report(100 + pages, f"FI expelled {pages} RU envoys.", day=28)
        ingest(ledger, [more], FakeReader(), ledger.start_run("ingest"))
    assert len(seen) == len(set(seen)) == 24
    assert pages == 5


def test_paging_of_incidents(ledger):
    seen, after, first = [], None, True
    while first or after:
        page = ledger.incident_page(IncidentFilter(targets=("RU",)), after=after, limit=3)
        seen += [incident.id for incident in page.found]
        after, first = page.after, False
    assert sorted(seen) == sorted(incident.id for incident in ledger.incidents(IncidentFilter(targets=("RU",))))


def test_facets(ledger):
    whole = ledger.facets()
    assert whole.complete
    assert dict(whole.values["actor"]) == {"BE": 6, "DE": 6, "FR": 6, "NL": 6}
    assert whole.values["type"] == [("expulsion", 24)]
    assert whole.values["reviewed"] == [("no", 24)]
    some = ledger.facets(ClaimFilter(targets=("RU",), text="harbour"))
    assert dict(some.values["actor"]) == {"DE": 2, "NL": 2}


def test_marks_of_pages_and_texts_that_are_none(ledger):
    with pytest.raises(LedgerError, match="marks no page"):
        ledger.search(ClaimFilter(), after="x.1")
    with pytest.raises(LedgerError, match="no word to look for"):
        ledger.search(ClaimFilter(text="-not"))


@pytest.mark.parametrize("hostile", ['"', "' OR 1=1 --", 'a" OR sentence:b', "NEAR(a b)", "a & b | !c", "(((", "x:*"])
def test_hostile_searches_are_only_words(ledger, hostile):
    assert ledger.search(ClaimFilter(text=f"expelled {hostile} zzz")).found == ()


def test_the_parts_of_a_search():
    assert parse('Spy "so-called diplomats" -arms proto*') == [
        Term(("spy",)),
        Term(("so", "called", "diplomats")),
        Term(("arms",), unwanted=True),
        Term(("proto",), open=True),
    ]


def test_tally_sums_intervals(ledger):
    rows = {(row.actor, row.target): row for row in ledger.tally(IncidentFilter(types=("expulsion",)))}
    incidents = ledger.incidents()
    for (actor, target), row in rows.items():
        mine = [i for i in incidents if (i.actor, i.target) == (actor, target)]
        assert row.incidents == len(mine)
        assert row.count == sum((i.count for i in mine if i.count), Interval(0, 0))
    months = ledger.tally(IncidentFilter(), TallyBy.MONTH)
    assert [row.month or "~" for row in months] == sorted(row.month or "~" for row in months)
    assert sum(row.incidents for row in ledger.tally(IncidentFilter(), TallyBy.TYPE)) == len(incidents)


def test_claims_are_looked_up_by_key_and_not_by_being_live(tmp_path: Path) -> None:
    """Without statistics SQLite walks the index of live claims, all of them, for each batch of keys."""
    from nongrata.ledger.selects import live_claims_by_key

    with Ledger.open(tmp_path / "a.db") as ledger, ledger.reading() as connection:
        query = live_claims_by_key(["a", "b"]).compile(connection, compile_kwargs={"literal_binds": True})
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}")]
    assert any("ix_claims_key" in line for line in plan), plan
    assert not any("live" in line for line in plan), plan
