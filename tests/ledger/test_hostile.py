"""Text from anywhere: characters that one database or the other refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nongrata.ledger import ClaimFilter, Ledger, LedgerMemory, Verdict, import_readings, ingest
from nongrata.ledger.upkeep import backup, check, merge
from nongrata.model import Chain, Claim, Voice
from tests.ledger.helpers import FakeReader, report
from tests.ledger.test_archive import answer

ODD = [
    "a\x00b",
    "a\ud800b",
    "\udfff",
    "\u202eabc",
    "a\x1fb\x7f",
    "'; DROP TABLE claims; --",
    "%s %(x)s :name ?",
    "\\N\t\n",
]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_odd_characters_are_kept_or_replaced_and_nothing_breaks(place, tmp_path, odd):
    one = replace(
        report(1, text=f"Report {odd}. BE expelled 3 RU envoys."),
        title=odd,
        publisher=f"Gazette {odd}",
        url=f"https://example.org/{odd}",
        sources=(odd,),
    )
    with Ledger.open(place) as ledger:
        run = ledger.start_run("ingest", odd, odd)
        ingest(ledger, [one], FakeReader(), run)
        by_hand = Claim(report_id="h", type="threat", subtype=odd, actor=odd, chain=Chain((Voice(odd, odd, odd),)))
        import_readings(ledger, [(replace(report(2, text=""), id=f"h{odd}"), [replace(by_hand, trigger=odd)])], run)
        again = ingest(ledger, [one], FakeReader(), run)
        assert again.unchanged == 1
        ledger.finish_run(run, {odd: odd})
        ledger.refresh()
        keys = [claim.key for claim in ledger.live_claims()]
        assert len(keys) == 2
        ledger.judge(Verdict.NOTE, keys[0], reason=odd)
        memory = LedgerMemory(ledger)
        memory.mark_seen(f"https://example.org/{odd}")
        assert memory.is_seen(f"https://example.org/{odd}")
        memory.archive(replace(answer(), url=odd, headers={"content-type": odd}))
        assert check(ledger) == []
        ledger.search(ClaimFilter(text=f"x{odd}", publishers=(odd,), actors=(odd,)))
        ledger.ids_like(odd)
        assert len(ledger.search(ClaimFilter(text="envoys")).found) == 1
        backup(ledger, tmp_path / "copy.db")
        with Ledger.open(tmp_path / "other.db") as other:
            assert merge(other, ledger)["claims"] == 2
            assert check(other) == []
            assert merge(ledger, other)["claims"] == 0
