"""The ledger: keeps reports, claims, judgements and incidents in one SQLite file or one PostgreSQL database.

``LedgerView`` reads, ``Ledger`` also writes.
"""

from nongrata.ledger.acting import acting_as, current_user
from nongrata.ledger.archive import Archived
from nongrata.ledger.filters import ClaimFilter, IncidentFilter
from nongrata.ledger.ingest import import_readings, ingest
from nongrata.ledger.judgements import Judgement, Verdict
from nongrata.ledger.memory import LedgerMemory
from nongrata.ledger.pages import Facets, Page
from nongrata.ledger.store import Added
from nongrata.ledger.tally import TallyBy, TallyRow
from nongrata.ledger.view import LedgerView
from nongrata.ledger.writer import Ledger

__all__ = [
    "Added",
    "Archived",
    "ClaimFilter",
    "Facets",
    "IncidentFilter",
    "Judgement",
    "Ledger",
    "LedgerMemory",
    "LedgerView",
    "Page",
    "TallyBy",
    "TallyRow",
    "Verdict",
    "acting_as",
    "current_user",
    "import_readings",
    "ingest",
]
