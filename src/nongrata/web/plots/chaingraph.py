"""How an incident reached us: voices from the origins (left) to the publishers (right), each link drawn once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nongrata.web.evidence import Told
from nongrata.web.plots.layers import Link, Slot, layers_of, places_of

Point = tuple[float, float]

COLUMN, ROW, LANE, BOX, TALL = 250, 40, 14, 190, 30
"""Pixels between columns, of a box with its distance, of a link that passes a column, and the size of a box."""
_MOST, _IN_A_COLUMN = 60, 12
"""Voices that are looked at, and those of a column that are drawn."""
_CHARACTERS = 27


@dataclass(frozen=True, slots=True)
class Node:
    """A voice: its name, cut to fit the box (``label``), and where the box stands."""

    name: str
    label: str
    x: int
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A link as a path; ``claims`` is how many tellings take it, ``weak``: it is the weakest link of one of them."""

    path: str
    claims: int
    weak: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ChainGraph:
    """The drawing; ``hidden`` voices found no room and stand in the table alone."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    hidden: int


def chain_graph(tellings: Sequence[Told]) -> ChainGraph | None:
    """Draw the chains of some tellings; None where no chain has two voices."""
    chains = [told for told in tellings if told.chain.links]
    if not chains:
        return None
    names = list(dict.fromkeys(name for told in chains for name in told.claim.chain.names))
    links = _links(chains, names[:_MOST])
    layers = layers_of(list(links))
    crowded = {name for layer in layers for name in _in_order(layer, names)[_IN_A_COLUMN:]}
    if crowded:
        links = {pair: edge for pair, edge in links.items() if not crowded & set(pair)}
        layers = layers_of(list(links))
    tops, height = places_of(layers, ROW, LANE)
    starts = {told.claim.chain.voices[0].name for told in chains}
    ends = {told.claim.chain.voices[-1].name for told in chains}
    nodes = {
        slot.name: Node(
            slot.name,
            _cut(slot.name),
            at * COLUMN + 1,
            round(tops[at, slot]) + (ROW - TALL) // 2,
            "origin" if slot.name in starts else "publisher" if slot.name in ends else "voice",
        )
        for at, layer in enumerate(layers)
        for slot in layer
        if slot.name
    }
    edges = tuple(_edge(nodes, pair, _lanes(pair, layers, tops), *counted) for pair, counted in links.items())
    width = (len(layers) - 1) * COLUMN + BOX + 2
    return ChainGraph(width, round(height) + 2, tuple(nodes.values()), edges, len(names) - len(nodes))


def _links(chains: Sequence[Told], names: Sequence[str]) -> dict[Link, tuple[int, str | None]]:
    """The links between some voices, with how many tellings take each and, for a weakest one, the reason."""
    known = set(names)
    found: dict[Link, tuple[int, str | None]] = {}
    for told in chains:
        for at, link in enumerate(told.chain.links):
            pair = (link.giver.name, link.taker.name)
            if pair[0] == pair[1] or not known.issuperset(pair):
                continue
            claims, reason = found.get(pair, (0, None))
            found[pair] = (claims + 1, link.reason if at == told.chain.weakest else reason)
    return found


def _in_order(layer: Sequence[Slot], names: Sequence[str]) -> list[str]:
    return sorted((slot.name for slot in layer if slot.name), key=names.index)


def _lanes(pair: Link, layers: Sequence[Sequence[Slot]], tops: Mapping[tuple[int, Slot], float]) -> list[Point]:
    """Where a link enters the columns that it passes."""
    way = Slot(link=pair)
    return [(at * COLUMN + 1, tops[at, way] + LANE / 2) for at in range(len(layers)) if (at, way) in tops]


def _edge(nodes: Mapping[str, Node], pair: Link, lanes: Sequence[Point], claims: int, reason: str | None) -> Edge:
    giver, taker = nodes[pair[0]], nodes[pair[1]]
    begin: Point = (giver.x + BOX, giver.y + TALL / 2)
    path, at = f"M{begin[0]:g} {begin[1]:g}", begin
    for x, y in lanes:
        path += f"{_curve(at, (x, y))}H{x + BOX:g}"
        at = (x + BOX, y)
    end: Point = (taker.x - 5, taker.y + TALL / 2)
    return Edge(path + _curve(at, end), claims, reason is not None, reason or "")


def _curve(begin: Point, end: Point) -> str:
    """A curve that begins and ends level."""
    bend = max(24.0, abs(end[0] - begin[0]) / 2)
    return f"C{begin[0] + bend:g} {begin[1]:g} {end[0] - bend:g} {end[1]:g} {end[0]:g} {end[1]:g}"


def _cut(name: str) -> str:
    return name if len(name) <= _CHARACTERS else name[: _CHARACTERS - 1] + "…"
