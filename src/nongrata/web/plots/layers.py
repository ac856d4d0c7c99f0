"""A graph in layers: every link leads to the right, long ones have a lane between the nodes, crossings are few.

After Sugiyama, Tagawa and Toda (1981): layers by the longest way from a beginning, nodes that stand for long links, and
an order within layers by the mean place of neighbours. Links that would close a circle are left out of account.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Link = tuple[str, str]
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a layer: of the node ``name``, or, without one, of ``link`` on its way past."""

    name: str = ""
    link: Link | None = None


def layers_of(links: Sequence[Link]) -> list[list[Slot]]:
    """The layers of a graph, first to last, each from top to bottom; nodes that give to nobody stand in the last."""
    forward = _without_circles(links)
    depth = _depths(links, forward)
    layers: list[list[Slot]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name, at in depth.items():
        layers[at].append(Slot(name))
    for link in dict.fromkeys(forward):
        for at in range(depth[link[0]] + 1, depth[link[1]]):
            layers[at].append(Slot(link=link))
    for _ in range(_SWEEPS):
        for at in [*range(1, len(layers)), *range(len(layers) - 2, -1, -1)]:
            layers[at] = _by_neighbours(layers, at, forward)
    return layers


def _without_circles(links: Iterable[Link]) -> list[Link]:
    """The links without those that lead back to where a way has come from."""
    takers: dict[str, list[str]] = {}
    for giver, taker in links:
        takers.setdefault(giver, []).append(taker)
    kept: list[Link] = []
    done: set[str] = set()
    on_the_way: set[str] = set()

    def follow(name: str) -> None:
        on_the_way.add(name)
        for taker in takers.get(name, ()):
            if taker in on_the_way:
                continue
            kept.append((name, taker))
            if taker not in done:
                follow(taker)
        on_the_way.discard(name)
        done.add(name)

    for name in takers:
        if name not in done:
            follow(name)
    return kept


def _depths(links: Sequence[Link], forward: Sequence[Link]) -> dict[str, int]:
    depth = dict.fromkeys((name for link in links for name in link), 0)
    changed = True
    while changed:
        changed = False
        for giver, taker in forward:
            if depth[taker] <= depth[giver]:
                depth[taker], changed = depth[giver] + 1, True
    last, givers = max(depth.values(), default=0), {giver for giver, _ in forward}
    return {name: at if name in givers else last for name, at in depth.items()}


def _by_neighbours(layers: Sequence[Sequence[Slot]], at: int, forward: Iterable[Link]) -> list[Slot]:
    """A layer in the order of the mean places of each slot's neighbours in the layers beside it."""
    places: dict[Slot, float] = {}
    for beside in (at - 1, at + 1):
        if 0 <= beside < len(layers):
            size = max(1, len(layers[beside]) - 1)
            places |= {slot: place / size for place, slot in enumerate(layers[beside])}
    neighbours: dict[Slot, list[float]] = {slot: [] for slot in layers[at]}
    for link in forward:
        for slot in (Slot(link[0]), Slot(link[1]), Slot(link=link)):
            if slot in neighbours:
                others = (Slot(link[0]), Slot(link[1]), Slot(link=link))
                neighbours[slot] += [places[other] for other in others if other != slot and other in places]
    size = max(1, len(layers[at]) - 1)
    means = {
        slot: sum(near) / len(near) if near else place / size for place, (slot, near) in enumerate(neighbours.items())
    }
    return sorted(layers[at], key=means.__getitem__)


def places_of(
    layers: Sequence[Sequence[Slot]], node: float, lane: float
) -> tuple[Mapping[tuple[int, Slot], float], float]:
    """Where each slot begins from the top, by layer, and the height of all; shorter layers stand in the middle."""
    heights = [sum(node if slot.name else lane for slot in layer) for layer in layers]
    highest = max(heights, default=0.0)
    found: dict[tuple[int, Slot], float] = {}
    for at, layer in enumerate(layers):
        top = (highest - heights[at]) / 2
        for slot in layer:
            found[at, slot] = top
            top += node if slot.name else lane
    return found, highest
