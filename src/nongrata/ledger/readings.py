"""Adding the readings of one batch: which of them count, their claims, whom the claims name."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from nongrata.ledger import schema
from nongrata.ledger.bulk import bulk_insert
from nongrata.ledger.chains import chain_pks
from nongrata.ledger.keys import chunks, next_pk
from nongrata.ledger.rows import Links, Row, party_rows
from nongrata.ledger.search import index_claims
from nongrata.model import Claim


@dataclass(frozen=True, slots=True)
class Planned:
    """A reading to be added: the report's primary key, its claims with their own columns and chains, and a digest."""

    report_pk: int
    claims: Sequence[Claim]
    rows: Sequence[Row]
    links: Sequence[Links]
    digest: str


def is_hand(reader: str) -> bool:
    """True for a reader that is a person."""
    return reader == "hand" or reader.startswith("hand ")


def insert_readings(
    connection: sa.Connection,
    run_pk: int,
    planned: Sequence[Planned],
    reader: str,
    now: datetime,
    standing: Set[int],
) -> None:
    """Add one reader's readings; those of reports in ``standing`` are kept beside the reading that counts."""
    first = next_pk(connection, schema.readings)
    rows = [
        {
            "pk": pk,
            "report_pk": plan.report_pk,
            "reader": reader,
            "digest": plan.digest,
            "claims": len(plan.claims),
            "live": plan.report_pk not in standing,
            "at": now,
            "run_pk": run_pk,
        }
        for pk, plan in enumerate(planned, first)
    ]
    bulk_insert(connection, schema.readings, rows)
    _insert_claims(connection, planned, first, standing)


def make_room(connection: sa.Connection, planned: Sequence[Planned], reader: str, replace_live: bool) -> set[int]:
    """Retire the live readings of known reports that new ones outrank; the reports whose live reading stands."""
    g, c = schema.readings, schema.claims
    live: dict[int, str] = {}
    for some in chunks(plan.report_pk for plan in planned):
        query = sa.select(g.c.report_pk, g.c.reader).where(g.c.report_pk.in_(some), g.c.live)
        live.update({row.report_pk: row.reader for row in connection.execute(query)})
    replaced = {pk for pk, old in live.items() if _outranks(reader, old, replace_live)}
    for some in chunks(replaced):
        connection.execute(g.update().where(g.c.report_pk.in_(some), g.c.live).values(live=False))
        connection.execute(c.update().where(c.c.report_pk.in_(some), c.c.live).values(live=False))
    return live.keys() - replaced


def _outranks(new: str, old: str, replace_live: bool) -> bool:
    """Whether a new reading takes the place of the live one, by their readers."""
    if is_hand(new):
        return replace_live or not is_hand(old)
    return replace_live and not is_hand(old)


def _insert_claims(
    connection: sa.Connection, planned: Sequence[Planned], first_reading: int, standing: Set[int]
) -> None:
    chain_of = chain_pks(connection, (links for plan in planned for links in plan.links))
    first = pk = next_pk(connection, schema.claims)
    rows: list[Row] = []
    parties: list[Row] = []
    for reading_pk, plan in enumerate(planned, first_reading):
        live = plan.report_pk not in standing
        for position, (claim, row, links) in enumerate(zip(plan.claims, plan.rows, plan.links, strict=True)):
            row.update(
                pk=pk,
                report_pk=plan.report_pk,
                reading_pk=reading_pk,
                position=position,
                live=live,
                reviewed=is_hand(claim.reader),
                corrects=None,
                chain_pk=chain_of[links],
            )
            rows.append(row)
            parties += party_rows(claim, pk)
            pk += 1
    bulk_insert(connection, schema.claims, rows)
    bulk_insert(connection, schema.claim_parties, parties)
    if rows:
        index_claims(connection, first)
