"""The network: one encoder, its upper layers run once to find triggers and once more for each trigger found.

Lower layers are shared. The upper layers exist twice: one copy tags trigger tokens with event types, the other reads
the unit again with one trigger marked and tells who, whom, how many, when, who says so, and how sure. Compared with
marking the trigger in the input, the lower layers are computed once for all triggers of a unit.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import torch
import torch.nn.functional as F  # noqa: N812  (the name everybody knows it by)
from torch import Tensor, nn

from nongrata.extraction.layout import CLASSES, TOKEN_KINDS, TOKEN_ROLES, TYPES


@dataclass(frozen=True)
class Shape:
    """The sizes of an encoder; those of MPNet-base. ``split`` layers are shared."""

    hidden: int = 768
    heads: int = 12
    layers: int = 12
    split: int = 8
    inner: int = 3072
    vocabulary: int = 30522
    positions: int = 512
    buckets: int = 32
    epsilon: float = 1e-5


class Dropout(nn.Module):
    """Dropout whose masks are cut at random from one long table: drawing each anew takes a tenth of the training."""

    _tables: ClassVar[dict[float, Tensor]] = {}
    _SIZE = 48_000_000

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """States of any shape → the same with a share of them nought."""
        if not self.training or not self.share:
            return x
        if x.numel() >= self._SIZE:
            return F.dropout(x, self.share)
        if self.share not in self._tables:
            kept = torch.rand(self._SIZE) >= self.share
            self._tables[self.share] = kept.to(torch.bfloat16) / (1 - self.share)
        table = self._tables[self.share]
        start = int(torch.randint(0, len(table) - x.numel(), ()))
        return x * table[start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One post-norm transformer layer (Devlin et al. 2019), named so that weights load by a simple renaming."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        h = shape.hidden
        self.heads = shape.heads
        self.query, self.key, self.value, self.out = (nn.Linear(h, h) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(h, shape.epsilon), nn.LayerNorm(h, shape.epsilon)
        self.inner, self.outer = nn.Linear(h, shape.inner), nn.Linear(shape.inner, h)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(B, N, H) states and an additive mask → states."""
        b, n, h = x.shape
        # Turned to bfloat16 once, not once for each of three products.
        y = x.to(torch.bfloat16) if torch.is_autocast_enabled("cpu") else x
        q, k, v = (
            f(y).view(b, n, self.heads, h // self.heads).transpose(1, 2) for f in (self.query, self.key, self.value)
        )
        # In float32 always: in bfloat16 its gradient takes four times as long and who F1 was five points lower.
        with torch.autocast("cpu", enabled=False):
            a = F.scaled_dot_product_attention(q.float(), k.float(), v.float(), attn_mask=mask.float())
        x = self.norm1(x + self.dropout(self.out(a.transpose(1, 2).reshape(b, n, h))))
        return self.norm2(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Distances(nn.Module):
    """MPNet's attention bias by distance (Raffel et al. 2020: 32 buckets, the farthest from 128 places on)."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.register_buffer("weight", torch.zeros(shape.buckets, shape.heads))

    def forward(self, attention: Tensor) -> Tensor:
        """(B, N) attention, 0 at padding → what is added to that of one place to another, (B, heads, N, N)."""
        place = torch.arange(attention.shape[1])
        away = place[:, None] - place[None, :]
        half, exact, farthest = 16, 8, 128
        ahead = (away < 0).long() * half
        away = away.abs()
        far = torch.log(away.clamp(min=1).float() / exact) / math.log(farthest / exact) * (half - exact)
        bucket = ahead + torch.where(away < exact, away, exact + far.long().clamp(max=half - 1 - exact))
        padding = (1.0 - attention[:, None, None, :].float()) * -1e4
        return self.get_buffer("weight")[bucket].permute(2, 0, 1)[None] + padding


class Base(nn.Module):
    """Embeddings, the shared layers, and the trigger branch: ids → hidden states of the split, trigger logits."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.between = Distances(shape)
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.dropout = Dropout(dropout)
        self.shared = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.split))
        self.upper = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers - shape.split))
        self.tag = nn.Linear(shape.hidden, len(TYPES))

    def forward(self, ids: Tensor, attention: Tensor) -> tuple[Tensor, Tensor]:
        """(B, N) ids → states of the split (B, N, H), trigger logits (B, N, T)."""
        place = torch.arange(ids.shape[1])
        x = self.dropout(self.norm(self.words(ids) + self.places(place)))
        mask = self.between(attention).to(x.dtype)
        for layer in self.shared:
            x = layer(x, mask)
        states = x
        for layer in self.upper:
            x = layer(x, mask)
        return states, self.tag(self.dropout(x))


