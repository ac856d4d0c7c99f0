"""Intervals of days and their EDTF text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.model import DateInterval, date_hull

days = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@st.composite
def intervals(draw: st.DrawFn) -> DateInterval:
    first = draw(days)
    return DateInterval(first, first + timedelta(draw(st.integers(0, 800))))


@given(intervals())
def test_edtf_and_back(a: DateInterval) -> None:
    assert DateInterval.from_edtf(a.edtf) == a
    assert DateInterval.from_list(a.to_list()) == a


@given(intervals(), intervals())
def test_overlap_intersection_gap_and_hull_agree(a: DateInterval, b: DateInterval) -> None:
    both = a.intersection(b)
    assert a.overlaps(b) == b.overlaps(a) == (both is not None) == (a.gap(b) == 0)
    assert a.gap(b) == b.gap(a)
    hull = a.hull(b)
    assert hull == b.hull(a)
    assert hull.intersection(a) == a
    assert date_hull([a, b]) == hull
    if both is not None:
        assert both.first in a
        assert both.last in b
        assert both.days <= min(a.days, b.days)


@given(intervals(), st.integers(0, 60))
def test_widening_adds_days_on_either_side(a: DateInterval, n: int) -> None:
    assert a.widened(n).days == a.days + 2 * n
    assert a.widened(n).hull(a) == a.widened(n)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-03-05", date(2024, 3, 5), date(2024, 3, 5)),
        ("2023-09/2024-03-05", date(2023, 9, 1), date(2024, 3, 5)),
        ("2024-03?", date(2024, 3, 1), date(2024, 3, 31)),
    ],
)
def test_edtf_text(text: str, first: date, last: date) -> None:
    assert DateInterval.from_edtf(text) == DateInterval(first, last)


@pytest.mark.parametrize("text", ["", "yesterday", "2024-13", "2024/..", "2024/2023", "2023/2024/2025", "2024-02-30"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        DateInterval.from_edtf(text)


def test_the_last_day_is_not_before_the_first() -> None:
    with pytest.raises(ValueError, match="before the first"):
        DateInterval(date(2024, 3, 5), date(2024, 3, 4))
    assert date_hull([]) is None
    assert DateInterval.from_list(None) is None
