"""The value types that everything speaks; they know nothing of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nongrata.model.claim import Claim
    from nongrata.model.dates import DateInterval, date_hull
    from nongrata.model.errors import (
        FetchError,
        InputError,
        LedgerError,
        MissingExtraError,
        NongrataError,
        VocabularyError,
    )
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

_HOME = {
    "JOINT": "incident",
    "READABLE_ROLES": "scales",
    "Block": "report",
    "BlockRole": "scales",
    "Chain": "voice",
    "Claim": "claim",
    "Contradiction": "incident",
    "DateInterval": "dates",
    "Factuality": "scales",
    "FetchError": "errors",
    "Forward": "incident",
    "Incident": "incident",
    "InputError": "errors",
    "Interval": "interval",
    "LedgerError": "errors",
    "MissingExtraError": "errors",
    "NongrataError": "errors",
    "Origin": "incident",
    "Placement": "incident",
    "Realis": "scales",
    "Report": "report",
    "Scope": "scales",
    "Span": "span",
    "Total": "incident",
    "VocabularyError": "errors",
    "Voice": "voice",
    "date_hull": "dates",
    "hull_of": "interval",
    "sum_of": "interval",
    "total": "interval",
}


def __getattr__(name: str) -> object:
    """Import a name when it is first asked for: a command that only says how it is used needs none of them."""
    if name not in _HOME:
        raise AttributeError(f"module 'nongrata.model' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"nongrata.model.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
