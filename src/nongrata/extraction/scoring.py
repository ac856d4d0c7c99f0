"""The trained model at work: units in, scored triggers and their roles out."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from nongrata.extraction.layout import TOKEN_ROLES, TYPES, class_slice
from nongrata.extraction.units import Unit, token_kinds
from nongrata.language.gate import gate
from nongrata.model import Span

Floats = NDArray[np.float32]

CLS, SEP, PAD = 101, 102, 0
_LOW = 0.1
_GAP = 3
_BATCH_TOKENS = 256
"""More would not fit the processor's cache: 1024 take a quarter longer."""


class Model(Protocol):
    """Two functions over padded batches; run by ONNX Runtime when reading, by torch when training.

    Shapes: B units, N word pieces, T types, R token roles, C class logits, P marked triggers.
    """

    def base(self, ids: NDArray[np.int64], attention: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """(B, N) ids → hidden states (B, N, H) and trigger logits (B, N, T)."""
        ...

    def read(
        self,
        hidden: Floats,
        attention: NDArray[np.int64],
        mark: Floats,
        kind: NDArray[np.int64],
        features: NDArray[np.int64],
    ) -> tuple[Floats, Floats]:
        """(P, N, H) states with marked triggers (P, N) of types (P) → role logits (P, N, R), class logits (P, C)."""
        ...


@dataclass(frozen=True, slots=True)
class Scored:
    """A possible claim before anything is decided: a trigger with the model's scores.

    ``tokens`` index the unit's pieces. ``found`` and ``valid`` are the probabilities of the tagger and of the reader
    that this is a claim of this type. ``parties`` gives log-probabilities of shape (1 + parties,) for actor and
    target, with "unsaid" first; ``count`` and ``time`` those of (3 specials + candidates,). ``roles`` are the role
    logits of each piece. ``structural`` is True for what no network saw: a type of a user's own, read by the grammar
    of the sentence (:mod:`nongrata.extraction.own_types`).
    """

    unit: Unit
    type: str
    tokens: tuple[int, ...]
    found: float
    valid: float
    actor: Floats
    target: Floats
    count: Floats
    time: Floats
    roles: Floats
    classes: Floats
    structural: bool = False

    @property
    def trigger(self) -> Span:
        """The characters of the trigger."""
        return self.unit.span_of(self.tokens)

    @property
    def odds(self) -> tuple[float, float]:
        """The log-odds of ``found`` and ``valid``."""
        return log_odds(self.found), log_odds(self.valid)

    def probabilities(self, name: str) -> Floats:
        """The softmax of a class's logits."""
        return np.exp(log_softmax(self.classes[class_slice(name)]))

    def pieces(self, role: str) -> Floats:
        """For each word piece the probability that it has a role ("voice")."""
        return np.asarray(sigmoid(self.roles[:, TOKEN_ROLES.index(role)]), np.float32)


def sigmoid(x: Floats | np.float32) -> Floats:
    """The logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(x, -30.0, 30.0))), np.float32)


def log_odds(p: float) -> float:
    """The log-odds of a probability, kept short of 0 and 1."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def log_softmax(x: Floats) -> Floats:
    """Log-probabilities of a vector of logits."""
    shifted = x - x.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)


def score(
    model: Model, units: Sequence[Unit], worth: Callable[[Unit, str, float], bool] | None = None
) -> list[list[Scored]]:
    """The possible claims of each unit, in the order given.

    ``worth`` is asked whether a trigger of a unit, with its type and the tagger's probability, is worth reading.
    """
    found: list[list[Scored]] = [[] for _ in units]
    for batch in _batches(units):
        some = [units[i] for i in batch]
        ids, attention, features = _padded(some)
        hidden, logits = model.base(ids, attention)
        marked = [
            (row, kind, tokens, p)
            for row, unit in enumerate(some)
            for kind, tokens, p in _triggers(unit, sigmoid(logits[row, 1 : len(unit.ids) + 1]))
            if worth is None or worth(unit, TYPES[kind], p)
        ]
        if not marked:
            continue
        rows = np.array([row for row, *_ in marked])
        mark = np.zeros((len(marked), ids.shape[1]), np.float32)
        for at, (_, _, tokens, _) in enumerate(marked):
            mark[at, [t + 1 for t in tokens]] = 1
        kinds = np.array([kind for _, kind, _, _ in marked], np.int64)
        roles, classes = model.read(hidden[rows], attention[rows], mark, kinds, features[rows])
        for at, (row, kind, tokens, p) in enumerate(marked):
            unit = some[row]
            found[batch[row]].append(_scored(unit, kind, tokens, p, roles[at, 1 : len(unit.ids) + 1], classes[at]))
    return found


def score_marked(model: Model, unit: Unit, kind: str, tokens: Sequence[int]) -> Scored:
    """What the reader reads off one trigger that is given to it, whatever the tagger thinks (for measuring)."""
    ids, attention, features = _padded([unit])
    hidden, _ = model.base(ids, attention)
    mark = np.zeros((1, ids.shape[1]), np.float32)
    mark[0, [t + 1 for t in tokens]] = 1
    index = TYPES.index(kind)
    roles, classes = model.read(hidden, attention, mark, np.array([index], np.int64), features)
    return _scored(unit, index, tuple(tokens), 1.0, roles[0, 1 : len(unit.ids) + 1], classes[0])


