"""Frames that lie beside a verb's own arguments: "as the mayor put it", "asked by a reporter why", "in her view".

Each gives source, cue and content, like the frames of verbs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nongrata.extraction.frame_verbs import Parts, lemma_in
from nongrata.extraction.tree import VERBS, child, group, has, noun_phrase, source, subject, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUESTION = ("about", "on", "over", "regarding", "for")
_WH = ("why", "how", "whether", "if", "what", "when", "where", "who")


def beside(verb: Token) -> list[Parts]:
    """The frames of a verb that stands beside what it tells of."""
    return _as_said(verb) or _asked(verb) or _moved(verb)


def _as_said(verb: Token) -> list[Parts]:
    """What hangs on "as X said", "as X put it", "as reported by X": the content is the clause that it hangs on."""
    lemma = verb.lemma_.lower()
    if verb.dep_ != "advcl" or not (has(verb, "mark", "as") or has(verb, "advmod", "as")) or child(verb, "ccomp"):
        return []
    if not (lemma_in(lemma, "clause") or (lemma == "put" and has(verb, "dobj", "it"))) or verb.head.pos_ not in VERBS:
        return []
    agent = child(verb, "agent")
    who = child(agent, "pobj") if agent is not None else subject(verb)
    return [(source(who, verb), group(verb), words(verb.head, [verb]))] if who is not None else []


def _asked(verb: Token) -> list[Parts]:
    """Of "asked about the gates" and "asked by a reporter to comment": what was asked, and by whom."""
    if (
        verb.tag_ != "VBN"
        or not lemma_in(verb.lemma_.lower(), "questioning")
        or child(verb, "nsubj", "nsubjpass", "aux")
    ):
        return []
    if verb.dep_ not in ("advcl", "ROOT", "prep") and not has(verb, "advmod", "when"):
        return []
    agent = child(verb, "agent")
    by = source(child(agent, "pobj"), verb) if agent is not None else []
    clause = child(verb, "xcomp", "ccomp")
    if clause is not None and (verb.dep_ != "ROOT" or has(clause, "aux", "to")):
        return [(by, group(verb), words(clause))]
    about = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in _QUESTION), None)
    if about is not None:
        return [(by, group(verb), list(about.subtree))]
    bare = next((t for t in verb.subtree if t.i == verb.i + 1 and t.lower_ in _WH), None)
    return [(by, group(verb), [bare])] if bare is not None else []


def _moved(verb: Token) -> list[Parts]:
    """What moves somebody: "the raids outraged many", "many were outraged by the raids"."""
    if not lemma_in(verb.lemma_.lower(), "moving"):
        return []
    agent = child(verb, "agent") or next(
        (c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("by", "at")), None
    )
    felt, what = child(verb, "nsubjpass"), child(agent, "pobj", "pcomp") if agent is not None else None
    if felt is None:
        felt, what = child(verb, "dobj"), child(verb, "nsubj", "csubj")
    if felt is None or what is None:
        return []
    return [(source(felt, verb), group(verb), noun_phrase(what))]


def held(noun: Token) -> list[Parts]:
    """Of "in her view" and "by his own admission": the clause is what the owner of the view holds."""
    preposition = noun.head
    if (
        noun.dep_ != "pobj"
        or preposition.lower_ not in ("in", "by", "to")
        or not lemma_in(noun.lemma_.lower(), "views")
    ):
        return []
    owner, clause = child(noun, "poss"), preposition.head
    if owner is None or clause.pos_ not in VERBS:
        return []
    return [([t for t in words(owner) if t.dep_ != "case"], [preposition, noun], words(clause, [preposition]))]


def told_by_noun(noun: Token) -> list[Parts]:
    """Of "his claim is that ..." and "the goal is to ...": a noun of words, the clause that it is said to be."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.lemma_ != "be" or not lemma_in(noun.lemma_.lower(), "nouns"):
        return []
    clause = child(verb, "ccomp", "xcomp")
    if clause is None or not (has(clause, "mark", "that", "whether") or has(clause, "aux", "to")):
        return []
    owner = child(noun, "poss")
    by = [t for t in words(owner) if t.dep_ != "case"] if owner is not None else []
    return [(by, [noun, verb], words(clause))]
