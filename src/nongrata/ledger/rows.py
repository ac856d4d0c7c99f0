"""Value types to rows of the ledger's tables and back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import RowMapping

from nongrata.ledger.failures import from_rows
from nongrata.model import (
    Block,
    BlockRole,
    Chain,
    Claim,
    DateInterval,
    Factuality,
    Interval,
    Realis,
    Report,
    Scope,
    Span,
    Voice,
)
from nongrata.model.keeping import keepable

Row = dict[str, Any]
Links = tuple[tuple[str, str, str], ...]
"""A chain in plain values: (name, role, state) of each voice, origin first."""

_WORDS = (
    *("type", "subtype", "actor", "actor_state", "target", "target_state", "against"),
    *("trigger", "sentence", "when_text", "count_text", "reader", "publisher"),
)
"""The fields of a claim that are plain text."""
_words_of = attrgetter(*_WORDS)


def digest_of(value: object) -> str:
    """SHA-256 (hex) of a JSON value in its canonical text."""
    return hashlib.sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


def reading_digest(rows: Sequence[Row], links: Sequence[Links]) -> str:
    """What tells one reading of a report from another: every field of its claims (``claim_row``) and their chains."""
    return digest_of([rows, links])


def identity_of(report: Report) -> str:
    """What makes two reports the same one: text, publisher and day; without a text also address and id."""
    parts: list[str | None] = [report.sha256, (report.publisher or "").casefold(), str(report.published)]
    if not report.text:
        parts += [report.url, report.id]
    return digest_of(parts)


def content_hash(report: Report) -> str:
    """The SHA-256 of a report's text; of one kept without text, its identity."""
    return report.sha256 if report.text else identity_of(report)


def headline_of(report: Report) -> str | None:
    """The title given beside the text, else the headline that stands in it."""
    if report.title:
        return report.title
    found = report.blocks_of(BlockRole.TITLE)
    return found[0].span.of(report.text) if found else None


def report_row(report: Report, identity: str) -> Row:
    """A report's own columns; ``pk``, ``source_pk``, ``run_pk`` and ``added_at`` are the writer's."""
    return {
        "id": report.id,
        "identity": identity,
        "sha256": report.sha256 if report.text else identity,
        "text": report.text,
        "title": report.title,
        "headline": headline_of(report),
        "publisher": report.publisher,
        "published": report.published,
        "published_from": report.published_from,
        "url": report.url,
        "lang": report.lang,
        "sources": list(report.sources) or None,
        "topics": list(report.topics) or None,
        "blocks": [[str(block.role), block.span.begin, block.span.end] for block in report.blocks] or None,
        "flags": list(report.flags) or None,
        "archived_sha256": report.archived_sha256,
    }


@from_rows
def report_of(row: RowMapping) -> Report:
    """The report of a row of ``reports``."""
    return Report(
        id=row["id"],
        text=row["text"],
        title=row["title"],
        publisher=row["publisher"],
        published=row["published"],
        published_from=row["published_from"],
        url=row["url"],
        lang=row["lang"],
        sources=tuple(row["sources"] or ()),
        topics=tuple(row["topics"] or ()),
        blocks=tuple(Block(BlockRole(role), Span(begin, end)) for role, begin, end in row["blocks"] or ()),
        flags=tuple(row["flags"] or ()),
        archived_sha256=row["archived_sha256"],
    )


def links_of(chain: Chain) -> Links:
    """A chain as ``((name, role, state), ...)``, empty text for what is not given."""
    return tuple([(voice.name, voice.role or "", voice.state or "") for voice in chain.voices])


def chain_of(links: Sequence[Sequence[str]]) -> Chain:
    """The chain of ``links_of``."""
    return Chain(tuple(Voice(name, role or None, state or None) for name, role, state in links))


