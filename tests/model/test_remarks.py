"""Odd days of publication are told in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from nongrata.model import Claim, DateInterval, Realis, Report
from nongrata.model.remarks import FUTURE, is_ahead, remarks

DAY = date(2024, 3, 5)
REPORT = Report("r1", "Nine envoys were expelled on 9 March 2024.", published=DAY)
CLAIM = Claim("r1", "expulsion", when=DateInterval.day(date(2024, 3, 9)), published=DAY)


def test_a_happening_after_the_day_of_publication_is_remarked() -> None:
    assert remarks(REPORT, [CLAIM]) == [
        "it was published before the happening that it tells of (2024-03-09): one day is wrong"
    ]


def test_what_is_planned_what_is_near_and_what_may_lie_before_is_not() -> None:
    assert not is_ahead(replace(CLAIM, realis=Realis.PLANNED))
    assert not is_ahead(replace(CLAIM, when=DateInterval.day(date(2024, 3, 6))))
    assert not is_ahead(replace(CLAIM, when=DateInterval.month(2024, 3)))
    assert not is_ahead(replace(CLAIM, when=None))
    assert not is_ahead(replace(CLAIM, published=None))


def test_flags_are_told_in_words() -> None:
    assert remarks(replace(REPORT, flags=(FUTURE, "something-new")), []) == [
        "the day of publication lies after the day on which the page was fetched",
        "something-new",
    ]
