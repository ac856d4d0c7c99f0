from __future__ import annotations

import pytest

from nongrata.ledger import Ledger, Verdict, ingest
from nongrata.model import Factuality, Interval, LedgerError
from tests.ledger.helpers import FakeReader, report

TEXT = "BE expelled 21 RU envoys. DE expelled 4 IR envoys."


@pytest.fixture
def ledger(place, monkeypatch):
    monkeypatch.setenv("NONGRATA_USER", "ada")
    with Ledger.open(place) as opened:
        read(opened, FakeReader(), report(1, TEXT), report(2, "The day before, BE expelled 21 RU envoys."))
        yield opened


def read(ledger, reader, *reports):
    ingest(ledger, reports, reader, ledger.start_run("ingest"))
    ledger.refresh()


def facts(ledger):
    return sorted((c.report_id, c.actor, str(c.count), str(c.factuality)) for c in ledger.live_claims())


def key_of(ledger, actor, report_id="r1"):
    return next(c.key for c in ledger.claims_of_report(report_id) if c.actor == actor)


ALL = [("r1", "BE", "21", "CT+"), ("r1", "DE", "4", "CT+"), ("r2", "BE", "21", "CT+")]


def test_a_rejected_claim_counts_no_more_until_that_is_taken_back(ledger):
    judgement = ledger.judge(Verdict.REJECT, key_of(ledger, "DE"), reason="a quotation from a novel")
    ledger.refresh()
    assert facts(ledger) == [ALL[0], ALL[2]]
    assert {incident.actor for incident in ledger.incidents()} == {"BE"}
    back = ledger.take_back(judgement.id, reason="it was the news page after all")
    ledger.refresh()
    assert facts(ledger) == ALL
    assert {incident.actor for incident in ledger.incidents()} == {"BE", "DE"}
    ledger.take_back(back.id, reason="no, the novel")
    assert facts(ledger) == [ALL[0], ALL[2]]


def test_a_correction_stands_for_the_claim_as_read(ledger):
    key = key_of(ledger, "BE")
    ledger.judge(Verdict.CORRECT, key, field="count", value=[12, None], reason="the page was corrected")
    ledger.judge(Verdict.CORRECT, key, field="factuality", value="PS+", reason="the headline doubts it")
    ledger.refresh()
    assert facts(ledger)[0] == ("r1", "BE", "≥ 12", "PS+")
    assert len(facts(ledger)) == 3
    claim = next(c for c in ledger.claims_of_report("r1") if c.actor == "BE")
    assert (claim.count, claim.factuality) == (Interval(12), Factuality.POSSIBLE)
    assert claim.key in {key for incident in ledger.incidents() for key in incident.claims}


def test_a_correction_of_a_correction_and_its_undoing(ledger):
    first = ledger.judge(Verdict.CORRECT, key_of(ledger, "BE"), field="actor", value="NL", reason="slip")
    second = ledger.judge(Verdict.CORRECT, key_of(ledger, "NL"), field="actor", value="LU", reason="slip again")
    assert facts(ledger)[1][1] == "LU"
    ledger.take_back(second.id, reason="x")
    assert facts(ledger)[1][1] == "NL"
    ledger.take_back(first.id, reason="x")
    assert facts(ledger) == ALL


def test_judgements_survive_a_newer_reader(ledger):
    ledger.judge(Verdict.REJECT, key_of(ledger, "DE"), reason="wrong")
    ledger.judge(Verdict.CORRECT, key_of(ledger, "BE"), field="count", value=[20, 20], reason="misprint")
    read(ledger, FakeReader("fake 2"), report(1, TEXT))
    assert facts(ledger) == [("r1", "BE", "20", "CT+"), ALL[2]]
    assert {claim.reader for claim in ledger.claims_of_report("r1")} == {"fake 2"}


