"""Weights in wide steps, rounded so that what the layers give out changes least: then three bits hold a weight.

After GPTQ (Frantar et al. 2023): a matrix is rounded column by column, and what one column loses is made up for by
those not yet rounded, by the second moments of what the layer is given. The steps are not clipped to some bits; a
Huffman code keeps frequent ones short (entropy-coded scalar quantisation, Gish and Pierce 1968).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from training.fit import Settings, chosen, marked, padded
from training.items import Item
from training.network import Layer, Network

WIDE, WIDE_WORDS = 1.75, 1.3
"""How many steps make a standard deviation of a row, in the layers and in the table of words."""
MOST = 127
"""The largest whole number of int8."""
_UNITS = 240
_BATCH = 12
_BLOCK = 128
_DAMPING = 0.01
_PARTS = ("query", "key", "value", "out", "inner", "outer")
_SAME = {"key": "query", "value": "query"}
"""Parts that are given the same as another."""


def steps(rows: Tensor, wide: float) -> Tensor:
    """The step of each row (rows, 1): ``wide`` make a standard deviation, and the largest number fits into int8."""
    return torch.maximum(rows.std(1, keepdim=True) / wide, rows.abs().amax(1, keepdim=True) / MOST)


@torch.no_grad()
def round_weights(network: Network, items: Sequence[Item], seed: int = 0) -> None:
    """Put whole steps in the place of the weights of a network's layers and of its table of words.

    ``items`` show what the layers are given; some hundred are drawn.
    """
    rng = random.Random(seed)
    drawn = sorted(rng.sample(list(items), min(_UNITS, len(items))), key=lambda item: len(item.unit.ids))
    layers = [*network.base.shared, *network.base.upper, *network.reader.layers]
    moments = _moments(network, layers, drawn, rng)
    for layer in layers:
        for part in _PARTS:
            linear: nn.Linear = getattr(layer, part)
            linear.weight.copy_(_rounded(linear.weight, moments[getattr(layer, _SAME.get(part, part))]))
    words = network.base.words.weight
    step = steps(words, WIDE_WORDS)
    words.copy_((words / step).round() * step)


def _moments(
    network: Network, layers: Sequence[Layer], items: Sequence[Item], rng: random.Random
) -> dict[nn.Module, Tensor]:
    """The second moments of what each linear part is given (inputs, inputs), padding left out."""
    found: dict[nn.Module, Tensor] = {}
    there = torch.zeros(0)

    def watched(part: nn.Module) -> Callable[..., None]:
        def watch(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            states = given[0].float()[there]
            found[part] = found.get(part, 0) + states.T @ states

        return watch

    hooks = [
        part.register_forward_pre_hook(watched(part))
        for layer in layers
        for part in (getattr(layer, name) for name in _PARTS if name not in _SAME)
    ]
    network.eval()
    for start in range(0, len(items), _BATCH):
        batch = items[start : start + _BATCH]
        ids, attention, features = padded(batch)
        there = attention.bool()
        hidden, tags = network.base(ids, attention)
        pairs = [
            (row, reading)
            for row, item in enumerate(batch)
            for reading in chosen(item, tags[row].numpy(), rng, Settings())
        ]
        if pairs:
            rows, mark, kinds = marked(pairs, ids.shape[1])
            there = attention[rows].bool()
            network.reader(hidden[rows], attention[rows], mark, kinds, features[rows])
    for hook in hooks:
        hook.remove()
    return found


def _rounded(weight: Tensor, moments: Tensor) -> Tensor:
    """(outputs, inputs) weights in whole steps, given the second moments of the inputs."""
    left, step = weight.clone(), steps(weight, WIDE)
    size = moments.shape[0]
    damped = moments + torch.eye(size) * _DAMPING * moments.diagonal().mean()
    spread = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(damped)), upper=True)
    for start in range(0, size, _BLOCK):
        block = slice(start, min(start + _BLOCK, size))
        losses = torch.zeros_like(left[:, block])
        for at in range(block.start, block.stop):
            whole = (left[:, at : at + 1] / step).round().clamp(-MOST, MOST) * step
            loss = (left[:, at : at + 1] - whole) / spread[at, at]
            left[:, at : block.stop] -= loss @ spread[at : at + 1, at : block.stop]
            left[:, at : at + 1] = whole
            losses[:, at - start : at - start + 1] = loss
        left[:, block.stop :] -= losses @ spread[block, block.stop :]
    return left
