"""The training loop."""

from __future__ import annotations

import contextlib
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from nongrata.extraction.layout import TOKEN_ROLES, class_slice
from training.items import Item, Pool, Reading
from training.network import Network

CLS, SEP, PAD = 101, 102, 0
_TOKEN_WEIGHT = 6.0
_CHOICES = {
    "actor": ("party", "no_actor"),
    "target": ("party", "no_target"),
    "count": ("count", "count"),
    "time": ("time", "time"),
}
"""For each role that is chosen among candidates, the pool they are in and the class of its special answers."""
_CLASSES = ("factuality", "realis", "background", "scope")


@dataclass(frozen=True)
class Settings:
    """How to train. Steps and rates follow the trials of the learned reader (docs/model-card.md)."""

    epochs: int = 3
    size: int = 20
    rate: float = 6e-5
    head_rate: float = 6e-4
    decay: float = 0.01
    warm_up: float = 0.1
    negatives: int = 1
    false_share: float = 0.4
    averaging: float = 0.985
    seed: int = 0


def precision() -> contextlib.AbstractContextManager[object]:
    """bfloat16 where this processor multiplies it faster than float32, which its flags do not tell."""
    return torch.autocast("cpu", dtype=torch.bfloat16) if _bfloat16_is_quicker() else contextlib.nullcontext()


@cache
def _bfloat16_is_quicker() -> bool:
    """Measured on a product such as a layer takes, each way at its best of three."""
    states, weights = torch.ones(2400, 768), torch.ones(768, 3072)
    return _seconds(states.bfloat16(), weights.bfloat16()) < _seconds(states, weights)


def _seconds(states: Tensor, weights: Tensor) -> float:
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        states @ weights
        taken.append(time.perf_counter() - begun)
    return min(taken)


class Average:
    """The running mean of the weights over the last steps: surer than where the last step happens to stand.

    Polyak and Juditsky 1992, with exponential weights.
    """

    def __init__(self, params: Sequence[tuple[str, Tensor]], keep: float) -> None:
        self._keep = keep
        self._params = params
        self._means = [p.detach().clone() for _, p in params]
        self._steps = 0

    @torch.no_grad()
    def update(self) -> None:
        """Take in the present weights; the first steps are forgotten sooner."""
        self._steps += 1
        keep = min(self._keep, self._steps / (self._steps + 10))
        for mean, (_, param) in zip(self._means, self._params, strict=True):
            mean.lerp_(param, 1 - keep)

    @torch.no_grad()
    def install(self) -> None:
        """Put the means in the weights' place."""
        for mean, (_, param) in zip(self._means, self._params, strict=True):
            param.copy_(mean)


def batches(items: Sequence[Item], size: int, rng: random.Random) -> list[list[int]]:
    """Shuffled batches of units of like length."""
    order = list(range(len(items)))
    rng.shuffle(order)
    found = []
    for start in range(0, len(order), size * 20):
        block = sorted(order[start : start + size * 20], key=lambda i: len(items[i].unit.ids))
        found += [block[b : b + size] for b in range(0, len(block), size)]
    rng.shuffle(found)
    return found


