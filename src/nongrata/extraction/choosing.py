"""Who did it to whom: the network's scores weighed with the shape of the sentence, and claims weighed with each other.

Three kinds of evidence meet. The network scores every candidate; :mod:`nongrata.extraction.structure` names the shapes
that a candidate stands in, each worth what ``weights/evidence.json`` says; and a measure and the act that it answers
speak of the same two parties turned round (Norra expels Sund's diplomats for spying: Sund spied on Norra). Lists are
kept whole, and what nothing speaks for is left unsaid.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from nongrata.extraction.lists import companions, party_lists
from nongrata.extraction.parties import Party
from nongrata.extraction.scoring import Floats, Scored, log_softmax
from nongrata.extraction.structure import SHAPES, shapes
from nongrata.extraction.victims import victim
from nongrata.language.names import MentionKind
from nongrata.model import Span

_MUTUAL = re.compile(r"\b(?:each|one an)\s*other(?:['’]s)?\b|\bthe other['’]s\b", re.IGNORECASE)
"""What two parties named together do to each other."""
BETWEEN_STATES = frozenset({"expulsion", "protest"})
"""Measures that two states named together take against each other ("Norra and Sund recall their envoys")."""
OTHER_CLAUSE = re.compile(r"[,;]|\b(?:while|after|and|but|when|as|because)\b")
"""Where what is told goes on to something else."""
_BETWEEN = re.compile(r"\bbetween\b", re.IGNORECASE)
_LISTED = -2.5
_FLOOR = -8.0
"""Log-probabilities below this are equally unlikely."""
_BEST = 5
"""How many answers a side are weighed against each other."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Log-probabilities of actor and target, "unsaid" first, then the unit's parties in order."""

    scored: Scored
    actor: Floats
    target: Floats


@dataclass(frozen=True, slots=True)
class Choice:
    """The parties chosen for one trigger; empty where the text leaves a side unsaid."""

    actors: tuple[Party, ...]
    targets: tuple[Party, ...]


def weighed(scored: Scored) -> Sides:
    """The network's scores with the weight of each candidate's shapes; where no network was, the scores as they are."""
    if scored.structural:
        return Sides(scored, scored.actor, scored.target)
    sides = []
    standing = shapes(scored.unit, scored.type, scored.tokens)
    for side in ("actor", "target"):
        weights = _evidence()[side]
        names = ("network", "unsaid", "unsaid_in_article", *SHAPES)
        table = table_of(scored, side, standing)
        score = table @ np.array([weights[name] for name in names]) + _by_codebook(scored, side, table)
        sides.append(log_softmax(np.asarray(score, np.float32)))
    return Sides(scored, *sides)


_PUBLIC = frozenset(
    {
        *(("expulsion", side) for side in ("actor", "target")),
        *(("protest", side) for side in ("actor", "target")),
        ("legal_action", "actor"),
        ("sanction", "actor"),
        ("espionage", "actor"),
        ("disinformation", "target"),
    }
)
"""Sides that the codebook gives to states and bodies; hardly one in a hundred labelled ones is another name."""
_OF_STATES = frozenset(
    {(kind, side) for kind in ("expulsion", "protest", "legal_action") for side in ("actor", "target")}
)
"""Sides that the codebook gives to states: an agency that acts or is meant there stands for its own."""
_NO_STATE = -6.0
_POSTED = 2.5


def _by_codebook(scored: Scored, side: str, table: np.ndarray) -> np.ndarray:
    """What the codebook says for or against each candidate.

    Where a side belongs to states and bodies it is hardly a person's name; and the host who expels is whom an envoy is
    posted to ("Norra's ambassador to Sund was told to leave": by Sund).
    """
    found = np.zeros(len(table))
    if (scored.type, side) in _PUBLIC:
        found[1:] += [0.0 if party.known else _NO_STATE for party in scored.unit.parties]
    if scored.type == "expulsion":
        found += table[:, 3 + SHAPES.index("posted_to")] * (_POSTED if side == "actor" else -_POSTED)
    return found


def table_of(scored: Scored, side: str, standing: Sequence[Mapping[str, float]]) -> np.ndarray:
    """The evidence of each candidate as a row, "unsaid" first: the network's score, whether unsaid, then its shapes.

    ``standing`` are the :func:`nongrata.extraction.structure.shapes` of the parties, the same for both sides.
    """
    network: Floats = getattr(scored, side)
    table = np.zeros((len(network), 3 + len(SHAPES)))
    table[:, 0] = np.maximum(network, _FLOOR)
    table[0, 1:3] = 1.0, 0.0 if scored.unit.alone else 1.0
    for row, found in enumerate(standing, 1):
        table[row, 3:] = [found.get(name, 0.0) for name in SHAPES]
    return table


