"""Claims as columns: who told what, through whom and how surely. The thin layer for the analysis of sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from nongrata.model import Factuality

if TYPE_CHECKING:
    from nongrata.ledger import ClaimFilter, LedgerView

SURENESS = {
    str(Factuality.UNKNOWN): 0,
    str(Factuality.POSSIBLE): 1,
    str(Factuality.PROBABLE): 2,
    str(Factuality.CERTAIN): 3,
}
"""The order of doubt on FactBank's scale (Saurí and Pustejovsky 2009); a denial has no place on it."""
NO_PLACE = -1
"""The sureness of a denial, and the incident of a claim that stands in none."""

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tellings:
    """Claims, one a row, earliest publication first.

    ``incident`` and ``report`` number incidents (or totals) and reports; ``chain`` is a place in ``chains``, the
    names from origin to publisher, each distinct chain once; ``sureness`` as in ``SURENESS``, or ``NO_PLACE``. ``keys``
    name the claims.
    """

    keys: npt.NDArray[np.object_]
    incident: Codes
    report: Codes
    chain: Codes
    sureness: Codes
    chains: tuple[tuple[str, ...], ...]

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def lengths(self) -> Codes:
        """The number of voices of each row's chain."""
        return np.array([len(chain) for chain in self.chains], dtype=np.int64)[self.chain]


def tellings(view: LedgerView, only: ClaimFilter | None = None) -> Tellings:
    """The live claims of a ledger that a filter lets through, as columns; those without any voice are left out."""
    import sqlalchemy as sa

    from nongrata.ledger import ClaimFilter, schema
    from nongrata.ledger.conclusions import load_totals

    c, h, ic = schema.claims, schema.chains, schema.incident_claims
    query = (
        sa.select(c.c.key, ic.c.incident_id, c.c.report_pk, c.c.chain_pk, c.c.factuality, c.c.published)
        .select_from(c.outerjoin(ic, ic.c.claim_key == c.c.key))
        .order_by(c.c.pk)
    )
    with view.reading() as connection:
        query = query.where(*(only or ClaimFilter()).conditions(connection.dialect.name))
        rows = connection.execute(query).all()
        totals = {key: total.id for total in load_totals(connection) for key in total.claims}
        names = {
            row.pk: tuple(link[0] for link in row.links) for row in connection.execute(sa.select(h.c.pk, h.c.links))
        }
    return _columns([(row[0], row[1] or totals.get(row[0]), *row[2:]) for row in rows], names)


def _columns(rows: Sequence[Sequence[Any]], names: dict[int, tuple[str, ...]]) -> Tellings:
    voiced = [row for row in rows if names[row[3]]]
    voiced.sort(key=lambda row: row[5] or date.max)
    chains = {name: at for at, name in enumerate(dict.fromkeys(names[row[3]] for row in voiced))}
    incidents = {name: at for at, name in enumerate(dict.fromkeys(row[1] for row in voiced if row[1]))}
    return Tellings(
        keys=np.array([row[0] for row in voiced], dtype=object),
        incident=np.array([incidents.get(row[1], NO_PLACE) for row in voiced], dtype=np.int64),
        report=np.array([row[2] for row in voiced], dtype=np.int64),
        chain=np.array([chains[names[row[3]]] for row in voiced], dtype=np.int64),
        sureness=np.array([SURENESS.get(row[4], NO_PLACE) for row in voiced], dtype=np.int64),
        chains=tuple(chains),
    )
