"""Parties and how two of them agree: the same, kin through a hierarchy, open, or a clash."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz.fuzz import ratio

from nongrata.vocabulary.bodies import Body, bodies, members
from nongrata.vocabulary.states import states

ALIKE = 87
"""Likeness of two spellings of a name (rapidfuzz, 0 to 100) from which they count as one."""
_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    {"the", "of", "and", "for", "in", "to", "a", "an", "de", "la", "le", "von", "van", "der", "al", "bin"}
)


class Agreement(StrEnum):
    """How two parties agree, from best to worst."""

    SAME = "same"
    KIN = "kin"
    OPEN = "open"
    MEMBER = "member"
    RIVAL = "rival"
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts or is acted on, as far as it can be placed.

    ``kind`` is "none" (unsaid), "state", "body" (EU, NATO), "agency", "group" (any other name), "unit" (of an agency)
    or "description" ("Russian hackers": words, no name). ``state`` is the state it is or belongs to, ``tokens`` the
    words of its name.
    """

    kind: str
    name: str | None = None
    state: str | None = None
    tokens: frozenset[str] = frozenset()

    @property
    def side(self) -> str | None:
        """The key under which it is looked up: its state or, for a body, its name; None when neither is known."""
        return self.name if self.kind == "body" else self.state

    @property
    def depth(self) -> int:
        """How specific it is: 0 unsaid, 1 described, 2 a state or body, 3 a named agency, group or person, 4 a unit."""
        return {"none": 0, "description": 1, "state": 2, "body": 2, "unit": 4}.get(self.kind, 3)


NOBODY = Party("none")


def fold(name: str) -> str:
    """Lower case without accents or punctuation."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain.casefold()))


@cache
def _bodies() -> dict[str, Body]:
    """Folded alias → body."""
    out: dict[str, Body] = {}
    for body in bodies().values():
        for alias in (body.name, *body.aliases):
            out.setdefault(fold(alias), body)
    return out


@cache
def _states() -> dict[str, str]:
    """Folded name, capital or metonym of a state → its code."""
    out: dict[str, str] = {}
    for state in states().values():
        for name in (state.name, *state.other_names, *state.capitals, *state.government):
            out.setdefault(fold(name), state.code)
    return out


@cache
def _demonyms() -> dict[str, str]:
    """Folded adjective or demonym → code; single words only."""
    out: dict[str, str] = {}
    for state in states().values():
        for word in (*state.adjectives, *state.people):
            out.setdefault(fold(word), state.code)
    return out


@cache
def members_of(body: str) -> frozenset[str]:
    """The states that are or were members of a body; empty for one that has none on file."""
    return members(body)


def in_gazetteer(name: str) -> bool:
    """True for a body, agency or group of the vocabulary."""
    return fold(name) in _bodies()


def state_of(name: str) -> str | None:
    """The state that a name, capital or government word stands for, or None."""
    return name if name in states() else _states().get(fold(name))


def state_in(text: str) -> str | None:
    """The state of the first demonym in a description ("pro-Russian hackers" → RU), or None."""
    for word in fold(text).split():
        if word in _demonyms():
            return _demonyms()[word]
    return None


@lru_cache(maxsize=65536)
def party(name: str | None, state: str | None = None) -> Party:
    """Place a party by its name and by the state that the claim gives for it."""
    if not name:
        return Party("description", None, state) if state else NOBODY
    if name in states():
        return Party("state", name, name, frozenset({name}))
    folded = fold(name)
    known = _bodies().get(folded)
    if known:
        return _on_file(name, folded, known, state)
    code = _states().get(folded)
    if code:
        return Party("state", code, code, frozenset({code}))
    tokens = frozenset(folded.split()) - _SMALL
    if _is_description(name):
        return Party("description", name, state or state_in(name), tokens)
    return Party("group", name, state or state_in(name), tokens)


def _on_file(name: str, folded: str, body: Body, state: str | None) -> Party:
    """A body of the vocabulary. A numbered unit ("Unit 29155" of the GRU) keeps its number beside its service."""
    if body.kind == "body":
        return Party("body", body.name, state or body.state, frozenset(folded.split()))
    unit = any(c.isdigit() for c in folded) and not any(c.isdigit() for c in body.name)
    shown = f"{body.name} {name}" if unit and fold(body.name) not in folded.split() else name
    return Party("unit" if unit else body.kind, shown, state or body.state, frozenset(fold(shown).split()))


def _is_description(name: str) -> bool:
    """True for words that describe and do not name: some word of theirs is a common noun in lower case."""
    words = [w for w in re.findall(r"[^\W\d_]+", name) if w.casefold() not in _SMALL and len(w) > 2]
    return any(word[0].islower() for word in words)


def agree(a: Party, b: Party) -> Agreement:
    """How two parties agree. Symmetric.

    GRU and RU are kin; an unsaid party is open to any; EU and DE are member and body; two groups of one state are
    rivals (they may be one under two names); two states clash.
    """
    return _agree(a, b)


@lru_cache(maxsize=65536)
def _agree(a: Party, b: Party) -> Agreement:
    if a.kind == "none" or b.kind == "none":
        return Agreement.OPEN
    if a.kind == b.kind and a.kind in ("state", "body"):
        return Agreement.SAME if a.name == b.name else Agreement.CLASH
    if "body" in (a.kind, b.kind):
        return _with_body(a, b) if a.kind == "body" else _with_body(b, a)
    if a.state and b.state and a.state != b.state:
        return Agreement.CLASH
    if a.depth >= 3 and b.depth >= 3:
        return _named(a, b)
    if a.state and b.state:
        return Agreement.KIN
    return Agreement.OPEN


def _with_body(body: Party, other: Party) -> Agreement:
    if other.side is None:
        return Agreement.OPEN
    return Agreement.MEMBER if other.side in members_of(body.name or "") else Agreement.CLASH


def _named(a: Party, b: Party) -> Agreement:
    if a.tokens <= b.tokens or b.tokens <= a.tokens or _similar(a, b):
        return Agreement.SAME
    if a.state and a.state == b.state:
        known_a, known_b = _bodies().get(fold(a.name or "")), _bodies().get(fold(b.name or ""))
        if known_a and known_a is known_b:
            return Agreement.SAME
        return Agreement.RIVAL
    return Agreement.CLASH


def _similar(a: Party, b: Party) -> bool:
    x, y = fold(a.name or "").replace(" ", ""), fold(b.name or "").replace(" ", "")
    if x and y and (x.startswith(y) or y.startswith(x)) and min(len(x), len(y)) >= 4:
        return True
    return ratio(x, y) >= ALIKE
