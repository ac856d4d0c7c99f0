"""What the global options say, and opening the ledger that they name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from nongrata.ledger import Ledger, LedgerView

DEFAULT_LEDGER = "nongrata.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """The global options."""

    ledger: str = DEFAULT_LEDGER
    ledger_given: bool = False


def settings_of(context: typer.Context) -> Settings:
    """The settings of the running program."""
    found = context.find_object(Settings)
    return found if found is not None else Settings()


def open_writer(context: typer.Context, *, create: bool) -> Ledger:
    """The ledger, open for writing."""
    from nongrata.ledger import Ledger

    return Ledger.open(settings_of(context).ledger, create=create)


def open_fresh(context: typer.Context) -> LedgerView:
    """The ledger, open for reading, its incidents up to date.

    Raises:
        LedgerError: there is no ledger, or its incidents are out of date and it cannot be written.
    """
    from nongrata.ledger import Ledger, LedgerView

    where = settings_of(context).ledger
    view = LedgerView.open(where)
    if not view.stale:
        return view
    view.close()
    with Ledger.open(where, create=False) as ledger:
        ledger.refresh()
    return LedgerView.open(where)
