"""How an incident reached us, drawn: every link leads to the right and passes between the boxes."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.model import Chain, Claim
from nongrata.web.evidence import told_claim
from nongrata.web.plots.chaingraph import BOX, COLUMN, TALL, chain_graph
from nongrata.web.plots.layers import Slot, layers_of, places_of

NAMES = st.sampled_from("abcdefgh")
LINKS = st.lists(st.tuples(NAMES, NAMES).filter(lambda pair: pair[0] != pair[1]), max_size=25)


def tellings(*chains: list[str]):
    return [
        told_claim(f"k{n}", Claim(report_id=f"r{n}", type="expulsion", chain=Chain.of(names)), None)
        for n, names in enumerate(chains)
    ]


@given(LINKS)
def test_layers_hold_every_voice_once_and_a_lane_for_what_passes(links):
    layers = layers_of(links)
    where = {slot.name: at for at, layer in enumerate(layers) for slot in layer if slot.name}
    assert Counter(slot.name for layer in layers for slot in layer if slot.name) == Counter(
        {name: 1 for link in links for name in link}
    )
    lanes = Counter(slot.link for layer in layers for slot in layer if slot.link)
    for giver, taker in set(links):
        if where[giver] < where[taker]:
            assert lanes[giver, taker] in (0, where[taker] - where[giver] - 1)
    tops, height = places_of(layers, 40, 14)
    for at, layer in enumerate(layers):
        below = 0.0
        for slot in layer:
            assert tops[at, slot] >= below
            below = tops[at, slot] + (40 if slot.name else 14)
        assert below <= height + 1e-9


def test_without_a_circle_every_link_leads_on():
    links = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "c"), ("c", "e")]
    layers = layers_of(links)
    assert [[slot.name for slot in layer if slot.name] for layer in layers][1:] == [["b"], ["c"], ["e"]]
    assert Slot(link=("a", "c")) in layers[1]
    where = {slot.name: at for at, layer in enumerate(layers) for slot in layer}
    assert all(where[giver] < where[taker] for giver, taker in links)


def test_no_link_runs_through_a_box():
    graph = chain_graph(
        tellings(
            ["HLN", "Signal"], ["CCB", "VRT", "Pravda", "News"], ["VRT", "News"], ["CCB", "Times"], ["Group", "VRT"]
        )
    )
    assert graph is not None
    assert graph.hidden == 0
    boxes = [(node.x, node.y) for node in graph.nodes]
    for edge in graph.edges:
        for x, y, to in re.findall(r"(\S+) (\S+?)H(\S+?)(?=C|$)", edge.path):
            assert float(to) - float(x) == BOX
            assert all(not top <= float(y) <= top + TALL for left, top in boxes if left == float(x))
    assert {node.x for node in graph.nodes if node.kind == "publisher"} == {max(x for x, _ in boxes)}


@pytest.mark.parametrize("length", [3, 3000])
def test_long_chains_and_circles_are_drawn_as_far_as_there_is_room(length):
    names = [f"voice {n}" for n in range(length)]
    graph = chain_graph(tellings(names, [*names[:2], names[0]], [names[1], names[0]]))
    assert graph is not None
    assert graph.hidden == max(0, length - 60)
    assert graph.width <= 60 * COLUMN


def test_a_crowded_column_is_cut_and_says_so():
    graph = chain_graph(tellings(*([f"voice {n:02}", "Gazette"] for n in range(30))))
    assert graph is not None
    assert len(graph.nodes) == 13
    assert graph.hidden == 18