def _triggers(unit: Unit, probabilities: Floats) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """The triggers of a unit, each act of one that tells two apart."""
    for kind, run, _ in triggers(probabilities, _sentences(unit)):
        for tokens in acts(unit, TYPES[kind], run):
            yield kind, tokens, float(probabilities[list(tokens), kind].max())


_ANSWERS = re.compile(
    r"(?P<stops>[,;])|\b(?:after|while|because(?!\s+of)|following|in\s+(?:response|reply|return|retaliation)\s+(?:to|for)|to\s+reciprocate"
    r"|(?P<joins>and|but|then))\b",
    re.IGNORECASE,
)
"""Between two acts of one type, the second of which is another's ("expels two after Sund ordered three out").

What ``stops`` or ``joins`` does so only before a party that is in no list ("Norra expels two envoys and Sund three").
"""
_THE = re.compile(r"\s+(?:the\s+)?", re.IGNORECASE)


def acts(unit: Unit, kind: str, tokens: tuple[int, ...]) -> list[tuple[int, ...]]:
    """A trigger cut where it goes on to the act that it answers: both sides have a word of the type."""
    trigger = unit.span_of(tokens)
    text, sentence = unit.report.text, unit.sentence_of(trigger)
    hits = [sentence.begin + hit.span.begin for hit in gate().hits(sentence.of(text)) if kind in hit.types]
    states = [span for party in unit.parties if party.known for span in party.spans]
    for cut in _ANSWERS.finditer(text, trigger.begin, trigger.end):
        if (cut["joins"] or cut["stops"]) and not _is_next(text, states, Span(cut.start(), cut.end())):
            continue
        sides = [any(a <= h < b for h in hits) for a, b in ((trigger.begin, cut.start()), (cut.end(), trigger.end))]
        first = tuple(t for t in tokens if unit.offsets[t][1] <= cut.start())
        second = tuple(t for t in tokens if unit.offsets[t][0] >= cut.end())
        if all(sides) and first and second:
            return [first, *acts(unit, kind, second)]
    return [tokens]


def _is_next(text: str, states: Sequence[Span], word: Span) -> bool:
    """True for a party right after a word and none right before it."""
    gap = _THE.match(text, word.end)
    before = len(text[: word.begin].rstrip(" ,"))
    return gap is not None and any(s.begin == gap.end() for s in states) and all(s.end != before for s in states)


def triggers(probabilities: Floats, sentences: Sequence[int]) -> Iterator[tuple[int, tuple[int, ...], float]]:
    """Runs of pieces that may be triggers: (type index, pieces, best probability).

    Close runs of one type are one, but for those of two sentences; ``sentences`` gives the number of each piece's.
    """
    for kind in range(probabilities.shape[1]):
        run: list[int] = []
        for token in map(int, np.flatnonzero(probabilities[:, kind] > _LOW)):
            if run and (token - run[-1] > _GAP or sentences[token] != sentences[run[-1]]):
                yield kind, tuple(run), float(probabilities[run, kind].max())
                run = []
            run.append(token)
        if run:
            yield kind, tuple(run), float(probabilities[run, kind].max())


def _sentences(unit: Unit) -> list[int]:
    """For each word piece the number of its sentence."""
    return [unit.sentence_at(begin) for begin, _ in unit.offsets]


def _batches(units: Sequence[Unit]) -> Iterator[list[int]]:
    """Indices of units of like length, so that little is padded."""
    order = sorted(range(len(units)), key=lambda i: len(units[i].ids))
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * (len(units[index].ids) + 2) > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _padded(units: Sequence[Unit]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    width = max(len(unit.ids) for unit in units) + 2
    ids = np.full((len(units), width), PAD, np.int64)
    features = np.zeros((len(units), width), np.int64)
    for row, unit in enumerate(units):
        n = len(unit.ids)
        ids[row, : n + 2] = [CLS, *unit.ids, SEP]
        features[row, 1 : n + 1] = token_kinds(unit)
    return ids, (ids != PAD).astype(np.int64), features


def _scored(unit: Unit, kind: int, tokens: tuple[int, ...], found: float, roles: Floats, classes: Floats) -> Scored:
    role = {name: roles[:, at] for at, name in enumerate(TOKEN_ROLES)}
    parties = [[unit.tokens(span) for span in party.spans] for party in unit.parties]
    quantities = [[unit.tokens(q.span)] for q in unit.quantities]
    times = [[unit.tokens(t.span)] for t in unit.times]
    return Scored(
        unit=unit,
        type=TYPES[kind],
        tokens=tokens,
        found=found,
        valid=float(sigmoid(classes[class_slice("valid")][0])),
        actor=_choice(classes[class_slice("no_actor")], role["actor"], parties),
        target=_choice(classes[class_slice("no_target")], role["target"], parties),
        count=_choice(classes[class_slice("count")], role["count"], quantities),
        time=_choice(classes[class_slice("time")], role["time"], times),
        roles=roles,
        classes=classes,
    )


def _choice(special: Floats, tokens: Floats, candidates: Sequence[Sequence[Sequence[int]]]) -> Floats:
    """Log-probabilities over the special answers and the candidates (log-sum-exp over a candidate's places)."""
    scores = [*special]
    for places in candidates:
        means = np.array([tokens[list(place)].mean() for place in places if place], np.float32)
        scores.append(float(np.logaddexp.reduce(means)) if means.size else -1e4)
    return log_softmax(np.array(scores, np.float32))