@cache
def _evidence() -> Mapping[str, Mapping[str, float]]:
    raw = files("nongrata.extraction").joinpath("weights", "evidence.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, float]] = json.loads(raw)
    return loaded


def choose(scored: Sequence[Scored]) -> list[Choice]:
    """The parties of each trigger of a report, those of a measure and of the act it answers chosen together."""
    sides = [weighed(one) for one in scored]
    best = [_best_pair(one) for one in sides]
    answers = _answers(scored)
    for measure, act in answers:
        best[measure], best[act] = _together(sides[measure], sides[act])
    choices = [_choice(one, *pair) for one, pair in zip(sides, best, strict=True)]
    for measure, act in answers:
        # A security service that catches spies was not spied on itself: its state was.
        by = choices[measure].actors
        suffered = tuple(_as_state(party) if party in by else party for party in choices[act].targets)
        choices[act] = replace(choices[act], targets=suffered)
    return choices


def _best_pair(sides: Sides) -> tuple[int, int]:
    """The likeliest actor and target that are not one party twice."""
    joint = _joint(sides)
    actor, target = np.unravel_index(int(joint.argmax()), joint.shape)
    return int(actor), int(target)


def _joint(sides: Sides) -> Floats:
    """Log-probabilities of every actor with every target: no party twice, and hardly two that are named as one side."""
    joint = sides.actor[:, None] + sides.target[None, :]
    same = np.arange(1, len(sides.actor))
    joint[same, same] = -np.inf
    for one, other in _on_one_side(sides.scored):
        joint[one + 1, other + 1] += _LISTED
    return joint


def is_mutual(scored: Scored) -> bool:
    """True when the trigger's clause says that two do it to "each other"."""
    unit, trigger = scored.unit, scored.trigger
    text, sentence = unit.report.text, unit.sentences[_sentence(scored)]
    for word in _MUTUAL.finditer(text, sentence.begin, sentence.end):
        between = text[min(word.end(), trigger.end) : max(word.start(), trigger.begin)]
        if not OTHER_CLAUSE.search(between):
            return True
    return False


def _on_one_side(scored: Scored) -> list[tuple[int, int]]:
    """Parties of one list in a trigger's sentence ("for Norra and Sund"), unless it says what they do to each other."""
    unit = scored.unit
    sentence = unit.sentences[_sentence(scored)]
    if scored.type in BETWEEN_STATES or is_mutual(scored) or _BETWEEN.search(sentence.of(unit.report.text)):
        return []
    lists = [one for one in party_lists(unit) if sentence.covers(one.span)]
    return [pair for one in lists for pair in itertools.permutations(one.members, 2)]


def _answers(scored: Sequence[Scored]) -> list[tuple[int, int]]:
    """Which measure answers which act: the nearest of its sentence, or of the whole where there is but one of each."""
    found = []
    acts = [i for i, one in enumerate(scored) if one.type in _BONUS_ACTS]
    for act in acts:
        near = [
            i
            for i, one in enumerate(scored)
            if one.type in _BONUS and one.unit is scored[act].unit and _sentence(one) == _sentence(scored[act])
        ]
        if near:
            found.append((min(near, key=lambda i: abs(scored[i].tokens[0] - scored[act].tokens[0])), act))
    return found


def _sentence(scored: Scored) -> int:
    return scored.unit.sentence_at(scored.trigger.begin)


_BONUS_ACTS = frozenset({"espionage", "cyberattack", "sabotage", "assault", "disinformation"})
_BONUS: Mapping[str, tuple[float, float]] = {
    "expulsion": (2.0, 2.0),
    "legal_action": (2.0, 2.0),
    "protest": (1.0, 1.0),
    "sanction": (1.0, 0.0),
}
"""For each measure what it is worth that its target did the act, and that the act was done to its actor."""
_PLACED = frozenset({"espionage"})
"""Acts that are done to the state that answers them; the others may have hurt anybody."""


def _together(measure: Sides, act: Sides) -> tuple[tuple[int, int], tuple[int, int]]:
    """The likeliest pairs of a measure and of the act that it answers."""
    to_doer, to_victim = _BONUS[measure.scored.type]
    if act.scored.type not in _PLACED:
        to_victim = 0.0
    parties = measure.scored.unit.parties
    best, found = -np.inf, (_best_pair(measure), _best_pair(act))
    of_measure, of_act = _joint(measure), _joint(act)
    for m, a in itertools.product(_likely(of_measure), _likely(of_act)):
        value = float(of_measure[m] + of_act[a])
        value += to_doer * _linked(parties, m[1], a[0]) + to_victim * _linked(parties, a[1], m[0])
        if measure.scored.type == "legal_action" and a[0] and not m[1]:
            value -= to_doer
        if value > best:
            best, found = value, (m, a)
    return found


def _likely(joint: Floats) -> list[tuple[int, int]]:
    """The likeliest pairs of actor and target."""
    order = np.argsort(joint, axis=None)[::-1][: _BEST * _BEST]
    pairs = [np.unravel_index(int(i), joint.shape) for i in order]
    return [(int(a), int(t)) for a, t in pairs if np.isfinite(joint[a, t])]


def _linked(parties: Sequence[Party], one: int, other: int) -> bool:
    """True for one party, or a body and its state; indices count "unsaid" as 0."""
    if not one or not other:
        return False
    a, b = parties[one - 1], parties[other - 1]
    return a is b or a.name == b.state or b.name == a.state


def _choice(sides: Sides, actor: int, target: int) -> Choice:
    scored = sides.scored
    parties = scored.unit.parties
    sentence = scored.unit.sentences[_sentence(scored)]
    actors = _with_list(scored, actor, sentence, {target})
    targets = _with_list(scored, target, sentence, {i + 1 for i in actors} | {actor})
    return Choice(
        tuple(parties[i] for i in actors),
        tuple(victim(scored, parties[i]) for i in targets),
    )


def as_states(kind: str, side: str, chosen: Sequence[Party]) -> tuple[Party, ...]:
    """The parties of a side, each agency turned into its state where the side belongs to states."""
    if (kind, side) not in _OF_STATES:
        return tuple(chosen)
    return tuple({party.name: party for party in map(_as_state, chosen)}.values())


def _as_state(party: Party) -> Party:
    """An agency as its state; any other party as it is."""
    if party.kind != MentionKind.AGENCY or not party.state:
        return party
    return replace(party, name=party.state, kind=MentionKind.STATE)


def _with_list(scored: Scored, best: int, sentence: Span, barred: set[int]) -> list[int]:
    """The indices of a party and of those it is listed with, without those barred (which count "unsaid" as 0)."""
    if not best:
        return []
    others = companions(scored.unit, best - 1, sentence)
    return sorted({best - 1, *(i for i in others if i + 1 not in barred)})
