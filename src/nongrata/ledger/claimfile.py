"""Claims files: one report a line with its claims, as ``nongrata read`` writes them or a person codes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from nongrata.model import Claim, InputError, Report
from nongrata.reading.jsonl import bounded_lines
from nongrata.reading.stats import Limits, ReadingStats

ClaimsOf = tuple[Report, list[Claim]]


def read_claims(path: Path, stats: ReadingStats, author: str | None = None) -> Iterator[ClaimsOf]:
    """The reports of a claims file with their claims; malformed lines are skipped and counted.

    A line has ``id`` and ``claims``, and may have ``publisher`` (or ``outlet``), ``published``, ``url``, ``title``,
    ``text``, ``lang``. Claims without a ``reader`` are a person's: "hand", with the author's name where given.

    Raises:
        InputError: the file is missing, unreadable or holds no claims line at all.
    """
    if path.is_dir() or not path.exists():
        raise InputError(f"{path} is no claims file: give a file of JSON lines, one report a line")
    hand = f"hand ({author})" if author else "hand"
    before = stats.reports
    try:
        with path.open("rb") as stream:
            for number, line in bounded_lines(stream, Limits().line):
                if line is None:
                    stats.skip(str(path), "the line is too long", line=number, kind="line too long")
                    continue
                if not line.strip():
                    continue
                try:
                    reading = _reading(msgspec.json.decode(line), hand)
                except (ValueError, msgspec.DecodeError) as error:
                    stats.skip(str(path), str(error), line=number, kind="malformed claims line")
                    continue
                stats.reports += 1
                yield reading
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): check its permissions") from error
    if stats.reports == before:
        raise InputError(f"{path} holds no claims: give JSON lines with an id and a list of claims each")


def _reading(row: object, hand: str) -> ClaimsOf:
    if not isinstance(row, dict) or not isinstance(row.get("claims"), list):
        raise ValueError("the line is no object with a list of claims")
    report = _report(row)
    claims = []
    for claim in row["claims"]:
        if not isinstance(claim, dict):
            raise ValueError(f"a claim of report {report.id} is no object")
        named = claim if claim.get("reader") else claim | {"reader": hand}
        claims.append(Claim.from_dict(named, report.id, report.published, report.publisher))
    return report, claims


def _report(row: dict[str, Any]) -> Report:
    publisher, url, text = _text(row, "publisher") or _text(row, "outlet"), _text(row, "url"), _text(row, "text") or ""
    identifier = row.get("id")
    if identifier is None and not (url or text):
        raise ValueError("the line has no id, address or text to know its report by")
    day = _text(row, "published")
    return Report(
        id=str(identifier) if identifier is not None else _made_id(url or "", text),
        text=text,
        title=_text(row, "title"),
        publisher=publisher,
        published=date.fromisoformat(day[:10]) if day else None,
        published_from="given" if day else None,
        url=url,
        lang=_text(row, "lang"),
    )


def _text(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value or None


def _made_id(url: str, text: str) -> str:
    return hashlib.sha256((text or url).encode("utf-8", "surrogatepass")).hexdigest()[:12]
