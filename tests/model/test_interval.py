"""Laws of the interval algebra."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.model import Interval, hull_of, total


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    lo = draw(st.integers(0, 500))
    return Interval(lo, draw(st.none() | st.integers(lo, 1000)))


@st.composite
def members(draw: st.DrawFn) -> tuple[Interval, int]:
    interval = draw(intervals())
    return interval, draw(st.integers(interval.lo, 1200 if interval.hi is None else interval.hi))


@given(intervals(), intervals(), intervals())
def test_sum_is_commutative_and_associative(a: Interval, b: Interval, c: Interval) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)


@given(members(), members())
def test_a_sum_holds_every_sum_of_members(one: tuple[Interval, int], other: tuple[Interval, int]) -> None:
    assert one[1] + other[1] in one[0] + other[0]


@given(intervals(), intervals(), intervals())
def test_hull_is_the_least_upper_bound(a: Interval, b: Interval, c: Interval) -> None:
    hull = a.hull(b)
    assert hull == b.hull(a)
    assert a.hull(a) == a
    assert hull.intersection(a) == a
    assert hull.intersection(b) == b
    assert a.hull(b).hull(c) == a.hull(b.hull(c))


@given(members(), intervals())
def test_intersection_holds_what_both_hold(one: tuple[Interval, int], other: Interval) -> None:
    interval, n = one
    both = interval.intersection(other)
    assert both == other.intersection(interval)
    assert (n in other) == (both is not None and n in both)


@given(intervals(), intervals())
def test_contradiction_is_having_nothing_in_common(a: Interval, b: Interval) -> None:
    assert a.contradicts(b) == b.contradicts(a) == (a.intersection(b) is None)
    assert not a.contradicts(a)


@given(members(), members())
def test_what_is_missing_from_a_total(one: tuple[Interval, int], whole: tuple[Interval, int]) -> None:
    missing = one[0].missing_from(whole[0])
    if one[1] <= whole[1]:
        assert missing is not None
        assert whole[1] - one[1] in missing
    elif missing is None:
        assert whole[0].hi is not None
        assert one[0].lo > whole[0].hi


@given(intervals())
def test_lists_and_back(a: Interval) -> None:
    assert Interval.from_list(a.to_list()) == a


@given(st.lists(intervals(), max_size=6))
def test_totals_and_hulls_of_many(some: list[Interval]) -> None:
    assert total(some).lo == sum(i.lo for i in some)
    hull = hull_of(some)
    assert (hull is None) == (not some)
    assert all(hull is not None and hull.hull(i) == hull for i in some)


@pytest.mark.parametrize("bounds", [(-1, 3), (5, 4)])
def test_it_refuses_what_is_no_interval(bounds: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="interval"):
        Interval(*bounds)


@pytest.mark.parametrize("row", [[1], [1.5, 2], ["1", 2], [True, 2], [1, 2, 3], [1, False]])
def test_it_refuses_what_is_no_count(row: list[object]) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        Interval.from_list(row)  # type: ignore[arg-type]


def test_it_says_what_it_is() -> None:
    assert [str(i) for i in (Interval(21, 21), Interval(17), Interval(24, 99))] == ["21", "≥ 17", "24–99"]
    assert Interval.exact(3).is_exact
    assert not Interval(3).is_exact
    assert Interval.from_list(None) is None
