"""nongrata: a sourced ledger of hostile state activity."""

from nongrata._version import __version__

__all__ = ["__version__"]
