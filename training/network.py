"""The network: one small encoder, its upper half run once to find triggers and once more for each trigger found.

Lower layers are shared. The upper layers exist twice: one copy tags trigger tokens with event types, the other reads
the unit again with one trigger marked and tells who, whom, how many, when, who says so, and how sure. Compared with
marking the trigger in the input, the lower half is computed once for all triggers of a unit.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import torch
import torch.nn.functional as F  # noqa: N812  (the name everybody knows it by)
from torch import Tensor, nn

from nongrata.extraction.layout import CLASSES, TOKEN_KINDS, TOKEN_ROLES, TYPES


@dataclass(frozen=True)
class Shape:
    """The sizes of a BERT-like encoder."""

    hidden: int = 384
    heads: int = 12
    layers: int = 6
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    epsilon: float = 1e-12


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
    """One post-norm transformer layer (Devlin et al. 2019), named so that BERT weights load by a simple renaming."""

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


def padding_apart(attention: Tensor) -> Tensor:
    """(B, N) attention, 0 at padding → what is added to it so that nobody looks there, (B, 1, 1, N)."""
    return (1.0 - attention[:, None, None, :].float()) * -1e4


Between = Callable[[Tensor], Tensor]
"""(B, N) attention → what is added to the attention of one place to another."""


class Base(nn.Module):
    """Embeddings, the shared layers, and the trigger branch: ids → hidden states of the split, trigger logits."""

    def __init__(self, shape: Shape, split: int, dropout: float, between: Between = padding_apart) -> None:
        super().__init__()
        self.between = between
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.segment = nn.Parameter(torch.zeros(shape.hidden))
        self.norm = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.dropout = Dropout(dropout)
        self.shared = nn.ModuleList(Layer(shape, dropout) for _ in range(split))
        self.upper = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers - split))
        self.tag = nn.Linear(shape.hidden, len(TYPES))

    def forward(self, ids: Tensor, attention: Tensor) -> tuple[Tensor, Tensor]:
        """(B, N) ids → states of the split (B, N, H), trigger logits (B, N, T)."""
        x = self.lower(ids, attention)
        return x, self.tags(x, attention)

    def lower(self, ids: Tensor, attention: Tensor) -> Tensor:
        """(B, N) ids → states of the split (B, N, H)."""
        x = self.dropout(self.norm(self.embedded(ids)))
        mask = self.between(attention).to(x.dtype)
        for layer in self.shared:
            x = layer(x, mask)
        return x

    def embedded(self, ids: Tensor) -> Tensor:
        """(B, N) ids → the sum of what stands there and where (B, N, H)."""
        place = torch.arange(ids.shape[1], device=ids.device)
        return self.words(ids) + self.places(place) + self.segment

    def tags(self, x: Tensor, attention: Tensor) -> Tensor:
        """States of the split (B, N, H) → trigger logits (B, N, T)."""
        mask = self.between(attention).to(x.dtype)
        for layer in self.upper:
            x = layer(x, mask)
        return self.tag(self.dropout(x))


class Reader(nn.Module):
    """The branch that reads one marked trigger: hidden states of the split → token role logits, class logits.

    ``mark`` is 1 on the trigger's tokens; ``kind`` the index of the type; ``features`` the index of each token's kind.
    """

    def __init__(self, shape: Shape, split: int, dropout: float, between: Between = padding_apart) -> None:
        super().__init__()
        self.between = between
        h = shape.hidden
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers - split))
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
    """Base and reader together; the reader's layers start as copies of the base's upper ones."""

    def __init__(
        self, state: dict[str, Tensor], split: int = 3, dropout: float = 0.1, shape: Shape | None = None
    ) -> None:
        super().__init__()
        shape = shape or Shape()
        self.base, self.reader = Base(shape, split, dropout), Reader(shape, split, dropout)
        load_bert(self.base, state, split)
        self.reader.layers = copy.deepcopy(self.base.upper)
        self.base.words.weight.requires_grad_(False)
        self.base.places.weight.requires_grad_(False)
        self.base.segment.requires_grad_(False)


class Several:
    """Networks of one shape read as one: their scores are averaged, and the words' table, which all froze, is one.

    Networks trained from other orders and fillings err apart, so that their mean is surer than the best of them
    (Hansen and Salamon 1990, "Neural network ensembles").
    """

    def __init__(self, networks: Sequence[Network]) -> None:
        for network in networks:
            network.base.words, network.base.places = networks[0].base.words, networks[0].base.places
            network.eval()
        self.base = _Bases([network.base for network in networks])
        self.reader = _Readers([network.reader for network in networks])


class _Bases(nn.Module):
    """Bases side by side: their states one after the other (B, N, networks · H), the mean of their trigger logits."""

    def __init__(self, bases: Sequence[Base]) -> None:
        super().__init__()
        self.each = nn.ModuleList(bases)

    def forward(self, ids: Tensor, attention: Tensor) -> tuple[Tensor, Tensor]:
        states, tags = zip(*(base(ids, attention) for base in self.each), strict=True)
        return torch.cat(states, -1), torch.stack(tags).mean(0)


class _Readers(nn.Module):
    """Readers side by side, each given its own base's states: the means of their role and class logits."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        super().__init__()
        self.each = nn.ModuleList(readers)

    def forward(
        self, x: Tensor, attention: Tensor, mark: Tensor, kind: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor]:
        states = x.chunk(len(self.each), -1)
        found = (reader(own, attention, mark, kind, features) for reader, own in zip(self.each, states, strict=True))
        roles, classes = zip(*found, strict=True)
        return torch.stack(roles).mean(0), torch.stack(classes).mean(0)


_LAYER_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm2": "output.LayerNorm",
}


def load_bert(base: Base, state: dict[str, Tensor], split: int) -> None:
    """Fill a base from the tensors of a Hugging Face BERT checkpoint (names without a leading ``bert.``)."""
    with torch.no_grad():
        base.words.weight.copy_(state["embeddings.word_embeddings.weight"])
        base.places.weight.copy_(state["embeddings.position_embeddings.weight"])
        base.segment.copy_(state["embeddings.token_type_embeddings.weight"][0])
        base.norm.weight.copy_(state["embeddings.LayerNorm.weight"])
        base.norm.bias.copy_(state["embeddings.LayerNorm.bias"])
        fill_layers(base, state, _LAYER_NAMES)


def fill_layers(base: Base, state: Mapping[str, Tensor], names: Mapping[str, str]) -> None:
    """Fill a base's layers from a checkpoint that calls the parts of each by these names."""
    for index, layer in enumerate([*base.shared, *base.upper]):
        for ours, theirs in names.items():
            module = getattr(layer, ours)
            module.weight.copy_(state[f"encoder.layer.{index}.{theirs}.weight"])
            module.bias.copy_(state[f"encoder.layer.{index}.{theirs}.bias"])
