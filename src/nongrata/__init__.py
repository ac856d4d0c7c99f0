"""nongrata: a sourced ledger of hostile state activity.

>>> import nongrata
>>> sorted(nongrata.__all__) == nongrata.__all__
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nongrata._version import __version__

if TYPE_CHECKING:
    from nongrata.api import read
    from nongrata.ledger import Ledger, LedgerView
    from nongrata.model import Claim, DateInterval, Incident, Interval, NongrataError, Report

__all__ = [
    "Claim",
    "DateInterval",
    "Incident",
    "Interval",
    "Ledger",
    "LedgerView",
    "NongrataError",
    "Report",
    "__version__",
    "read",
]

_HOME = {
    "Claim": "nongrata.model",
    "DateInterval": "nongrata.model",
    "Incident": "nongrata.model",
    "Interval": "nongrata.model",
    "Ledger": "nongrata.ledger",
    "LedgerView": "nongrata.ledger",
    "NongrataError": "nongrata.model",
    "Report": "nongrata.model",
    "read": "nongrata.api",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that ``import nongrata`` costs nothing."""
    if name not in _HOME:
        raise AttributeError(f"module 'nongrata' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
