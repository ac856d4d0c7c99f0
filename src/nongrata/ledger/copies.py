"""Who copied whom among the reports: traced as they come in, each against an index of those before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.keys import chunks
from nongrata.ledger.rows import report_of
from nongrata.ledger.state import counters, keep_counter
from nongrata.reading.duplicates import Copy, CopyKind, Text, copies_among, sketch_of, text_of

BATCH = 500
"""Reports that are traced in one transaction."""
CANDIDATES = 16
"""With so many earlier reports, those that share the most bands with it, a report is compared word by word."""
NEARLY_THE_SAME = 0.9
"""A copy this near is found by its original: it is not put into the index, which a story copied a thousand times would
fill."""
BACKLOG = 5000
"""So many reports are traced on the way, when incidents are computed; more, some seconds' work, when asked for."""
SHOWN = 50
"""Copies of one report that are listed."""
_MARK = "copies"


@dataclass(frozen=True, slots=True)
class CopyLink:
    """A report that copies or is copied, seen from the other one."""

    report_id: str
    publisher: str | None
    published: date | None
    title: str | None
    kind: CopyKind
    similarity: float

    @property
    def likeness(self) -> str:
        """How alike the two are, in words."""
        return "the same words" if self.kind is CopyKind.EXACT else f"{self.similarity:.0%} alike"

    def to_dict(self) -> dict[str, object]:
        """As an object of JSON."""
        day = self.published.isoformat() if self.published else None
        where = {"id": self.report_id, "publisher": self.publisher, "published": day}
        return where | {"kind": str(self.kind), "similarity": round(self.similarity, 3)}


@dataclass(frozen=True, slots=True)
class CopyLineage:
    """The copies around a report.

    ``originals`` are whom it copies, then whom that one copies, up to the first. ``copies`` are those that copy it,
    over all steps, earliest first: the first ``SHOWN`` of ``copied`` in all.
    """

    originals: tuple[CopyLink, ...] = ()
    copies: tuple[CopyLink, ...] = ()
    copied: int = 0

    def to_dict(self) -> dict[str, object]:
        """As fields of a report's object of JSON."""
        return {
            "copies": [link.to_dict() for link in self.originals],
            "copied_by": [link.to_dict() for link in self.copies],
            "copied": self.copied,
        }


@dataclass(frozen=True, slots=True)
class Copying:
    """Between a source and others: how many of its reports copy whose, and whose copy its own, most first.

    A source may copy itself: it published a text again.
    """

    copies: tuple[tuple[str, int], ...] = ()
    copied_by: tuple[tuple[str, int], ...] = ()


def untraced(connection: sa.Connection) -> int:
    """How many reports have come in that were not traced."""
    newest = connection.scalar(sa.select(sa.func.max(schema.reports.c.pk))) or 0
    return int(newest) - _mark(connection)


def trace_copies(connection: sa.Connection) -> int:
    """Trace the next reports, inside a write transaction; how many."""
    r = schema.reports
    query = sa.select(r).where(r.c.pk > _mark(connection)).order_by(r.c.pk).limit(BATCH)
    rows = connection.execute(query).mappings().all()
    texts: dict[int, Text] = {}
    for row in rows:
        if row["text"]:
            _trace(connection, text_of(report_of(row), row["pk"]), texts)
    if rows:
        keep_counter(connection, _MARK, rows[-1]["pk"])
    return len(rows)


def _trace(connection: sa.Connection, new: Text, known: dict[int, Text]) -> None:
    """Find and keep whom a report copies and who copies it, then make it known."""
    k, b = schema.sketches, schema.copy_bands
    known[new.number] = new
    sketch = sketch_of(new)
    twin = _twin(connection, sketch.words)
    wanted = [twin] if twin is not None else []
    if twin is None or new.order < _text(connection, twin, known).order:
        wanted += [pk for pk in _alike(connection, sketch.bands) if pk != twin]
    found = copies_among(new, [_text(connection, pk, known) for pk in wanted])
    for copy in found:
        _keep(connection, copy)
    day = (new.published or date.max).toordinal()
    connection.execute(k.insert(), {"report_pk": new.number, "words": sketch.words, "day": day})
    if sketch.bands and not any(copy.similarity >= NEARLY_THE_SAME for copy in found):
        connection.execute(b.insert(), [{"band": band, "report_pk": new.number} for band in set(sketch.bands)])


def _twin(connection: sa.Connection, words: str | None) -> int | None:
    """The first of the reports with these very words."""
    k = schema.sketches
    if words is None:
        return None
    query = sa.select(k.c.report_pk).where(k.c.words == words).order_by(k.c.day, k.c.report_pk).limit(1)
    return connection.scalar(query)


def _alike(connection: sa.Connection, bands: tuple[int, ...]) -> list[int]:
    """The reports that share the most bands."""
    b = schema.copy_bands
    if not bands:
        return []
    query = sa.select(b.c.report_pk).where(b.c.band.in_(bands)).group_by(b.c.report_pk)
    return list(connection.scalars(query.order_by(sa.func.count().desc(), b.c.report_pk).limit(CANDIDATES)))


