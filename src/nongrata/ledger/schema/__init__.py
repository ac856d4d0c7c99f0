"""The ledger's tables.

What was read is only ever added (reports, readings, claims, chains, voices); what is concluded from it (incidents,
origins, totals, facets) is a view that is computed again. ``claims.live`` tells whether a claim counts now: it belongs
to the reading of its report that counts, and no reviewer rejected or corrected it; ``reviewed`` whether a person looked
at it. Its other fields never change. ``shelf`` orders claims by the day of publication, incidents by their last day, as
a number of days; 0 for none.
``state`` also tells up to which report copies were traced. A change here needs a migration in ``migrations/versions``.
"""

from nongrata.ledger.schema.base import metadata
from nongrata.ledger.schema.conclusions import forwards, incident_actors, incident_claims, incidents, origins, totals
from nongrata.ledger.schema.decisions import judgements
from nongrata.ledger.schema.tellings import chain_voices, chains, claim_parties, claims, facets, readings, voices
from nongrata.ledger.schema.texts import (
    archive,
    copies,
    copy_bands,
    feeds,
    fetches,
    reports,
    seen_articles,
    sketches,
    source_ratings,
    sources,
)
from nongrata.ledger.schema.upkeep import audit, runs, state, tokens

__all__ = [
    "archive",
    "audit",
    "chain_voices",
    "chains",
    "claim_parties",
    "claims",
    "copies",
    "copy_bands",
    "facets",
    "feeds",
    "fetches",
    "forwards",
    "incident_actors",
    "incident_claims",
    "incidents",
    "judgements",
    "metadata",
    "origins",
    "readings",
    "reports",
    "runs",
    "seen_articles",
    "sketches",
    "source_ratings",
    "sources",
    "state",
    "tokens",
    "totals",
    "voices",
]
