"""The parts: parties, tellings, judgements."""

from __future__ import annotations

from datetime import date

import pytest

from nongrata.model import DateInterval
from nongrata.resolution import Judgement, Telling
from nongrata.resolution.judgements import Bench
from nongrata.resolution.parties import Agreement, agree, party
from nongrata.resolution.telling import overlap, shingles


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("RU", "RU", Agreement.SAME),
        ("RU", "GRU", Agreement.KIN),
        ("GRU", "Unit 29155", Agreement.SAME),
        ("EU", "DE", Agreement.MEMBER),
        ("EU", "NO", Agreement.CLASH),
        ("RU", "UA", Agreement.CLASH),
        ("RU", None, Agreement.OPEN),
        ("pro-Russian hackers", "RU", Agreement.KIN),
        ("NoName", "NoName057(16)", Agreement.SAME),
        ("Mirzo Okeke", "Okeke", Agreement.SAME),
        ("GRU", "FSB", Agreement.RIVAL),
        ("former agent", "Mirzo Okeke", Agreement.OPEN),
    ],
)
def test_parties_agree(a, b, expected):
    assert agree(party(a), party(b)) is expected
    assert agree(party(b), party(a)) is expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/2022/03/29/envoys-leave", DateInterval(date(2022, 3, 28), date(2022, 3, 30))),
        ("https://example.org/2024/03/envoys", DateInterval.month(2024, 3)),
        ("https://example.org/2024/13/envoys", None),
        ("https://example.org/article-951093/", None),
    ],
)
def test_an_address_may_tell_the_day(url, expected):
    assert Telling.of("a", url=url).told == expected


def test_overlap_is_the_share_of_the_shorter_text():
    text = " ".join(f"word{n}" for n in range(60))
    assert overlap(shingles(text), shingles("before " + text + " after it all")) == 1.0
    assert overlap(shingles(text), shingles(" ".join(f"other{n}" for n in range(60)))) == 0.0
    assert overlap(shingles("too short"), shingles("too short")) == 0.0


def test_a_telling_reads_quotations_wires_and_own_findings():
    telling = Telling.of(
        "a", 'RABAT (Kestrel) - "We have nothing to hide from anyone," he said. By our own tests it was down.'
    )
    assert telling.quotations == ("we have nothing to hide from anyone",)
    assert telling.wire == ("kestrel",)
    assert telling.own_finding
    assert not Telling.of("b", 'He said: "We tested all of the sites ourselves."').own_finding


def test_not_same_is_stronger_than_a_chain_of_same():
    bench = Bench([Judgement("a", "b", True), Judgement("b", "c", True), Judgement("c", "a", False)])
    assert bench.bound["a"] == {"a", "b"}
    assert "c" not in bench.bound