def _text(connection: sa.Connection, pk: int, known: dict[int, Text]) -> Text:
    if pk not in known:
        row = connection.execute(sa.select(schema.reports).where(schema.reports.c.pk == pk)).mappings().one()
        known[pk] = text_of(report_of(row), pk)
    return known[pk]


def _keep(connection: sa.Connection, copy: Copy) -> None:
    """Keep a copy, in place of one less alike."""
    c = schema.copies
    row = {"original_pk": copy.original, "kind": str(copy.kind), "similarity": copy.similarity}
    before = connection.scalar(sa.select(c.c.similarity).where(c.c.report_pk == copy.copy))
    if before is None:
        connection.execute(c.insert(), row | {"report_pk": copy.copy})
    elif before < copy.similarity:
        connection.execute(c.update().where(c.c.report_pk == copy.copy).values(row))


def _mark(connection: sa.Connection) -> int:
    return counters(connection).get(_MARK, 0)


def lineage_of(connection: sa.Connection, report_id: str) -> CopyLineage:
    """Whom a report copies and who copies it, over all steps."""
    pk = connection.scalar(sa.select(schema.reports.c.pk).where(schema.reports.c.id == report_id))
    if pk is None:
        return CopyLineage()
    below = _descendants(connection, pk)
    links = sorted(
        _links(connection, below, of_copies=True), key=lambda one: (one.published or date.max, one.report_id)
    )
    return CopyLineage(tuple(_ancestors(connection, pk)), tuple(links[:SHOWN]), len(below))


def _ancestors(connection: sa.Connection, pk: int) -> Iterator[CopyLink]:
    c = schema.copies
    while (above := connection.scalar(sa.select(c.c.original_pk).where(c.c.report_pk == pk))) is not None:
        yield from _links(connection, [pk], of_copies=False)
        pk = above


def _descendants(connection: sa.Connection, pk: int) -> list[int]:
    c = schema.copies
    found: list[int] = []
    level = [pk]
    while level:
        below: list[int] = []
        for some in chunks(level):
            below += connection.scalars(sa.select(c.c.report_pk).where(c.c.original_pk.in_(some)))
        found += below
        level = below
    return found


def _links(connection: sa.Connection, copies: list[int], *, of_copies: bool) -> list[CopyLink]:
    """The links of some copies, each with the report that is the copy, or with the one that it copies."""
    c, r = schema.copies, schema.reports
    other = c.c.report_pk if of_copies else c.c.original_pk
    found: list[CopyLink] = []
    for some in chunks(copies):
        query = sa.select(r.c.id, r.c.publisher, r.c.published, r.c.title, c.c.kind, c.c.similarity)
        query = query.join(c, other == r.c.pk).where(c.c.report_pk.in_(some))
        rows = connection.execute(query)
        found += [CopyLink(w.id, w.publisher, w.published, w.title, CopyKind(w.kind), w.similarity) for w in rows]
    return found


def copying_of(connection: sa.Connection, source: str) -> Copying:
    """Whom a source copies, and who copies it."""
    c = schema.copies
    by, of = schema.reports.alias("by"), schema.reports.alias("of")
    found = []
    for theirs, ours in ((of.c.publisher, by.c.publisher), (by.c.publisher, of.c.publisher)):
        query = sa.select(theirs, sa.func.count().label("n")).select_from(c)
        query = query.join(by, by.c.pk == c.c.report_pk).join(of, of.c.pk == c.c.original_pk)
        query = query.where(ours == source, theirs.is_not(None)).group_by(theirs)
        found.append(tuple((str(name), int(n)) for name, n in connection.execute(query.order_by(sa.desc("n"), theirs))))
    return Copying(*found)


def copy_faults(connection: sa.Connection) -> Iterator[str]:
    """What is wrong with the copies: an index that lacks reports, a text that copies a later one, one that differs."""
    r, k, c = schema.reports, schema.sketches, schema.copies
    traced = sa.select(sa.func.count()).select_from(r).where(r.c.text != "", r.c.pk <= _mark(connection))
    there, sketched = connection.scalar(traced), connection.scalar(sa.select(sa.func.count()).select_from(k))
    if there != sketched:
        yield f"the index of copies knows {sketched} reports of {there}"
    mine, theirs = k.alias("mine"), k.alias("theirs")
    both = sa.select(r.c.id).select_from(c).join(r, r.c.pk == c.c.report_pk)
    both = both.join(mine, mine.c.report_pk == c.c.report_pk).join(theirs, theirs.c.report_pk == c.c.original_pk)
    later = sa.tuple_(theirs.c.day, theirs.c.report_pk) >= sa.tuple_(mine.c.day, mine.c.report_pk)
    for name in connection.scalars(both.where(later)):
        yield f"report {name} is said to copy a later one"
    differs = sa.and_(c.c.kind == str(CopyKind.EXACT), mine.c.words != theirs.c.words)
    for name in connection.scalars(both.where(differs)):
        yield f"report {name} is said to copy the words of another and does not"