def claim_row(claim: Claim, key: str) -> Row:
    """A claim's own columns; keys to other tables, ``position`` and ``live`` are the writer's."""
    place = claim.spans.get("trigger")
    return {
        "key": key,
        "type": claim.type,
        "subtype": claim.subtype,
        "actor": claim.actor,
        "actor_state": claim.actor_state,
        "target": claim.target,
        "target_state": claim.target_state,
        "actors": list(claim.actors) if claim.actors else None,
        "against": claim.against,
        "count_lo": claim.count.lo if claim.count else None,
        "count_hi": claim.count.hi if claim.count else None,
        "share": claim.share,
        "when_first": claim.when.first if claim.when else None,
        "when_last": claim.when.last if claim.when else None,
        "factuality": str(claim.factuality),
        "realis": str(claim.realis),
        "scope": str(claim.scope),
        "background": claim.background,
        "trigger": claim.trigger,
        "trigger_begin": place.begin if place else None,
        "trigger_end": place.end if place else None,
        "sentence": claim.sentence,
        "spans": {name: span.to_list() for name, span in claim.spans.items()} or None,
        "also": [span.to_list() for span in claim.also] or None,
        "when_text": claim.when_text,
        "count_text": claim.count_text,
        "confidence": claim.confidence,
        "reader": claim.reader,
        "published": claim.published,
        "publisher": claim.publisher,
        "shelf": claim.published.toordinal() if claim.published else 0,
    }


def party_rows(claim: Claim, claim_pk: int) -> list[Row]:
    """Whom the claim names on either side: the party, its state, each of several actors; each once."""
    shelf = claim.published.toordinal() if claim.published else 0
    actors = dict.fromkeys((claim.actor, claim.actor_state, *(claim.actors or ())))
    named = [("actor", name) for name in actors if name]
    named += [("target", name) for name in dict.fromkeys((claim.target, claim.target_state)) if name]
    return [{"side": side, "name": name, "shelf": shelf, "claim_pk": claim_pk} for side, name in named]


def kept_form(claim: Claim) -> Claim:
    """The claim as a store can keep it (``model.keeping``): itself but for odd characters in claims made elsewhere."""
    words = [*_words_of(claim), *(claim.actors or ()), *claim.spans]
    for voice in claim.chain.voices:
        words += (voice.name, voice.role, voice.state)
    together = "".join(filter(None, words))
    if keepable(together) is together:
        return claim
    plain: dict[str, Any] = {name: _kept(getattr(claim, name)) for name in _WORDS}
    voices = (Voice(keepable(v.name), _kept(v.role), _kept(v.state)) for v in claim.chain)
    return replace(
        claim,
        **plain,
        actors=tuple(map(keepable, claim.actors)) if claim.actors else None,
        chain=Chain(tuple(voices)),
        spans={keepable(name): span for name, span in claim.spans.items()},
    )


def _kept(word: str | None) -> str | None:
    return keepable(word) if word else word


@from_rows
def claim_of(row: RowMapping) -> Claim:
    """The claim of a row of ``claims`` joined with its report's ``report_id`` and its chain's ``links``."""
    return Claim(
        report_id=row["report_id"],
        type=row["type"],
        subtype=row["subtype"],
        actor=row["actor"],
        actor_state=row["actor_state"],
        target=row["target"],
        target_state=row["target_state"],
        actors=tuple(row["actors"]) if row["actors"] else None,
        against=row["against"],
        count=interval_of(row, "count"),
        share=row["share"],
        when=days_of(row, "when"),
        factuality=Factuality(row["factuality"]),
        realis=Realis(row["realis"]),
        scope=Scope(row["scope"]),
        chain=chain_of(row["links"] or ()),
        background=row["background"],
        trigger=row["trigger"],
        sentence=row["sentence"],
        spans={name: Span(*bounds) for name, bounds in (row["spans"] or {}).items()},
        also=tuple(Span(*bounds) for bounds in row["also"] or ()),
        when_text=row["when_text"],
        count_text=row["count_text"],
        confidence=row["confidence"],
        reader=row["reader"],
        published=row["published"],
        publisher=row["publisher"],
    )


def interval_of(row: RowMapping, name: str) -> Interval | None:
    """The interval in the columns ``NAME_lo`` and ``NAME_hi``."""
    lo = row[f"{name}_lo"]
    return None if lo is None else Interval(lo, row[f"{name}_hi"])


def days_of(row: RowMapping, name: str) -> DateInterval | None:
    """The days in the columns ``NAME_first`` and ``NAME_last``."""
    first = row[f"{name}_first"]
    return None if first is None else DateInterval(first, row[f"{name}_last"])