def test_judgements_hold_for_the_same_text_in_another_paper(ledger):
    ledger.judge(Verdict.REJECT, key_of(ledger, "DE"), reason="wrong")
    read(ledger, FakeReader(), report(9, TEXT, publisher="Lantern"))
    assert [c.actor for c in ledger.claims_of_report("r9")] == ["BE"]


def test_accepting_marks_as_reviewed_and_outweighs_an_earlier_rejection(ledger):
    key = key_of(ledger, "DE")
    ledger.judge(Verdict.REJECT, key, reason="hasty")
    ledger.judge(Verdict.ACCEPT, key, reason="checked")
    assert facts(ledger) == ALL
    with ledger.reading() as connection:
        query = "SELECT key FROM claims WHERE reviewed AND live"
        assert list(connection.exec_driver_sql(query).scalars()) == [key]


def incident_of(ledger, key):
    return next(incident.id for incident in ledger.incidents() if key in incident.claims)


def test_same_and_not_same_move_claims_between_incidents(ledger):
    first, second, other = key_of(ledger, "BE"), key_of(ledger, "BE", "r2"), key_of(ledger, "DE")
    together = incident_of(ledger, first) == incident_of(ledger, second)
    verdict = Verdict.NOT_SAME if together else Verdict.SAME
    judgement = ledger.judge(verdict, first, other=second, reason="I know the case")
    ledger.refresh()
    assert (incident_of(ledger, first) == incident_of(ledger, second)) is not together
    ledger.take_back(judgement.id, reason="I do not")
    ledger.refresh()
    assert (incident_of(ledger, first) == incident_of(ledger, second)) is together
    assert incident_of(ledger, other) != incident_of(ledger, first)


def test_an_incidents_id_leads_on_after_a_merge(ledger):
    first, second = key_of(ledger, "BE"), key_of(ledger, "DE")
    ids = {incident_of(ledger, first), incident_of(ledger, second)}
    assert len(ids) == 2
    ledger.judge(Verdict.SAME, first, other=second, reason="for the sake of the test")
    ledger.refresh()
    now = incident_of(ledger, first)
    assert now == incident_of(ledger, second)
    assert {ledger.incident(old).id for old in ids} == {now}


def test_a_note_changes_nothing_but_is_kept(ledger):
    ledger.judge(Verdict.NOTE, key_of(ledger, "DE"), reason="ask the embassy")
    assert facts(ledger) == ALL
    note = ledger.judgements()[0]
    assert (note.verdict, note.user, note.reason) == (Verdict.NOTE, "ada", "ask the embassy")
    assert note.seen["actor"] == "DE"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("count", [5, 2], "is no count"),
        ("count", "five", "is no count"),
        ("factuality", "sure", "is no factuality"),
        ("when", ["yesterday", "today"], "is no when"),
        ("sentence", "x", "sentence cannot be corrected: choose one of"),
    ],
)
def test_impossible_corrections_are_refused(ledger, field, value, words):
    with pytest.raises(LedgerError, match=words):
        ledger.judge(Verdict.CORRECT, key_of(ledger, "DE"), field=field, value=value, reason="x")
    assert ledger.judgements() == []
    assert facts(ledger) == ALL


def test_unknown_claims_and_judgements(ledger):
    with pytest.raises(LedgerError, match="there is no claim nothing"):
        ledger.judge(Verdict.ACCEPT, "nothing", reason="x")
    with pytest.raises(LedgerError, match="there is no judgement nothing"):
        ledger.take_back("nothing", reason="x")


def test_every_judgement_is_in_the_log(ledger):
    judgement = ledger.judge(Verdict.REJECT, key_of(ledger, "DE"), reason="wrong")
    ledger.take_back(judgement.id, reason="right")
    with ledger.reading() as connection:
        rows = connection.exec_driver_sql("SELECT action, reason, user_name FROM audit ORDER BY pk DESC LIMIT 2").all()
    assert rows == [("judge take_back", "right", "ada"), ("judge reject", "wrong", "ada")]
