"""Claims files: one report a line with its claims, as ``nongrata read`` writes them or a person codes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from nongrata.model import Block, BlockRole, Chain, Claim, InputError, Report, Span, Voice
from nongrata.reading.jsonl import bounded_lines
from nongrata.reading.stats import Limits, ReadingStats

_VOICE = _BLOCK = 3
ClaimsOf = tuple[Report, list[Claim]]


def read_claims(path: Path, stats: ReadingStats, author: str | None = None) -> Iterator[ClaimsOf]:
    """The reports of a claims file with their claims; malformed lines are skipped and counted.

    A line has ``id`` and ``claims``, and may have ``publisher`` (or ``outlet``), ``published``, ``url``, ``title``,
    ``text``, ``lang`` and what else exports write of a report (``published_from``, ``sources``, ``topics``, ``flags``,
    ``blocks``). Claims without a ``reader`` are a person's: "hand", with the author's name where given.

    Raises:
        InputError: the file is missing, unreadable or holds no claims line at all.
    """
    if path.is_dir() or not path.exists():
        wrong = "is a folder" if path.is_dir() else "does not exist"
        raise InputError(f"{path} {wrong}: give a file of JSON lines, one report a line with its claims")
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
                except (ValueError, msgspec.DecodeError, RecursionError) as error:
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
        made = Claim.from_dict(named, report.id, report.published, report.publisher)
        claims.append(replace(made, chain=_chain(claim["voices"])) if claim.get("voices") else made)
    return report, claims


def _chain(voices: object) -> Chain:
    """A chain whose every voice has its role and state, as exports write it beside the names."""
    if not isinstance(voices, list) or not all(isinstance(one, list) and len(one) == _VOICE for one in voices):
        raise ValueError("voices is no list of [name, role, state]")
    return Chain(tuple(Voice(*one) for one in voices))


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
        published_from=_text({"published_from": "given"} | row, "published_from") if day else None,
        url=url,
        lang=_text(row, "lang"),
        sources=_texts(row, "sources"),
        topics=_texts(row, "topics"),
        flags=_texts(row, "flags"),
        blocks=_blocks(row.get("blocks"), len(text)),
    )


def _texts(row: dict[str, Any], name: str) -> tuple[str, ...]:
    values = row.get(name) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{name} is no list of texts")
    return tuple(values)


def _blocks(rows: object, length: int) -> tuple[Block, ...]:
    if not rows:
        return ()
    if not isinstance(rows, list) or not all(isinstance(one, list) and len(one) == _BLOCK for one in rows):
        raise ValueError("blocks is no list of [role, begin, end]")
    blocks = tuple(Block(BlockRole(role), Span(begin, end)) for role, begin, end in rows)
    if any(block.span.end > length for block in blocks):
        raise ValueError("a block ends after the text")
    return blocks


def _text(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value or None


def _made_id(url: str, text: str) -> str:
    return hashlib.sha256((text or url).encode("utf-8", "surrogatepass")).hexdigest()[:12]
