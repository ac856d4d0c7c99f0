"""Who stands where beside a trigger, by its dependency parse: the arguments of a verb, or of a noun for an act.

The subject of the active is the actor and its object the target, turned round in the passive; "by" leads to the actor
and the prepositions of the type to the target. A noun takes its possessor, its modifier ("the Norran closure") or the
subject of the verb above it ("announced the closure") as actor. Phrases are given by their head words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nongrata.extraction.tree import VERBS, child, subject
from nongrata.vocabulary.events import EventType

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = ("which", "who", "that", "whom")
_STEPS = 6


@dataclass(frozen=True)
class Argument:
    """The head word of a phrase on one side, and whether the grammar says so plainly or only lets it be supposed."""

    head: Token
    plain: bool


@dataclass(frozen=True)
class Arguments:
    """What fills the two sides of a trigger; ``thing`` is what a count would count."""

    actors: tuple[Argument, ...]
    targets: tuple[Argument, ...]
    thing: Token | None


def arguments(trigger: Token, event: EventType) -> Arguments:
    """The arguments of a trigger's head word."""
    return _of_verb(trigger, event) if trigger.pos_ in VERBS else _of_noun(trigger, event)


def _of_verb(verb: Token, event: EventType) -> Arguments:
    after = [Argument(head, True) for head in _after(verb, event.to_target)]
    done_by = [Argument(head, True) for head in _after(verb, event.to_actor)]
    if is_passive(verb):
        thing = child(verb, "nsubjpass") or (verb.head if verb.dep_ == "acl" else None)
        inner, owners = _inside(_meant(thing, verb), event, also_owner=not done_by and not after)
        return Arguments((*done_by, *owners), (*after, *inner), thing)
    doer = _meant(subject(verb), verb)
    thing = child(verb, "dobj")
    inner, _ = _inside(thing, event, also_owner=False)
    actors = [Argument(doer, True)] if doer is not None else []
    return Arguments(tuple(actors), (*after, *inner), thing)


def is_passive(verb: Token) -> bool:
    """True for "was closed by" and "the border closed by"."""
    return child(verb, "nsubjpass", "auxpass") is not None or (verb.tag_ == "VBN" and verb.dep_ == "acl")


def _of_noun(noun: Token, event: EventType) -> Arguments:
    after = [Argument(head, True) for head in _after(noun, event.to_target)]
    done_by = [Argument(head, True) for head in _after(noun, event.to_actor)]
    before = [Argument(c, True) for c in noun.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
    if done_by:
        return Arguments(tuple(done_by), (*after, *before), noun)
    ruler = _ruler(noun)
    above = [Argument(ruler, False)] if ruler is not None else []
    return Arguments((*before, *above), tuple(after), noun)


def _inside(thing: Token | None, event: EventType, also_owner: bool) -> tuple[list[Argument], list[Argument]]:
    """The targets that the thing acted on names ("its border with X", "X's diplomats"), and its owner as the doer.

    Where a preposition in the phrase leads to a target, its possessor is rather who acts.
    """
    if thing is None:
        return [], []
    led = [Argument(head, True) for head in _after(thing, event.to_target)]
    owner = child(thing, "poss")
    if not led:
        return [Argument(thing, True)], []
    return led, [Argument(owner, False)] if also_owner and owner is not None else []


def _after(head: Token, prepositions: tuple[str, ...]) -> Iterator[Token]:
    """What the prepositions that hang on a word lead to."""
    for c in head.children:
        if c.dep_ in ("prep", "agent", "dative") and c.lower_ in prepositions:
            yield from (inner for inner in c.children if inner.dep_ in ("pobj", "pcomp"))


def _meant(found: Token | None, verb: Token) -> Token | None:
    """A relative pronoun's noun; else the word itself."""
    if found is not None and found.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return found


def _ruler(noun: Token) -> Token | None:
    """Who does what a noun names: the subject of the verb above it, its agent where the noun is what is done."""
    token = noun
    for _ in range(_STEPS):
        token = token.head
        if token.pos_ in VERBS:
            break
        if token.head.i == token.i:
            return None
    else:
        return None
    if is_passive(token):
        return next(_after(token, ("by",)), None)
    found = _meant(subject(token), token)
    # "The closure hurts Norra": a noun that is itself the subject has nobody above it.
    return None if found is None or noun.i in {t.i for t in found.subtree} else found
