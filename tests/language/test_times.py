from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.language.times import TimeKind, find_times

TUESDAY = date(2024, 3, 5)
"""The day of publication in all tests that name none."""


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("on Tuesday", "2024-03-05"),
        ("on Wednesday", "2024-02-28"),
        ("on Monday night", "2024-03-04"),
        ("last Tuesday", "2024-02-27"),
        ("on Monday 4 March", "2024-03-04"),
        ("5 March 2024", "2024-03-05"),
        ("the 5th of March 2024", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("Tue, 5 Mar 2024", "2024-03-05"),
        ("05.03.2024", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("03/25/2024", "2024-03-25"),
        ("25/03/2024", "2024-03-25"),
        ("on 24 February", "2024-02-24"),
        ("on 24 November", "2023-11-24"),
        ("Jan. 5", "2024-01-05"),
        ("in April 2023", "2023-04"),
        ("in April", "2023-04"),
        ("in March", "2024-03-01/2024-03-05"),
        ("last April", "2023-04"),
        ("in 2021", "2021"),
        ("in 2024", "2024-01-01/2024-03-05"),
        ("the 2016 election", "2016"),
        ("early 2020", "2020-01-01/2020-03-31"),
        ("mid-2019", "2019-05-01/2019-08-31"),
        ("late 2019", "2019-10-01/2019-12-31"),
        ("late February", "2024-02-21/2024-02-29"),
        ("late March", "2023-03-21/2023-03-31"),
        ("at the end of January", "2024-01-21/2024-01-31"),
        ("the early 1990s", "1990-01-01/1993-12-31"),
        ("in the 1980s", "1980-01-01/1989-12-31"),
        ("in the ’90s", "1990-01-01/1999-12-31"),
        ("in the 19th century", "1801-01-01/1900-12-31"),
        ("summer of 2015", "2015-06-01/2015-08-31"),
        ("in spring 2021", "2021-03-01/2021-05-31"),
        ("last summer", "2023-06-01/2023-08-31"),
        ("the third quarter of 2020", "2020-07-01/2020-09-30"),
        ("Q3 2020", "2020-07-01/2020-09-30"),
        ("the first half of 2020", "2020-01-01/2020-06-30"),
        ("in recent days", "2024-02-27/2024-03-05"),
        ("in recent weeks", "2024-01-23/2024-03-05"),
        ("in recent months", "2023-09-05/2024-03-05"),
        ("in recent years", "2019-03-05/2024-03-05"),
        ("over the past three months", "2023-12-05/2024-03-05"),
        ("the past two years", "2022-03-05/2024-03-05"),
        ("in the last year", "2023-03-05/2024-03-05"),
        ("for the past decade", "2014-03-05/2024-03-05"),
        ("last week", "2024-02-26/2024-03-03"),
        ("last month", "2024-02"),
        ("last year", "2023"),
        ("late last year", "2023-10-01/2023-12-31"),
        ("this week", "2024-03-04/2024-03-05"),
        ("this month", "2024-03-01/2024-03-05"),
        ("this year", "2024-01-01/2024-03-05"),
        ("earlier this month", "2024-03-01/2024-03-05"),
        ("earlier this year", "2024-01-01/2024-03-05"),
        ("three days ago", "2024-03-02"),
        ("a few days ago", "2024-02-29/2024-03-02"),
        ("two weeks ago", "2024-02-19/2024-02-25"),
        ("a month ago", "2024-02"),
        ("two years ago", "2022"),
        ("five hours ago", "2024-03-04"),
        ("today", "2024-03-05"),
        ("tonight", "2024-03-05"),
        ("yesterday", "2024-03-04"),
        ("the day before yesterday", "2024-03-03"),
        ("overnight", "2024-03-04/2024-03-05"),
        ("over the weekend", "2024-03-02/2024-03-03"),
        ("last weekend", "2024-03-02/2024-03-03"),
        ("between 2014 and 2018", "2014-01-01/2018-12-31"),
        ("from 2014 to 2018", "2014-01-01/2018-12-31"),
        ("2014-2018", "2014-01-01/2018-12-31"),
        ("2014–18", "2014-01-01/2018-12-31"),
        ("in 2015-03", "2015-03"),
        ("from March to May 2022", "2022-03-01/2022-05-31"),
        ("from December 2021 to May 2022", "2021-12-01/2022-05-31"),
        ("from Friday to Monday", "2024-03-01/2024-03-04"),
        ("between 3 and 5 March", "2024-03-03/2024-03-05"),
        ("March 3-5", "2024-03-03/2024-03-05"),
        ("from 28 February to 3 March 2024", "2024-02-28/2024-03-03"),
        ("December 30 to January 2", "2023-12-30/2024-01-02"),
        ("in the week of 12 February", "2024-02-12/2024-02-18"),
        ("on Christmas Eve", "2023-12-24"),
    ],
)
def test_the_codebooks_times(text: str, when: str) -> None:
    (expression,) = find_times(text, TUESDAY)
    assert expression.when is not None
    assert expression.when.edtf == when
    assert expression.kind in (TimeKind.DAY, TimeKind.PERIOD)


