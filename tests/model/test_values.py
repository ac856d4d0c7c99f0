"""Spans, voices, chains, reports and claims."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.model import Chain, Claim, DateInterval, Factuality, Interval, Report, Scope, Span, Voice


@st.composite
def spans(draw: st.DrawFn) -> Span:
    begin = draw(st.integers(0, 50))
    return Span(begin, draw(st.integers(begin, 80)))


@given(spans(), spans(), st.text(max_size=80))
def test_spans(a: Span, b: Span, text: str) -> None:
    assert a.overlaps(b) == b.overlaps(a)
    assert a.covers(a)
    assert not (a.covers(b) and b.covers(a)) or a == b
    assert len(a.of(text)) <= len(a)
    assert a.shifted(3).shifted(-3) == a


@pytest.mark.parametrize("bounds", [(-1, 2), (3, 2)])
def test_spans_run_forward(bounds: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="runs forward"):
        Span(*bounds)


def test_a_chain_runs_from_origin_to_publisher() -> None:
    chain = Chain.of(["Ada Lind", "", "Radio Norra", "The Gazette"], role="Prime Minister", state="NO")
    assert chain.names == ["Ada Lind", "Radio Norra", "The Gazette"]
    assert chain.origin == Voice("Ada Lind", "Prime Minister", "NO")
    assert chain.publisher == Voice("The Gazette")
    assert str(chain) == "Ada Lind → Radio Norra → The Gazette"
    assert Chain().origin is None
    assert Chain().publisher is None


def test_a_voice_has_a_name() -> None:
    with pytest.raises(ValueError, match="has a name"):
        Voice(" ")


def test_a_report_is_known_by_its_text() -> None:
    assert Report("a", "text").sha256 == Report("b", "text").sha256 != Report("a", "other").sha256


def _claim() -> Claim:
    return Claim(
        report_id="r1",
        type="expulsion",
        subtype="expelled",
        actor="NO",
        actor_state="NO",
        target="CL",
        target_state="CL",
        count=Interval(24, 99),
        when=DateInterval.month(2024, 3),
        factuality=Factuality.PROBABLE,
        scope=Scope.TOTAL,
        chain=Chain.of(["Ada Lind", "The Gazette"], "Prime Minister", "NO"),
        trigger="expelled",
        sentence="Norra expelled dozens.",
        spans={"trigger": Span(6, 14)},
        also=(Span(30, 38),),
        count_text="dozens",
        confidence=0.5,
        reader="test",
        published=date(2024, 3, 5),
        publisher="The Gazette",
    )


def test_a_claim_in_the_claims_format_and_back() -> None:
    claim = _claim()
    assert Claim.from_dict(claim.to_dict(), "r1", date(2024, 3, 5), "The Gazette") == claim


def test_a_claim_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        _claim().actor = "SE"  # type: ignore[misc]


def test_a_claims_key_is_of_its_content() -> None:
    claim = _claim()
    assert claim.key == _claim().key
    other = Claim.from_dict({**claim.to_dict(), "factuality": "CT-"}, "r1")
    assert other.denied
    assert other.key != claim.key


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"type": "expulsion", "factuality": "sure"},
        {"type": "expulsion", "count": [3]},
        {"type": "x", "when": "2024"},
    ],
)
def test_a_malformed_claim_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Claim.from_dict(row, "r1")
