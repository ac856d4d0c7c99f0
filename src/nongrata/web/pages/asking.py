"""What pages take from a request."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from nongrata.ledger import LedgerView
from nongrata.web.shelf import Shelf


# Coroutines, for FastAPI sends plain functions to a thread of their own, and each such step waits for the interpreter.
async def _shelf(request: Request) -> Shelf:
    found: Shelf = request.app.state.shelf
    return found


async def _view(request: Request) -> LedgerView:
    return (await _shelf(request)).view


Kept = Annotated[Shelf, Depends(_shelf)]
"""The ledger with what is remembered of it."""
Reading = Annotated[LedgerView, Depends(_view)]
"""The ledger, open for reading."""