def padded(items: Sequence[Item]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, attention and token features of some units, with [CLS] and [SEP]."""
    width = max(len(item.unit.ids) for item in items) + 2
    ids = torch.full((len(items), width), PAD)
    features = torch.zeros((len(items), width), dtype=torch.long)
    for row, item in enumerate(items):
        n = len(item.unit.ids)
        ids[row, : n + 2] = torch.tensor([CLS, *item.unit.ids, SEP])
        features[row, 1 : n + 1] = torch.tensor(item.features)
    return ids, (ids != PAD).long(), features


def trigger_loss(logits: Tensor, items: Sequence[Item]) -> Tensor:
    """Binary cross-entropy of the type tags, positives weighted twice, averaged over the pieces."""
    gold, known = torch.zeros_like(logits), torch.zeros(logits.shape[:2])
    for row, item in enumerate(items):
        places = slice(1, len(item.unit.ids) + 1)
        gold[row, places] = torch.from_numpy(item.tags)
        known[row, places] = 1
    loss = F.binary_cross_entropy_with_logits(logits, gold, reduction="none", pos_weight=torch.tensor(2.0)).sum(-1)
    return (loss * known).sum() / known.sum()


def choices(tokens: Tensor, special: Tensor, pools: Sequence[Pool]) -> tuple[Tensor, np.ndarray]:
    """Log-probabilities of special answers and candidates (P, S + N), and which candidates stand anywhere (P, N).

    ``tokens`` (P, pieces) are the role's logits with [CLS] first, ``special`` (P, S). A candidate scores the
    log-sum-exp over its places of the mean of their tokens.
    """
    n, width = tokens.shape
    places = max(1, *(len(p.weights) for p in pools))
    candidates = max(1, *(len(p.slots) for p in pools))
    depth = max(p.slots.shape[1] for p in pools)
    weights = np.zeros((n, places, width), np.float32)
    slots = np.full((n, candidates, depth), -1, np.int64)
    for at, pool in enumerate(pools):
        weights[at, : len(pool.weights), 1 : pool.weights.shape[1] + 1] = pool.weights
        slots[at, : pool.slots.shape[0], : pool.slots.shape[1]] = pool.slots
    scores = torch.bmm(torch.from_numpy(weights), tokens.unsqueeze(-1)).squeeze(-1)
    index = torch.from_numpy(slots)
    picked = torch.gather(scores, 1, index.clamp(min=0).flatten(1)).view(index.shape).masked_fill(index < 0, -1e4)
    return torch.cat([special, picked.logsumexp(-1)], 1).log_softmax(-1), slots.max(-1) >= 0


def equal_shares(gold: Sequence[Sequence[int] | None], standing: np.ndarray, specials: int) -> Tensor:
    """Equal shares of the right answers of each row; a row of noughts where they are not known or stand nowhere."""
    shares = np.zeros((len(gold), specials + standing.shape[1]), np.float32)
    for at, right in enumerate(gold):
        kept = [r for r in right or () if r < specials or standing[at, r - specials]]
        shares[at, kept] = 1 / max(1, len(kept))
    return torch.from_numpy(shares)


def reading_loss(roles: Tensor, classes: Tensor, pairs: Sequence[tuple[Item, Reading]]) -> Tensor:
    """The loss of some marked triggers: is it a claim, and for claims everything that is read off them."""
    valid = torch.tensor([float(reading.valid) for _, reading in pairs])
    odds = classes[:, class_slice("valid")][:, 0]
    loss = F.binary_cross_entropy_with_logits(odds, valid, reduction="sum")
    rows = [at for at, (_, reading) in enumerate(pairs) if reading.valid]
    if rows:
        loss = loss + claim_loss(roles[rows], classes[rows], [pairs[at] for at in rows]).sum()
    return loss / len(pairs)


def claim_loss(roles: Tensor, classes: Tensor, pairs: Sequence[tuple[Item, Reading]]) -> Tensor:
    """The loss of what claims say, each on its own (P,)."""
    loss = torch.zeros(len(pairs))
    golds: dict[str, list[Sequence[int] | None]] = {
        "actor": [None if r.actors is None else [a + 1 for a in r.actors] or [0] for _, r in pairs],
        "target": [None if r.targets is None else [t + 1 for t in r.targets] or [0] for _, r in pairs],
        "count": [r.count for _, r in pairs],
        "time": [r.time for _, r in pairs],
    }
    for role, (pool, special) in _CHOICES.items():
        tokens, answers = roles[:, :, TOKEN_ROLES.index(role)], classes[:, class_slice(special)]
        found, standing = choices(tokens, answers, [item.pools[pool] for item, _ in pairs])
        loss = loss - (equal_shares(golds[role], standing, answers.shape[1]) * found).sum(-1)
    voice = roles[:, :, TOKEN_ROLES.index("voice")]
    loss = loss + _token_loss(voice, [r.voice if r.voice is not None else np.zeros(0) for _, r in pairs], 2.0)
    for name in _CLASSES:
        gold = torch.tensor([reading.classes[name] for _, reading in pairs])
        loss = loss + 0.5 * F.cross_entropy(classes[:, class_slice(name)], gold, reduction="none")
    return loss


def _token_loss(logits: Tensor, golds: Sequence[np.ndarray], positive: float) -> Tensor:
    """Binary cross-entropy over a unit's pieces, averaged over the unit, each on its own (P,)."""
    gold, mask = np.zeros(logits.shape, np.float32), np.zeros(logits.shape, np.float32)
    for at, labels in enumerate(golds):
        gold[at, 1 : len(labels) + 1] = labels
        mask[at, 1 : len(labels) + 1] = _TOKEN_WEIGHT / max(1, len(labels))
    loss = F.binary_cross_entropy_with_logits(
        logits, torch.from_numpy(gold), reduction="none", pos_weight=torch.tensor(positive)
    )
    return (loss * torch.from_numpy(mask)).sum(-1)


def chosen(item: Item, tags: np.ndarray, rng: random.Random, settings: Settings) -> list[Reading]:
    """An item's readings and some negatives: stems that tell of nothing, and what the tagger now falsely finds."""
    negatives = list(item.negatives)
    rng.shuffle(negatives)
    found = [*item.readings, *negatives[: settings.negatives]]
    rows, kinds = np.nonzero((tags[1 : len(item.unit.ids) + 1] > -1.4) & (item.tags < 0.5))
    false = [(int(t), int(k)) for t, k in zip(rows, kinds, strict=True)]
    taken = {(t, r.kind) for r in item.readings for t in r.tokens}
    false = [(t, k) for t, k in false if not {(t + d, k) for d in range(-4, 5)} & taken]
    if false and rng.random() < settings.false_share:
        token, kind = rng.choice(false)
        found.append(Reading(kind, [token]))
    return found


def train(network: Network, versions: Sequence[Sequence[Item]], settings: Settings, log: bool = True) -> Network:
    """Train on ``versions`` of the same items (each with other stand-ins), one version an epoch in turn."""
    rng = random.Random(settings.seed)
    torch.manual_seed(settings.seed)
    steps = sum(math.ceil(len(versions[e % len(versions)]) / settings.size) for e in range(settings.epochs))
    heads = ("tag.", "role.", "classes.", "kinds.", "features.", "reader.norm.")
    params = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    is_head = {n: any(h in n for h in heads) for n, _ in params}
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for n, p in params if not is_head[n]], "lr": settings.rate},
            {"params": [p for n, p in params if is_head[n]], "lr": settings.head_rate},
        ],
        weight_decay=settings.decay,
    )
    average = Average(params, settings.averaging)
    warm = max(1, int(settings.warm_up * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min((s + 1) / warm, max(0.0, (steps - s) / max(1, steps - warm)))
    )
    network.train()
    started = time.time()
    for epoch in range(settings.epochs):
        items = versions[epoch % len(versions)]
        sums = np.zeros(2)
        for batch in batches(items, settings.size, rng):
            losses = _step(network, [items[i] for i in batch], rng, settings)
            optimiser.zero_grad(set_to_none=True)
            (losses[0] + losses[1]).backward()
            torch.nn.utils.clip_grad_norm_([p for _, p in params], 1.0)
            optimiser.step()
            schedule.step()
            average.update()
            sums += [float(losses[0].detach()), float(losses[1].detach())]
        if log:
            mean = sums * settings.size / len(items)
            print(
                f"epoch {epoch + 1}: triggers {mean[0]:.3f} readings {mean[1]:.3f} {time.time() - started:.0f} s",
                flush=True,
            )
    average.install()
    return network.eval()


def marked(pairs: Sequence[tuple[int, Reading]], width: int) -> tuple[Tensor, Tensor, Tensor]:
    """Readings of the units in some rows of a batch: the rows, the marks of their triggers (P, width), their types."""
    mark = torch.zeros((len(pairs), width))
    for at, (_, reading) in enumerate(pairs):
        mark[at, [t + 1 for t in reading.tokens]] = 1
    return torch.tensor([row for row, _ in pairs]), mark, torch.tensor([reading.kind for _, reading in pairs])


def _step(network: Network, batch: Sequence[Item], rng: random.Random, settings: Settings) -> tuple[Tensor, Tensor]:
    ids, attention, features = padded(batch)
    with precision():
        hidden, tags = network.base(ids, attention)
    tags = tags.float()
    first = 3 * trigger_loss(tags, batch)
    pairs = [
        (row, item, reading)
        for row, item in enumerate(batch)
        for reading in chosen(item, tags[row].detach().numpy(), rng, settings)
    ]
    if not pairs:
        return first, first * 0
    rows, mark, kinds = marked([(row, reading) for row, _, reading in pairs], ids.shape[1])
    with precision():
        roles, classes = network.reader(hidden[rows], attention[rows], mark, kinds, features[rows])
    roles, classes = roles.float(), classes.float()
    return first, reading_loss(roles, classes, [(item, reading) for _, item, reading in pairs])
