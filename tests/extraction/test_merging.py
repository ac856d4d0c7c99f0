"""The same claim told twice in one report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nongrata.extraction.merging import merge
from nongrata.model import Block, BlockRole, Chain, Claim, DateInterval, Factuality, Interval, Report, Span


def _claim(begin: int, **fields: object) -> Claim:
    spans = {"trigger": Span(begin, begin + 7)}
    base: dict[str, object] = {"type": "expulsion", "actor": "BE", "target": "RU", "spans": spans}
    return Claim(report_id="r", **{**base, **fields})  # type: ignore[arg-type]


def test_a_headline_and_its_lede_are_one_claim_with_both_places() -> None:
    headline = _claim(8, count=Interval(24, 99))
    lede = _claim(90, count=Interval(24, 99), chain=Chain.of(["Ada Lind", "Radio Norra", "The Gazette"]))
    (claim,) = merge([headline, lede])
    assert claim.chain.names == ["Ada Lind", "Radio Norra", "The Gazette"]
    assert {claim.spans["trigger"], *claim.also} == {Span(8, 15), Span(90, 97)}


def test_what_the_outlet_says_itself_and_what_somebody_tells_it_are_two_claims() -> None:
    own = _claim(8, chain=Chain.of(["The Gazette"]))
    told = _claim(90, chain=Chain.of(["Ada Lind", "The Gazette"]))
    text = " " * 150
    apart = Report("r", text, blocks=(Block(BlockRole.LEDE, Span(0, 150)),))
    assert [c.chain.names for c in merge([own, told], apart)] == [["The Gazette"], ["Ada Lind", "The Gazette"]]
    headed = replace(apart, blocks=(Block(BlockRole.TITLE, Span(0, 24)), Block(BlockRole.LEDE, Span(25, 150))))
    sourced = replace(apart, blocks=(*apart.blocks, Block(BlockRole.SOURCE_LINE, Span(140, 150))))
    for report in (headed, sourced):
        (claim,) = merge([own, told], report)
        assert claim.chain.names == ["Ada Lind", "The Gazette"]


def test_the_more_specific_values_stay() -> None:
    vague = _claim(0, count=Interval(2), when=DateInterval.year(2024))
    exact = _claim(50, count=Interval(21, 21), when=DateInterval.day(date(2024, 3, 5)))
    (claim,) = merge([vague, exact])
    assert claim.count == Interval(21, 21)
    assert claim.when == DateInterval.day(date(2024, 3, 5))


def test_contradicting_numbers_stay_two_claims() -> None:
    assert len(merge([_claim(0, count=Interval.exact(35)), _claim(50, count=Interval.exact(30))])) == 2


def test_a_denial_is_a_claim_of_its_own() -> None:
    assert len(merge([_claim(0), _claim(50, factuality=Factuality.DENIED)])) == 2


def test_other_parties_are_other_claims() -> None:
    assert len(merge([_claim(0), _claim(50, target="BY")])) == 2


def test_an_unsaid_party_is_filled_by_a_said_one() -> None:
    (claim,) = merge([_claim(0, actor=None), _claim(50)])
    assert claim.actor == "BE"


def test_background_is_kept_apart() -> None:
    assert len(merge([_claim(0), _claim(50, background=True)])) == 2


def test_a_measure_named_again_is_no_second_one_with_its_parties_turned_round() -> None:
    text = "Belgium expelled an envoy. Moscow calls the expulsion unprovoked and speaks of the expulsion of a friend."
    told = _claim(8)
    again, another = (
        _claim(at, actor="RU", target="BE") for at in (text.index("expulsion un"), text.index("expulsion of"))
    )
    assert merge([told, again, another], Report("r", text)) == [told, another]
    assert merge([again], Report("r", text)) == [again]
