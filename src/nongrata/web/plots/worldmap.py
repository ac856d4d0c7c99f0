"""Where: how many incidents by state, as shades on a map of the world and dots for small states."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from nongrata.ledger.overview import Overview
from nongrata.publishing.parties import state_name
from nongrata.web.templating import package_text

BORDERS = (
    "Borders as the great majority of the members of the United Nations recognise them: Crimea is part of Ukraine, "
    "Northern Cyprus of Cyprus, Somaliland of Somalia, the Golan of Syria. Territories with a code of their own "
    "(Kosovo, Taiwan, Palestine, Western Sahara) are drawn apart; nothing is said about their status. "
    "Shapes: Natural Earth 1:50m."
)
"""What the page says about the map."""

SMALL = 14.0
"""States below this area on the drawing get a dot."""
_SHADES, _LABELLED = 5, 9


@dataclass(frozen=True, slots=True)
class Land:
    """A state on the map: ``shade`` 1 (few) to 5 (many), a path ("" for none), the place of its dot or number."""

    code: str
    name: str
    incidents: int
    shade: int
    d: str
    x: float
    y: float
    dotted: bool
    labelled: bool


@dataclass(frozen=True, slots=True)
class WorldMap:
    """The states with incidents, most first; ``bounds`` are the least and most of each shade that is used.

    ``elsewhere`` are incidents of no known state.
    """

    width: int
    height: int
    base: str
    lands: tuple[Land, ...]
    bounds: tuple[tuple[int, int, int], ...]
    elsewhere: int


def world_map(overview: Overview, side: str) -> WorldMap:
    """The map of a filter's incidents by the states that act (side "who") or are acted on ("whom")."""
    counts: Counter[str] = Counter()
    for relation in overview.relations:
        counts[(relation.actor_state if side == "who" else relation.target_state) or ""] += relation.incidents
    drawn = _world()
    known = {code: n for code, n in counts.items() if code in drawn["states"]}
    most = max(known.values(), default=1)
    ranked = sorted(known.items(), key=lambda item: (-item[1], item[0]))
    lands = [_land(code, n, _shade(n, most), at < _LABELLED) for at, (code, n) in enumerate(ranked)]
    bounds = []
    for shade in sorted({land.shade for land in lands}):
        shaded = [land.incidents for land in lands if land.shade == shade]
        bounds.append((shade, min(shaded), max(shaded)))
    elsewhere = sum(counts.values()) - sum(known.values())
    return WorldMap(drawn["width"], drawn["height"], _base(), tuple(lands), tuple(bounds), elsewhere)


def _land(code: str, incidents: int, shade: int, labelled: bool) -> Land:
    state = _world()["states"][code]
    small = not state["d"] or state["area"] < SMALL
    return Land(code, state_name(code), incidents, shade, state["d"], state["x"], state["y"], small, labelled)


def _shade(n: int, most: int) -> int:
    """Shades by equal steps of the square root: numbers of incidents are few and large."""
    return max(1, min(_SHADES, int(_SHADES * (n / most) ** 0.5 + 0.999)))


@cache
def _world() -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(package_text("data/world.json"))
    return found


@cache
def _base() -> str:
    """All land as one path."""
    return "".join(state["d"] for state in _world()["states"].values())
