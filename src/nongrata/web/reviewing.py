"""The queue of a reviewer: its items in order, and where one is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nongrata.ledger import LedgerView
from nongrata.ledger.queue import (
    Doubtful,
    claims_of_kinds,
    doubtful_pairs,
    least_sure,
    rare_kinds,
    reviewed_count,
    undecided,
)
from nongrata.model.wording import parties
from nongrata.vocabulary.events import event_types
from nongrata.web.shelf import Shelf
from nongrata.web.words import type_words

LENGTH = 60


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at: ``name`` as in the address ("claim:KEY", "pair:ID~ID"), why, and what it is about."""

    name: str
    why: str
    pair: Doubtful | None = None
    key: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """The items; ``at`` is the place of the one that is looked at, None for one that is in the queue no more."""

    items: tuple[Item, ...]
    at: int | None
    current: Item | None
    reviewed: int

    def beside(self, step: int) -> Item | None:
        """The item so many places on from the current one; None beyond the ends."""
        if self.at is None:
            return self.items[0] if self.items and step > 0 else None
        place = self.at + step
        return self.items[place] if 0 <= place < len(self.items) else None


def queue_of(kept: Shelf, asked: str | None) -> Queue:
    """The queue, standing at the item that was asked for, else at its first."""
    with kept.view.reading() as connection:
        pairs = undecided(connection, kept.remembered("pairs", lambda: _pairs(kept.view)))
        kinds = kept.remembered("kinds", lambda: _kinds(kept.view))
        new = claims_of_kinds(connection, kinds)
        unsure = least_sure(connection, LENGTH)
        reviewed = reviewed_count(connection)
    items = [Item(f"pair:{p.first}~{p.second}", "the same?", pair=p) for p in pairs[:LENGTH]]
    items += [Item(f"claim:{key}", "new kind", key=key) for key in new[:LENGTH]]
    items += [Item(f"claim:{key}", "low confidence", key=key) for key in unsure if key not in set(new)]
    items = _told(kept.view, items[:LENGTH])
    at = next((place for place, item in enumerate(items) if item.name == asked), None)
    if at is None and asked:
        return Queue(tuple(items), None, _outside(asked), reviewed)
    at = 0 if at is None and items else at
    return Queue(tuple(items), at, items[at] if at is not None else None, reviewed)


def _told(view: LedgerView, items: Sequence[Item]) -> list[Item]:
    """The items with what they are about: type and parties of their claim, or of the first of a pair."""
    keys = [item.pair.claims[0] if item.pair else item.key or "" for item in items]
    claims = view.claims(keys)
    found = []
    for item, key in zip(items, keys, strict=True):
        claim = claims.get(key)
        about = f"{type_words(claim.type)}, {parties(claim.actor, claim.actors, claim.target)}" if claim else ""
        found.append(replace(item, about=about))
    return found


def _outside(asked: str) -> Item | None:
    """An item that is asked for and not in the queue: any claim may be reviewed."""
    kind, _, name = asked.partition(":")
    return Item(asked, "asked for", key=name) if kind == "claim" and name else None


def _pairs(view: LedgerView) -> Sequence[Doubtful]:
    with view.reading() as connection:
        return doubtful_pairs(connection)


def _kinds(view: LedgerView) -> Sequence[tuple[str, str | None]]:
    with view.reading() as connection:
        return rare_kinds(connection, event_types())
