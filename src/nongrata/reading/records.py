"""One record of the input contract (``text`` or ``html``, ``title?``, ``published?``, ...) into a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec

from nongrata.model import InputError, Report
from nongrata.model.remarks import UNREADABLE
from nongrata.reading.days import parse_day
from nongrata.reading.plain import Given, text_report


class Record(msgspec.Struct, frozen=True):
    """The fields of the input contract; others are passed over."""

    id: str | int | None = None
    text: str | None = None
    html: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    lang: str | None = None
    sources: list[str] | str | None = None
    topics: list[str] | str | None = None


def report_of(record: Record) -> Report:
    """The report that a record holds. ``html`` counts where ``text`` is absent or blank.

    Raises:
        InputError: it holds neither, no text is found in its page, or it is too long.
    """
    from nongrata.reading.html import html_report

    day, unreadable = _day(record.published)
    given = Given(
        id=_text(record.id),
        title=_text(record.title),
        publisher=_text(record.publisher),
        published=day,
        url=_text(record.url),
        lang=_text(record.lang),
        sources=_names(record.sources),
        topics=_names(record.topics),
    )
    if record.text and record.text.strip():
        report = text_report(record.text, given)
    elif record.html and record.html.strip():
        report = html_report(record.html, given)
    else:
        raise InputError("it has neither text nor html")
    return replace(report, flags=(*report.flags, UNREADABLE)) if unreadable else report


def _day(published: str | None) -> tuple[date | None, bool]:
    """The day, and whether something stood there that is no day."""
    text = _text(published)
    day = parse_day(text) if text else None
    return day, bool(text) and day is None


def _text(value: str | int | None) -> str | None:
    text = str(value).strip() if value is not None else ""
    return text or None


def _names(value: list[str] | str | None) -> tuple[str, ...]:
    names = value.split(";") if isinstance(value, str) else value or []
    return tuple(name.strip() for name in names if name.strip())
