"""What a reviewer should look at, in order: pairs that may be one happening, new kinds, low confidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.judgements import Verdict, in_force, judgement_of
from nongrata.ledger.judging import named_claim
from nongrata.model import LedgerError

RARE = 2
"""A type with its subtype that so few live claims have is a new kind."""
_PAIRS, _KINDS = 200, 60


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Two incidents that may be one; ``claims`` are the claims of each that a judgement would name."""

    first: str
    second: str
    claims: tuple[str, str]


def doubtful_pairs(connection: sa.Connection) -> list[Doubtful]:
    """Pairs of incidents that resolution could not tell apart, those with most reports first."""
    i, ic = schema.incidents, schema.incident_claims
    rows = connection.execute(
        sa.select(i.c.id, i.c.possibly_same, i.c.reports).where(i.c.possibly_same.is_not(None)).limit(10 * _PAIRS)
    ).all()
    weight = {row.id: len(row.reports or ()) for row in rows}
    pairs = {tuple(sorted((row.id, other))) for row in rows for other in row.possibly_same}
    ranked = sorted(pairs, key=lambda pair: (-sum(weight.get(one, 0) for one in pair), pair))[:_PAIRS]
    ids = {one for pair in ranked for one in pair}
    firsts = connection.execute(
        sa.select(ic.c.incident_id, ic.c.claim_key).where(ic.c.incident_id.in_(ids), ic.c.position == 0)
    )
    key = {row.incident_id: row.claim_key for row in firsts}
    return [Doubtful(a, b, (key[a], key[b])) for a, b in ranked if a in key and b in key]


def undecided(connection: sa.Connection, pairs: Iterable[Doubtful]) -> list[Doubtful]:
    """The pairs on whose claims no reviewer has decided yet."""
    j = schema.judgements
    kinds = (Verdict.SAME, Verdict.NOT_SAME, Verdict.TAKE_BACK)
    rows = connection.execute(sa.select(j).where(j.c.verdict.in_(kinds)).order_by(j.c.pk)).mappings().all()
    decided = {
        frozenset((one.subject, one.other)) for one in in_force([judgement_of(row) for row in rows]) if one.other
    }
    if not decided:
        return list(pairs)
    return [pair for pair in pairs if frozenset(_subjects(connection, pair)) not in decided]


def rare_kinds(connection: sa.Connection, known: Iterable[str]) -> list[tuple[str, str | None]]:
    """Types with subtypes that at most ``RARE`` live claims have, and types that are not ``known``, fewest first."""
    c = schema.claims
    n = sa.func.count().label("n")
    query = sa.select(c.c.type, c.c.subtype, n).where(c.c.live).group_by(c.c.type, c.c.subtype)
    query = query.having(sa.or_(n <= RARE, c.c.type.not_in(list(known)))).order_by(n, c.c.type, c.c.subtype)
    return [(row.type, row.subtype) for row in connection.execute(query.limit(_KINDS))]


def claims_of_kinds(connection: sa.Connection, kinds: Iterable[tuple[str, str | None]]) -> list[str]:
    """Keys of the live claims of some kinds that nobody has reviewed, newest first."""
    c = schema.claims
    either = [sa.and_(c.c.type == type, c.c.subtype.is_not_distinct_from(subtype)) for type, subtype in kinds]
    if not either:
        return []
    query = sa.select(c.c.key).where(c.c.live, sa.not_(c.c.reviewed), sa.or_(*either))
    return list(connection.scalars(query.order_by(c.c.shelf.desc(), c.c.pk.desc()).limit(_KINDS)))


def least_sure(connection: sa.Connection, limit: int) -> list[str]:
    """Keys of the live claims that nobody has reviewed, the reader's least sure first."""
    c = schema.claims
    query = sa.select(c.c.key).where(c.c.live, sa.not_(c.c.reviewed)).order_by(c.c.confidence, c.c.pk)
    return list(connection.scalars(query.limit(limit)))


def reviewed_count(connection: sa.Connection) -> int:
    """How many live claims a person has looked at."""
    c = schema.claims
    query = sa.select(sa.func.count()).select_from(c).where(c.c.live, c.c.reviewed)
    return connection.scalar(query) or 0


def _subjects(connection: sa.Connection, pair: Doubtful) -> list[str]:
    found = []
    for key in pair.claims:
        try:
            found.append(named_claim(connection, key)[0])
        except LedgerError:
            continue
    return found
