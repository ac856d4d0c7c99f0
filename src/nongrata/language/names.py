"""States, bodies, agencies, groups and leaders that a text names, in one pass over the gazetteer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from ahocorasick_rs import AhoCorasick

from nongrata.model import Span
from nongrata.vocabulary.bodies import bodies
from nongrata.vocabulary.leaders import Leader, leaders
from nongrata.vocabulary.states import State, states
from nongrata.vocabulary.tables import read_text
from nongrata.vocabulary.words import word_set


class MentionKind(StrEnum):
    """What kind of word stands for the state or body."""

    STATE = "state"
    DEMONYM = "demonym"
    PEOPLE = "people"
    CAPITAL = "capital"
    GOVERNMENT = "government"
    LEADER = "leader"
    BODY = "body"
    AGENCY = "agency"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names a state or a body.

    ``code`` is the ISO alpha-2 code of a state, or the usual short name of a body, agency or group; a leader has the
    code of the state or body spoken for. ``state`` is the state behind it (GRU: RU), None for bodies of several
    states. The span leaves out a possessive ending; ``text`` is what it covers.
    """

    span: Span
    code: str
    kind: MentionKind
    text: str
    state: str | None


@dataclass(frozen=True, slots=True)
class _Sense:
    code: str
    kind: MentionKind
    state: str | None
    leader: Leader | None = None
    weak: bool = False


_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "\u00a0": " ", "\n": " ", "\t": " "})
_HEADLINE_MIN = 4
"""Names this long are also found in capitals ("RUSSIA"); shorter ones would collide with acronyms."""
_OPPOSED = ("anti-", "non-", "ex-", "post-", "afro-", "un-")
_LANGUAGE_USE = ("-speaking", "-language", "-style", "-born")


def find_mentions(text: str, published: date | None = None) -> list[Mention]:
    """The states, bodies, agencies, groups and leaders that ``text`` names, in order and without overlap.

    The longest name wins ("South Korea" over "Korea"); a name inside a longer phrase that is something else ("South
    China Sea", "Washington Post") is none. With a day of publication, leaders count only while in office.
    "anti-Russian" is no mention of Russia; "pro-Russian" is one, and its prefix stands before the span.
    """
    plain = text.translate(_APOSTROPHES)
    table = _table()
    kept: list[tuple[int, int, tuple[_Sense, ...]]] = []
    at = 0
    for begin, end, index in sorted(_whole_words(plain, table), key=lambda hit: (hit[0], -hit[1])):
        if begin >= at:
            kept.append((begin, end, table.senses[index]))
            at = end
    named = {s.leader.name for _, _, senses in kept for s in senses if s.leader and not s.weak}
    mentions = (_mention(text, plain, begin, end, senses, published, named) for begin, end, senses in kept)
    return [mention for mention in mentions if mention]


@dataclass(frozen=True, slots=True)
class _Table:
    automaton: AhoCorasick
    senses: tuple[tuple[_Sense, ...], ...]


@cache
def _table() -> _Table:
    senses: dict[str, list[_Sense]] = defaultdict(list)
    for line in read_text("not_names.txt").splitlines():
        if line and not line.startswith("#"):
            senses[line].extend(())
    blocked = frozenset(senses)
    for form, sense in _senses():
        if form not in blocked and sense not in senses[form]:
            senses[form].append(sense)
    for form in [f for f in senses if len(f) >= _HEADLINE_MIN and f.upper() not in senses]:
        strong = [sense for sense in senses[form] if not sense.weak]
        if strong or not senses[form]:
            senses[form.upper()] = strong
    return _Table(AhoCorasick(list(senses)), tuple(tuple(found) for found in senses.values()))


def _senses() -> Iterator[tuple[str, _Sense]]:
    """Every form with what it stands for, the likelier sense first."""
    for body in bodies().values():
        kind = MentionKind(body.kind)
        for form in (body.name, *body.aliases):
            yield form, _Sense(body.name, kind, body.state)
    for state in states().values():
        yield from _state_senses(state)
    for leader in reversed(leaders()):
        state_code = leader.code if len(leader.code) == 2 and leader.code in states() else None
        for form in leader.forms:
            yield form, _Sense(leader.code, MentionKind.LEADER, state_code, leader)
        for form in leader.weak_forms:
            yield form, _Sense(leader.code, MentionKind.LEADER, state_code, leader, weak=True)


def _state_senses(state: State) -> Iterator[tuple[str, _Sense]]:
    fields = (
        (MentionKind.STATE, (state.name, *state.other_names)),
        (MentionKind.GOVERNMENT, state.government),
        (MentionKind.CAPITAL, state.capitals),
        (MentionKind.DEMONYM, state.adjectives),
        (MentionKind.PEOPLE, state.people),
    )
    for kind, forms in fields:
        for form in forms:
            yield form, _Sense(state.code, kind, state.code)


def _whole_words(plain: str, table: _Table) -> Iterator[tuple[int, int, int]]:
    for index, begin, end in table.automaton.find_matches_as_indexes(plain, overlapping=True):
        if begin and (plain[begin - 1].isalnum() or plain[begin - 1] in "_@"):
            continue
        if end < len(plain) and not _ends_word(plain, begin, end):
            continue
        yield begin, end, index


def _ends_word(plain: str, begin: int, end: int) -> bool:
    after = plain[end]
    if after.isalnum() or after == "_":
        return False
    if after == "$":  # US$
        return False
    if after == "." and plain[end - 1] != ".":  # russia.example, not the end of a sentence
        return not plain[end + 1 : end + 2].islower()
    return True


def _mention(
    text: str, plain: str, begin: int, end: int, senses: tuple[_Sense, ...], published: date | None, named: set[str]
) -> Mention | None:
    for sense in senses:
        if sense.leader:
            if not sense.leader.in_office(published) or (sense.weak and sense.leader.name not in named):
                continue
            if " " not in plain[begin:end] and _is_someone_else(plain, begin):
                continue
        elif _is_turned(plain, begin, end):
            continue
        return Mention(Span(begin, end), sense.code, sense.kind, text[begin:end], sense.state)
    return None


def _is_turned(plain: str, begin: int, end: int) -> bool:
    """True for "anti-Russian", "Russian-speaking": the word says no state acts or is acted on."""
    if begin and plain[begin - 1] == "-" and plain[max(0, begin - 5) : begin].lower().endswith(_OPPOSED):
        return True
    return plain.startswith(_LANGUAGE_USE, end)


def _is_someone_else(plain: str, begin: int) -> bool:
    """True when a first name that is not a title stands before a surname: "Yulia Example" is not President Example."""
    before = plain[max(0, begin - 40) : begin]
    if not before.endswith(" ") or (begin >= 2 and plain[begin - 2] in ".,;:!?\"'”)"):
        return False
    words = before.split()
    word = words[-1] if words else ""
    if not word[:1].isupper() or len(word) == 1 or word.endswith("'s"):
        return False
    lower = word.lower().strip("“”\"'(")
    return lower not in word_set("titles") and lower not in word_set("sentence_openers") and not _is_name(word)


def _is_name(word: str) -> bool:
    return word in _single_words()


@cache
def _single_words() -> frozenset[str]:
    return frozenset(form for form, sense in _senses() if " " not in form and sense.leader is None)
