"""The one-call Python interface: text or a file in, claims out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nongrata.model import Claim, Report

if TYPE_CHECKING:
    from nongrata.extraction.interface import Reader


def read(
    text_or_path: str | Path,
    *,
    publisher: str | None = None,
    published: date | None = None,
    reader: Reader | None = None,
) -> list[Claim]:
    """Read the claims of a text, a file or a folder.

    Args:
        text_or_path: a ``Path`` to a file or folder of reports; or a text. A one-line text that names an existing file
            or folder is taken for its path.
        publisher: who published it, where it does not say.
        published: the day of publication, where it does not say; without one, "on Tuesday" has no date.
        reader: another reader than the shipped one.

    Returns:
        The claims, report by report, in the order of the text.

    Raises:
        InputError: the path cannot be read.
    """
    reports = (_completed(report, publisher, published) for report in _reports(text_or_path))
    chosen = reader if reader is not None else _shipped_reader()
    return [claim for _, claims in chosen.read_many(reports) for claim in claims]


def _shipped_reader() -> Reader:
    from nongrata.extraction.reader import default_reader

    return default_reader()


def _reports(text_or_path: str | Path) -> Iterator[Report]:
    from nongrata.reading.plain import parse_text
    from nongrata.reading.sources import open_reports

    if isinstance(text_or_path, Path) or _names_a_file(text_or_path):
        yield from open_reports(text_or_path)
    else:
        yield parse_text(text_or_path)


def _names_a_file(text: str) -> bool:
    try:
        return "\n" not in text and bool(text.strip()) and Path(text).exists()
    except (OSError, ValueError):
        return False


def _completed(report: Report, publisher: str | None, published: date | None) -> Report:
    if publisher and not report.publisher:
        report = replace(report, publisher=publisher)
    if published and not report.published:
        report = replace(report, published=published, published_from="given")
    return report
