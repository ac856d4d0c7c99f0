"""One answer of a web archive: the bytes as archived, and the report that they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from nongrata.model import InputError, Report
from nongrata.reading.plain import Given
from nongrata.reading.stats import Limits, ReadingStats

DAMAGED = "damaged record"
_PAGES = ("text/html", "application/xhtml+xml")
_PLAIN_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=%s\r\n\r\n"

Gate = Callable[[bytes], bool]
"""Says of the bytes of an HTTP answer, head included, whether it can matter."""


@dataclass(frozen=True, slots=True)
class WarcPage:
    """An archived HTTP answer, not parsed yet; ``offset`` is where its record begins, ``where`` names it in words."""

    data: bytes
    url: str | None
    seen: date | None
    offset: int
    where: str

    def report(self, stats: ReadingStats, limits: Limits | None = None, gate: Gate | None = None) -> Report | None:
        """The report of a page; None for other kinds of answers, and, counted, for pages that cannot be read.

        A page that came packed or in chunks is put to the ``gate`` once more, unpacked.
        """
        from fastwarc.warc import WarcRecord

        from nongrata.reading.html import html_report

        most = min((limits or Limits()).document, (limits or Limits()).page)
        record = WarcRecord()
        record.is_http = True
        record.set_bytes_content(self.data)
        try:
            record.parse_http(auto_decode="all")
            if not record.http_headers or record.http_headers.status_code != 200:
                return None
            if record.http_content_type not in _PAGES:
                return None
            body = record.reader.read(most + 1)
        except (OSError, ValueError) as error:
            stats.skip(self.where, f"{DAMAGED}: {error}", kind=DAMAGED)
            return None
        if len(body) > most:
            stats.skip(self.where, "the page unpacks to more than the limit", kind="over the limit")
            return None
        if (
            gate
            and not self.data.endswith(body)
            and not gate(_PLAIN_HEAD % (record.http_charset or "utf-8").encode() + body)
        ):
            return None
        try:
            report = html_report(body, Given(url=self.url), charset=record.http_charset, seen=self.seen)
        except InputError as error:
            stats.skip(self.where, str(error), kind="unreadable page")
            return None
        stats.reports += 1
        return report
