"""Frames that lie beside a verb's own arguments: "as the mayor put it", "asked by a reporter why", "in her view".

Each gives source, cue and content, like the frames of verbs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nongrata.extraction.frame_verbs import Parts, lemma_in
from nongrata.extraction.tree import VERBS, before_verb, child, group, has, noun_phrase, source, subject, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUESTION = ("about", "on", "over", "regarding", "for")
_ADDED = ("which", "who")
_CLAUSE_START = 7
_PHRASE = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART")
_WH = ("why", "how", "whether", "if", "what", "when", "where", "who")


def beside(verb: Token) -> list[Parts]:
    """The frames of a verb that stands beside what it tells of."""
    return _as_said(verb) or _asked(verb) or _moved(verb) or _supposed(verb)


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


def mistaken(token: Token) -> list[Parts]:
    """Of "X states that ..." and "X allege he is ...", where the parser takes the verb for a noun.

    What follows is the content, up to what is added of it or the end of the sentence.
    """
    doc, at = token.doc, token.i
    if token.tag_ not in ("NN", "NNS") or at + 1 >= len(doc) or not _is_verb_form(token.lower_):
        return []
    follows = doc[at + 1]
    # The object of a preposition is a noun, unless the preposition is part of a name ("Under Anchor states").
    is_noun = token.dep_ in ("dobj", "nsubj", "attr") or (token.dep_ == "pobj" and token.head.lower_ == token.head.text)
    if is_noun or (not (follows.lower_ == "that" and follows.dep_ == "mark") and not _opens_clause(token)):
        return []
    by = before_verb(token)
    end = next((t.i for t in doc[at + 1 : token.sent.end] if t.lower_ in _ADDED and doc[t.i - 1].text == ","), None)
    return [(by, [token], list(doc[at + 1 : end or token.sent.end]))] if by else []


def _is_verb_form(word: str) -> bool:
    """True for a form of a verb of saying that is no noun of words as well ("allege", "states"; not "claims")."""
    stem = word.removesuffix("s")
    return lemma_in(stem, "clause") and not lemma_in(stem, "nouns", "documents")


def _opens_clause(token: Token) -> bool:
    """True for a form that heads its sentence and stands right before a subject with its verb."""
    if token.dep_ not in ("ROOT", "npadvmod"):
        return False
    after = token.doc[token.i + 1 : min(token.sent.end, token.i + _CLAUSE_START)]
    subject_there = next((t for t in after if t.dep_ in ("nsubj", "nsubjpass") and t.head.i > t.i), None)
    return subject_there is not None and all(t.pos_ in _PHRASE for t in after if t.i < subject_there.i)


def _supposed(verb: Token) -> list[Parts]:
    """Of "in what officials suspect is sabotage": what stands after "is"."""
    what, doc, at = child(verb, "dobj"), verb.doc, verb.i
    who = child(verb, "nsubj")
    if what is None or what.lower_ != "what" or who is None or at + 1 >= len(doc) or doc[at + 1].lemma_ != "be":
        return []
    return [(source(who, verb), group(verb), [t for t in doc[at + 1].subtree if t.i > at])]


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