@pytest.mark.parametrize(
    ("text", "kind", "when"),
    [
        ("since February 2022", "since", "2022-02-01/2024-03-05"),
        ("since Monday", "since", "2024-03-04/2024-03-05"),
        ("since at least 2014", "since", "2014-01-01/2024-03-05"),
        ("since 2014", "since", "2014-01-01/2024-03-05"),
        ("by the end of the year", "deadline", "2024-03-05/2024-12-31"),
        ("within two weeks", "deadline", "2024-03-05/2024-03-19"),
        ("two weeks to leave", "deadline", "2024-03-05/2024-03-19"),
        ("72 hours to leave", "deadline", "2024-03-05/2024-03-08"),
        ("by Friday", "deadline", "2024-03-05/2024-03-08"),
        ("until 20 March", "deadline", "2024-03-05/2024-03-20"),
        ("by June", "deadline", "2024-03-05/2024-06-30"),
        ("by 2018", "until", "2018"),
        ("next week", "future", "2024-03-11/2024-03-17"),
        ("tomorrow", "future", "2024-03-06"),
        ("next Friday", "future", "2024-03-08"),
        ("later this month", "future", "2024-03-05/2024-03-31"),
        ("in the coming weeks", "future", "2024-03-05/2024-04-16"),
        ("the next three days", "future", "2024-03-05/2024-03-08"),
        ("on 30 March", "future", "2024-03-30"),
    ],
)
def test_bounds_and_what_lies_ahead(text: str, kind: str, when: str) -> None:
    (expression,) = find_times(text, TUESDAY)
    assert expression.when is not None
    assert (expression.kind, expression.when.edtf) == (kind, when)


@pytest.mark.parametrize(
    "text",
    [
        "at the time",
        "in the following hours",
        "on the same day",
        "a year earlier",
        "three days later",
        "the day before",
        "since then",
    ],
)
def test_times_told_elsewhere_have_no_days(text: str) -> None:
    (expression,) = find_times(text, TUESDAY)
    assert (expression.kind, expression.when) == (TimeKind.RELATIVE, None)


@pytest.mark.parametrize(
    "text",
    [
        "they may leave",
        "they march on",
        "May said so",
        "up to 25",
        "the second envoy",
        "the sun set",
        "2,016 envoys",
        "2000 envoys",
        "$2016",
        "flight 9/11",
        "example.org/2024-03-05",
        "14 days in prison",
        "the last of them",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert find_times(text, TUESDAY) == []


def test_without_a_day_of_publication_only_full_dates_have_days() -> None:
    text = "On 5 March 2024 and in 2021, but not last week, on Tuesday, in May or two years ago"
    found = {e.text: e.when.edtf if e.when else None for e in find_times(text, None)}
    assert found == {
        "5 March 2024": "2024-03-05",
        "2021": "2021",
        "last week": None,
        "Tuesday": None,
        "May": None,
        "two years ago": None,
    }


def test_the_weekend_told_on_a_weekend() -> None:
    assert [str(e.when) for e in find_times("over the weekend", date(2024, 3, 2))] == ["2024-03-02"]
    assert [str(e.when) for e in find_times("over the weekend", date(2024, 3, 3))] == ["2024-03-02 – 2024-03-03"]


def test_a_leap_day_resolves_to_the_last_one() -> None:
    (expression,) = find_times("on 29 February", date(2023, 5, 1))
    assert str(expression.when) == "2020-02-29"


@given(
    st.text(alphabet="0123456789-./ agodysinceMarch20st,", max_size=60) | st.text(max_size=60),
    st.none() | st.dates(date(1600, 1, 1), date(2400, 1, 1)),
)
def test_times_are_ordered_apart_and_true_to_the_text(text: str, published: date | None) -> None:
    found = find_times(text, published)
    for expression in found:
        assert expression.span.of(text) == expression.text
    for left, right in pairwise(found):
        assert left.span.end <= right.span.begin


@pytest.mark.parametrize(
    "token",
    [
        "1",
        "5 March ",
        "March ",
        "2014-",
        "from March to ",
        "since ",
        "Monday ",
        "the ",
        "a ",
        "early ",
        "last ",
        "two weeks ",
        "\n",
        "in ",
    ],
)
def test_hostile_repetition_takes_linear_time(token: str) -> None:
    text = (token * 100_000)[:100_000]
    start = time.perf_counter()
    find_times(text, TUESDAY)
    assert time.perf_counter() - start < 5
