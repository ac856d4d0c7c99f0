"""Arithmetic on days: weeks, months and years back, and the early, middle and late parts of a period."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from nongrata.model import DateInterval

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""Years that a report can mean; others are refused as ValueError."""


def shift_days(day: date, days: int) -> date:
    """The day so many days later (earlier when negative).

    Raises:
        ValueError: the day is outside the calendar.
    """
    try:
        return day + timedelta(days)
    except OverflowError as error:
        raise ValueError(f"no day lies {days} days from {day}") from error


def shift_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day.

    Raises:
        ValueError: the year is outside the calendar.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} is out of range")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def week_of(day: date) -> DateInterval:
    """The calendar week, Monday to Sunday, that holds the day."""
    monday = shift_days(day, -day.weekday())
    return DateInterval(monday, shift_days(monday, 6))


def month_of(day: date) -> DateInterval:
    """The calendar month that holds the day."""
    return DateInterval.month(day.year, day.month)


def years(first: int, last: int) -> DateInterval:
    """The calendar years ``first`` to ``last``, both included.

    Raises:
        ValueError: a year is out of range or the last lies before the first.
    """
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise ValueError(f"not a run of years: {first} to {last}")
    return DateInterval(date(first, 1, 1), date(last, 12, 31))


def unit_of(day: date, unit: str) -> DateInterval:
    """The calendar day, week, month, quarter, year or decade that holds the day."""
    if unit == "week":
        return week_of(day)
    if unit == "month":
        return month_of(day)
    if unit == "quarter":
        start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return DateInterval(start, shift_days(shift_months(start, 3), -1))
    if unit == "year":
        return DateInterval.year(day.year)
    if unit == "decade":
        return years(day.year // 10 * 10, day.year // 10 * 10 + 9)
    return DateInterval.day(day)


def shift_unit(day: date, unit: str, amount: int) -> date:
    """The day moved by so many hours, days, weeks, months, years or decades; hours count as whole days, rounded up."""
    if unit in ("minute", "hour"):
        hours = abs(amount) if unit == "hour" else 1
        return shift_days(day, (-1 if amount < 0 else 1) * -(-hours // 24))
    if unit in ("day", "night"):
        return shift_days(day, amount)
    if unit in ("week", "fortnight"):
        return shift_days(day, amount * (7 if unit == "week" else 14))
    return shift_months(day, amount * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit])


def part_of_period(period: DateInterval, part: str | None) -> DateInterval:
    """The early, middle or late part of a period; the whole for None.

    Of a year January to March, May to August, October to December; of a month the days to the 10th, to the 20th and the
    rest; of other periods a third of the days.
    """
    if part is None:
        return period
    index = ("early", "middle", "late").index(part)
    first = period.first
    if period == DateInterval.year(first.year):
        month, length = ((1, 3), (5, 4), (10, 3))[index]
        start = date(first.year, month, 1)
        return DateInterval(start, shift_days(shift_months(start, length), -1))
    if period == month_of(first):
        last = period.last if index == 2 else first.replace(day=10 * (index + 1))
        return DateInterval(first.replace(day=10 * index + 1), last)
    begin = shift_days(first, period.days * index // 3)
    return DateInterval(begin, max(begin, shift_days(first, period.days * (index + 1) // 3 - 1)))


def latest(month: int, day: int | None, published: date, ahead: int = 0) -> DateInterval:
    """The latest such month or day of the month that begins at most ``ahead`` days after publication.

    Raises:
        ValueError: the month has no such day.
    """
    for year in range(published.year + 1, published.year - 9, -1):
        try:
            found = DateInterval.day(date(year, month, day)) if day else DateInterval.month(year, month)
        except ValueError:
            continue
        if found.first <= shift_days(published, ahead):
            return found
    raise ValueError(f"no day {day} in month {month}")
