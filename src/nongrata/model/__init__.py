"""The value types that everything speaks; they know nothing of the rest."""

from nongrata.model.claim import Claim
from nongrata.model.dates import DateInterval, date_hull
from nongrata.model.errors import FetchError, InputError, LedgerError, MissingExtraError, NongrataError, VocabularyError
from nongrata.model.incident import JOINT, Contradiction, Forward, Incident, Origin, Placement, Total
from nongrata.model.interval import Interval, hull_of, sum_of, total
from nongrata.model.report import Block, Report
from nongrata.model.scales import READABLE_ROLES, BlockRole, Factuality, Realis, Scope
from nongrata.model.span import Span
from nongrata.model.voice import Chain, Voice

__all__ = [
    "JOINT",
    "READABLE_ROLES",
    "Block",
    "BlockRole",
    "Chain",
    "Claim",
    "Contradiction",
    "DateInterval",
    "Factuality",
    "FetchError",
    "Forward",
    "Incident",
    "InputError",
    "Interval",
    "LedgerError",
    "MissingExtraError",
    "NongrataError",
    "Origin",
    "Placement",
    "Realis",
    "Report",
    "Scope",
    "Span",
    "Total",
    "VocabularyError",
    "Voice",
    "date_hull",
    "hull_of",
    "sum_of",
    "total",
]
