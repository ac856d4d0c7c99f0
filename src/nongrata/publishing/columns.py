"""The columns of the tables of incidents and claims: one definition for CSV, Parquet and the data package.

Each interval is two columns and the phrase it was read from. ``count_lo`` without ``count_hi`` is an open interval; no
``count_lo`` is no count. Days are ISO dates, both ends included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from nongrata.model import Claim, Factuality
from nongrata.publishing.snapshot import Reading, Telling
from nongrata.vocabulary.mappings import event_code, technique

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column: ``kind`` is a Frictionless field type, ``about`` its meaning with units, ``value`` gives a cell.

    A cell is a text, number, truth value or ISO date; a list of texts for the kind "list"; None for nothing. The kind
    "object" is any JSON value, the kind "json" one that the table keeps as its text.
    """

    name: str
    kind: str
    about: str
    value: Callable[[T], Any]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim of a reading."""

    reading: Reading
    at: int

    @property
    def claim(self) -> Claim:
        """The claim."""
        return self.reading.claims[self.at]


def claim_rows(readings: Iterable[Reading]) -> Iterable[ClaimRow]:
    """The claims of readings, in their order."""
    return (ClaimRow(reading, at) for reading in readings for at in range(len(reading.claims)))


def as_json(value: object) -> str | None:
    """A JSON value as its text; None for nothing."""
    return msgspec.json.encode(value).decode() if value else None


def _phrases(telling: Telling, name: str) -> list[str]:
    """The phrases of the asserting claims, each once, in order."""
    found = (getattr(claim, name) for claim in telling.claims if claim.factuality is not Factuality.DENIED)
    return list(dict.fromkeys(phrase for phrase in found if phrase))


_T = TypeVar("_T", Telling, ClaimRow)


def _thing(row: Telling | ClaimRow) -> Any:  # noqa: ANN401  an Incident or a Claim: they share these fields
    return row.incident if isinstance(row, Telling) else row.claim


def _interval(kind: type[_T], name: str, unit: str) -> list[Column[_T]]:
    def lo(row: _T) -> int | None:
        interval = getattr(_thing(row), name)
        return interval.lo if interval else None

    def hi(row: _T) -> int | None:
        interval = getattr(_thing(row), name)
        return interval.hi if interval else None

    return [
        Column(f"{name}_lo", "integer", f"lower bound, {unit}; empty: no number said", lo),
        Column(f"{name}_hi", "integer", f"upper bound, {unit}; empty beside a lower bound: no upper bound", hi),
    ]


def _days(kind: type[_T], name: str, what: str) -> list[Column[_T]]:
    def first(row: _T) -> str | None:
        days = getattr(_thing(row), name)
        return days.first.isoformat() if days else None

    def last(row: _T) -> str | None:
        days = getattr(_thing(row), name)
        return days.last.isoformat() if days else None

    return [
        Column(f"{name}_first", "date", f"first day of {what}; empty: unknown", first),
        Column(f"{name}_last", "date", f"last day of {what}, included; empty: unknown", last),
    ]


def _plain(kind: type[_T], name: str, about: str, type: str = "string") -> Column[_T]:
    return Column(name, type, about, lambda row: getattr(_thing(row), name))


def _parties(kind: type[_T]) -> list[Column[_T]]:
    return [
        _plain(kind, "type", "event type of the codebook"),
        _plain(kind, "subtype", "the type's finer name"),
        _plain(kind, "actor", "who does it: ISO 3166-1 alpha-2 code, body, group or person; empty: unsaid or several"),
        _plain(kind, "actor_state", "the state that the actor belongs to"),
        Column("actors", "list", "several actors that share one figure", lambda row: list(_thing(row).actors or ())),
        _plain(kind, "target", "to whom: as the actor"),
        _plain(kind, "target_state", "the state that the target belongs to"),
    ]


def _codes(kind: type[_T]) -> list[Column[_T]]:
    def code(row: _T, name: str) -> str | None:
        thing = _thing(row)
        return getattr(event_code(thing.type, thing.subtype), name) or None

    def disarm(row: _T, name: str) -> str | None:
        found = technique(_thing(row).type, _thing(row).subtype)
        return getattr(found, name) if found else None

    return [
        Column("plover_event", "string", "PLOVER event", lambda row: code(row, "event")),
        Column("plover_mode", "string", "PLOVER mode", lambda row: code(row, "mode")),
        Column("plover_context", "string", "PLOVER context", lambda row: code(row, "context")),
        Column("cameo_code", "string", "CAMEO event code", lambda row: code(row, "cameo")),
        Column("cameo_name", "string", "name of the CAMEO code", lambda row: code(row, "cameo_name")),
        Column("disarm_id", "string", "DISARM technique, for disinformation", lambda row: disarm(row, "id")),
        Column("disarm_name", "string", "name of the DISARM technique", lambda row: disarm(row, "name")),
    ]


def _published(row: ClaimRow) -> str | None:
    return row.claim.published.isoformat() if row.claim.published else None


INCIDENT_COLUMNS: Sequence[Column[Telling]] = (
    Column("id", "string", "the incident's stable id", lambda row: row.incident.id),
    *_parties(Telling),
    *_interval(Telling, "count", "in what the type counts: the hull of what its claims say"),
    Column("count_phrase", "list", "the phrases behind the count", lambda row: _phrases(row, "count_text")),
    *_interval(Telling, "best_count", "with most independent origins behind it"),
    *_days(Telling, "when", "the days in which it happened: the hull of what its claims say"),
    Column("when_phrase", "list", "the phrases behind the time", lambda row: _phrases(row, "when_text")),
    *_days(Telling, "best_when", "the days with most independent origins behind them"),
    Column("factuality", "string", "CT+ PR+ PS+ CT- Uu: the strongest of its claims", lambda r: r.incident.factuality),
    Column("realis", "string", "actual, planned, habitual, hypothetical", lambda row: row.incident.realis),
    Column("independent_origins", "integer", "origins that assert it", lambda row: row.incident.independent_origins),
    Column("denials", "integer", "origins that deny it", lambda row: sum(o.denies for o in row.incident.origins)),
    Column("origins", "list", "labels of the asserting origins", lambda row: _labels(row, denies=False)),
    Column("denied_by", "list", "labels of the denying origins", lambda row: _labels(row, denies=True)),
    Column("credibility", "integer", "Admiralty scale: 1 confirmed, 6 unjudged", lambda r: r.incident.credibility),
    Column("credibility_reason", "string", "why that credibility", lambda row: row.incident.credibility_reason),
    Column("disputed", "list", "fields on which its claims contradict one another", lambda row: _disputed(row)),
    Column("in_response_to", "list", "ids of incidents it answers", lambda row: list(row.incident.in_response_to)),
    Column("possibly_same", "list", "ids of incidents to compare by hand", lambda r: list(r.incident.possibly_same)),
    Column("reports", "list", "ids of the reports that tell it", lambda row: list(row.incident.reports)),
    Column("claims", "list", "keys of its claims", lambda row: list(row.keys)),
    *_codes(Telling),
)  # fmt: skip

CLAIM_COLUMNS: Sequence[Column[ClaimRow]] = (
    Column("key", "string", "the claim's key, by content", lambda row: row.reading.keys[row.at]),
    Column("incident", "string", "id of the incident it stands in; empty: none", lambda r: r.reading.incidents[r.at]),
    Column("report", "string", "id of the report", lambda row: row.claim.report_id),
    Column("position", "integer", "place among the report's claims, from 0", lambda row: row.at),
    *_parties(ClaimRow),
    _plain(ClaimRow, "against", "for a stand: whom it is against"),
    *_interval(ClaimRow, "count", "in what the type counts"),
    Column("count_phrase", "string", "the phrase behind the count", lambda row: row.claim.count_text),
    _plain(ClaimRow, "share", "a part of a whole, 0 to 1", "number"),
    *_days(ClaimRow, "when", "the days in which it happened"),
    Column("when_phrase", "string", "the phrase behind the time", lambda row: row.claim.when_text),
    _plain(ClaimRow, "factuality", "CT+ certain, PR+ probable, PS+ possible, CT- denied, Uu unknown"),
    _plain(ClaimRow, "realis", "actual, planned, habitual, hypothetical"),
    _plain(ClaimRow, "scope", "event, or total: a figure over several happenings"),
    Column("source_chain", "list", "the voices, origin first, publisher last", lambda row: row.claim.chain.names),
    Column("origin_role", "string", "office of the origin", lambda row: _origin(row, "role")),
    Column("origin_state", "string", "state the origin speaks for", lambda row: _origin(row, "state")),
    Column("chain_voices", "json", "the chain as [[name, role, state], ...]",
           lambda row: as_json([[v.name, v.role, v.state] for v in row.claim.chain])),
    _plain(ClaimRow, "background", "true: recalled from earlier", "boolean"),
    _plain(ClaimRow, "trigger", "the words that say it"),
    _plain(ClaimRow, "sentence", "the sentence it was read from"),
    Column("spans", "json", "by field, [begin, end) in characters of the report's text",
           lambda row: as_json({name: span.to_list() for name, span in row.claim.spans.items()})),
    Column("also", "json", "further places of the trigger", lambda row: as_json([s.to_list() for s in row.claim.also])),
    _plain(ClaimRow, "confidence", "the reader's own, 0 to 1", "number"),
    _plain(ClaimRow, "reader", "name and version of what read it"),
    Column("published", "date", "day of publication", _published),
    _plain(ClaimRow, "publisher", "the outlet"),
    Column("url", "string", "address of the report", lambda row: row.reading.report.url),
    Column("report_title", "string", "title given beside the text", lambda row: row.reading.report.title),
    Column("report_sha256", "string", "SHA-256 of the report's text; empty: kept without text",
           lambda row: row.reading.report.sha256 if row.reading.report.text else None),
    *_codes(ClaimRow),
)  # fmt: skip


def _labels(row: Telling, *, denies: bool) -> list[str]:
    return [origin.label for origin in row.incident.origins if origin.denies is denies]


def _disputed(row: Telling) -> list[str]:
    return sorted({one.field for one in row.incident.contradictions})


def _origin(row: ClaimRow, name: str) -> str | None:
    origin = row.claim.chain.origin
    return getattr(origin, name) if origin else None