class Reader(nn.Module):
    """The branch that reads one marked trigger: hidden states of the split → token role logits, class logits.

    ``mark`` is 1 on the trigger's tokens; ``kind`` the index of the type; ``features`` the index of each token's kind.
    """

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.between = Distances(shape)
        h = shape.hidden
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers - shape.split))
        self.kinds = nn.Embedding(len(TYPES), h)
        self.features = nn.Embedding(len(TOKEN_KINDS), h)
        self.norm = nn.LayerNorm(h, shape.epsilon)
        self.dropout = Dropout(dropout)
        self.role = nn.Linear(h, len(TOKEN_ROLES))
        self.classes = nn.Linear(2 * h, sum(CLASSES.values()))
        for table in (self.kinds, self.features):
            nn.init.normal_(table.weight, std=0.02)

    def forward(
        self, x: Tensor, attention: Tensor, mark: Tensor, kind: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor]:
        """(P, N, H) states with marked triggers → role logits (P, N, R), class logits (P, C)."""
        marked = mark.unsqueeze(-1).to(x.dtype)
        x = self.norm(x + marked * self.kinds(kind)[:, None, :] * 8.0 + self.features(features))
        mask = self.between(attention).to(x.dtype)
        for layer in self.layers:
            x = layer(x, mask)
        x = self.dropout(x)
        trigger = (x * marked).sum(1) / marked.sum(1).clamp(min=1.0)
        return self.role(x), self.classes(torch.cat([x[:, 0], trigger], -1))


class Network(nn.Module):
    """Base and reader together, from MPNet's tensors; the reader's layers start as copies of the base's upper ones.

    The tables of words and places and the lowest ``frozen`` layers are left as they are: what they know of words serves
    here too.
    """

    def __init__(self, state: Mapping[str, Tensor], dropout: float = 0.1, frozen: int = 2) -> None:
        super().__init__()
        shape = Shape()
        self.base, self.reader = Base(shape, dropout), Reader(shape, dropout)
        _load(self.base, state)
        self.reader.between.load_state_dict(self.base.between.state_dict())
        self.reader.layers = copy.deepcopy(self.base.upper)
        for module in (self.base.words, self.base.places, self.base.norm, *self.base.shared[:frozen]):
            module.requires_grad_(False)


_LAYER_NAMES = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "out": "attention.attn.o",
    "norm1": "attention.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm2": "output.LayerNorm",
}


@torch.no_grad()
def _load(base: Base, state: Mapping[str, Tensor]) -> None:
    """Fill a base from the tensors of a Hugging Face MPNet checkpoint."""
    base.words.weight.copy_(state["embeddings.word_embeddings.weight"])
    base.places.weight.copy_(state["embeddings.position_embeddings.weight"])
    base.norm.weight.copy_(state["embeddings.LayerNorm.weight"])
    base.norm.bias.copy_(state["embeddings.LayerNorm.bias"])
    base.between.get_buffer("weight").copy_(state["encoder.relative_attention_bias.weight"])
    for index, layer in enumerate([*base.shared, *base.upper]):
        for ours, theirs in _LAYER_NAMES.items():
            module = getattr(layer, ours)
            module.weight.copy_(state[f"encoder.layer.{index}.{theirs}.weight"])
            module.bias.copy_(state[f"encoder.layer.{index}.{theirs}.bias"])
