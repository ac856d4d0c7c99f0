"""How an incident reached us: voices from the origins (left) to the publishers (right), each link drawn once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nongrata.web.evidence import Told

COLUMN, ROW, BOX, TALL = 250, 44, 190, 30
"""Pixels between columns and between rows, and the size of a box."""
_MOST = 12
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
    x: float
    y: float


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
    depth: dict[str, int] = {}
    ends = {told.claim.chain.voices[-1].name for told in chains}
    starts = {told.claim.chain.voices[0].name for told in chains}
    for told in chains:
        for at, name in enumerate(dict.fromkeys(told.claim.chain.names)):
            depth[name] = max(depth.get(name, 0), at)
    last = max(depth.values())
    for name in ends - starts:
        depth[name] = last
    columns: dict[int, list[str]] = {}
    for name, at in depth.items():
        columns.setdefault(at, []).append(name)
    nodes = {}
    for at, names in columns.items():
        for row, name in enumerate(names[:_MOST]):
            kind = "origin" if name in starts else "publisher" if name in ends else "voice"
            nodes[name] = Node(name, _cut(name), at * COLUMN + 1, row * ROW + 8, kind)
    height = ROW * max(min(len(names), _MOST) for names in columns.values()) + 6
    return ChainGraph(
        last * COLUMN + BOX + 2, height, tuple(nodes.values()), _edges(chains, nodes), len(depth) - len(nodes)
    )


def _edges(chains: Sequence[Told], nodes: dict[str, Node]) -> tuple[Edge, ...]:
    counts: dict[tuple[str, str], int] = {}
    weak: dict[tuple[str, str], str] = {}
    for told in chains:
        for at, link in enumerate(told.chain.links):
            pair = (link.giver.name, link.taker.name)
            counts[pair] = counts.get(pair, 0) + 1
            if at == told.chain.weakest:
                weak[pair] = link.reason
    return tuple(
        _edge(nodes[giver], nodes[taker], n, weak.get((giver, taker)))
        for (giver, taker), n in counts.items()
        if giver in nodes and taker in nodes and giver != taker
    )


def _edge(giver: Node, taker: Node, claims: int, reason: str | None) -> Edge:
    x1, y1, x2, y2 = giver.x + BOX, giver.y + TALL / 2, taker.x - 5, taker.y + TALL / 2
    bend = max(24.0, abs(x2 - x1) / 2)
    path = f"M{x1} {y1:g}C{x1 + bend:g} {y1:g} {x2 - bend:g} {y2:g} {x2} {y2:g}"
    return Edge(path, claims, reason is not None, reason or "", (x1 + x2) / 2, (y1 + y2) / 2)


def _cut(name: str) -> str:
    return name if len(name) <= _CHARACTERS else name[: _CHARACTERS - 1] + "…"
