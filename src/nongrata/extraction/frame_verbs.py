"""The frames of verbs: who is their subject, what is said, wanted or judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nongrata.extraction.tree import before, child, group, has, noun_phrase, source, subject, words
from nongrata.vocabulary.frames import frame_phrases, frame_prepositions, frame_words

if TYPE_CHECKING:
    from spacy.tokens import Token

Parts = tuple[Sequence["Token"], Sequence["Token"], Sequence["Token"]]
"""Source, cue and content."""

_ITSELF = frozenset({"it", "themselves", "himself", "herself", "itself"})
_WHAT_FOR = ("of", "for", "as", "with", "against", "over")
_CLAUSE_HEADS = ("ROOT", "conj", "advcl", "pcomp", "relcl", "acl", "ccomp", "xcomp")
_HOPING = {"hopes": "hope", "hoping": "hope", "hoped": "hope"}


def _lemma(verb: Token) -> str:
    """The lemma; the parser takes "hopes" for a form of "hop"."""
    return _HOPING.get(verb.lower_, verb.lemma_.lower())


def passive(verb: Token) -> list[Parts]:
    """The frames of a verb in the passive ("is accused of", "was told to", "praised by")."""
    if not (child(verb, "nsubjpass", "auxpass") or (verb.tag_ == "VBN" and verb.dep_ == "acl")):
        return []
    lemma, about = _lemma(verb), child(verb, "nsubjpass", "csubjpass")
    if about is None or not lemma_in(lemma, "clause", "infinitive", "object"):
        return []
    agent = child(verb, "agent")
    by = source(child(agent, "pobj"), verb) if agent is not None else []
    said = [t for c in verb.children if c.dep_ in ("xcomp", "ccomp") for t in c.subtree]
    if said:
        listener = lemma_in(lemma, "told") or about.lower_ == "it"
        return [(by, group(verb), said if listener else [*words(about), *said])]
    if lemma_in(lemma, "accusing"):
        return [(by, group(verb), [*words(about), *_prepositional(verb, ("of", "for", "with"))])]
    if by and lemma_in(lemma, "object") and not lemma_in(lemma, "not_passive"):
        named = [t for c in verb.children if c.dep_ == "oprd" for t in c.subtree]
        return [(by, group(verb), [*words(about), *_prepositional(verb, ("as", "for", "of")), *named])]
    return []


def lemma_in(lemma: str, *names: str) -> bool:
    """True when a lemma stands in one of some lists."""
    return any(lemma in frame_words(name) for name in names)


def active(verb: Token) -> list[Parts]:
    """The frames of a verb in the active."""
    is_passive = child(verb, "nsubjpass", "auxpass") or (verb.tag_ == "VBN" and verb.dep_ == "acl")
    if verb.dep_ in ("aux", "auxpass") or is_passive:
        return []
    who = subject(verb)
    by = source(who, verb)
    if verb.dep_ == "parataxis" and lemma_in(_lemma(verb), "clause") and not child(verb, "ccomp", "xcomp"):
        # "..., X said": the clause that is said is the parser's head.
        return [(by, group(verb), words(verb.head, [verb]))] if who is not None else []
    return _clauses(verb, by) or _phrases(verb, by) or _prepositions(verb, by) or _objects(verb, by)


def _clauses(verb: Token, by: Sequence[Token]) -> list[Parts]:
    """Content that is a clause or an infinitive."""
    lemma = _lemma(verb)
    found: list[Parts] = []
    cue = group(verb)
    for clause in verb.children:
        if not _takes(verb, lemma, clause) or not (by or clause.dep_ == "ccomp"):
            continue
        if not by and verb.dep_ not in _CLAUSE_HEADS:
            continue
        own = {t.i for t in cue} | {t.i for t in by}
        content = [t for t in _clause_content(verb, lemma, clause) if t.i not in own]
        found.append((by, cue, content))
    return found


def _takes(verb: Token, lemma: str, clause: Token) -> bool:
    """True when a verb's clause is what is said, held or wanted."""
    is_bare = clause.dep_ == "xcomp" and clause.pos_ in ("VERB", "AUX", "ADJ", "NOUN")
    if clause.dep_ != "ccomp" and not is_bare:
        return False
    infinitive = has(clause, "aux", "to")
    marked = has(clause, "mark", "that", "whether", "if")
    if lemma == "make":
        return marked and any(t.lower_ in ("clear", "plain", "known") for t in verb.subtree)
    if (lemma == "continue" and infinitive) or not _is_frame(lemma, clause, infinitive, marked):
        return False
    if lemma == "see":
        return has(clause, "mark")
    if lemma_in(lemma, "perception"):
        return infinitive or (clause.dep_ == "ccomp" and has(clause, "mark"))
    return True


def _is_frame(lemma: str, clause: Token, infinitive: bool, marked: bool) -> bool:
    if clause.dep_ == "ccomp" and (
        lemma_in(lemma, "clause", "infinitive") or (marked and not lemma_in(lemma, "never"))
    ):
        return True
    if infinitive and lemma_in(lemma, "clause", "infinitive", "causing"):
        return True
    return clause.dep_ == "xcomp" and lemma_in(lemma, "naming")


def _clause_content(verb: Token, lemma: str, clause: Token) -> list[Token]:
    # ", citing ..." at the end of a clause is the speaker's doing, wherever the parser hangs it.
    trailing = [
        c for c in clause.children if c.dep_ == "advcl" and c.tag_ == "VBG" and c.i > clause.i and before(c) == ","
    ]
    content = words(clause, trailing)
    thing = child(verb, "dobj", "obj")
    if thing is None:
        return content
    infinitive = has(clause, "aux", "to")
    between = verb.i < thing.i < clause.left_edge.i
    if infinitive:
        keep = lemma_in(lemma, "object_kept")
    else:
        keep = (clause.dep_ == "ccomp" and between and not lemma_in(lemma, "told")) or lemma in (
            "consider",
            "deem",
            "call",
        )
    return [*words(thing), *content] if keep else content


def _phrases(verb: Token, by: Sequence[Token]) -> list[Parts]:
    """The frames of set phrases ("took issue with", "paid tribute to")."""
    thing = child(verb, "dobj", "obj")
    word = frame_phrases().get((_lemma(verb), thing.lemma_.lower())) if thing is not None else None
    if word is None or thing is None or not by:
        return []
    for c in [*verb.children, *thing.children]:
        if c.dep_ == "prep" and c.lower_ == word:
            return [(by, [*group(verb), thing, c], [t for x in c.children for t in x.subtree])]
    return []


def _prepositions(verb: Token, by: Sequence[Token]) -> list[Parts]:
    """Content after a preposition ("spoke of", "called for", "objects to")."""
    taken = frame_prepositions().get(_lemma(verb), frozenset())
    for c in verb.children:
        if c.dep_ == "prep" and c.lower_ in taken and by:
            about = [x for x in c.children if x.dep_ in ("pobj", "pcomp")]
            if about:
                to_do = [t for x in verb.children if x.dep_ == "xcomp" for t in x.subtree]
                return [(by, [*group(verb), c], [*(t for x in about for t in noun_phrase(x)), *to_do])]
    return []


def _objects(verb: Token, by: Sequence[Token]) -> list[Parts]:
    """Content that is an object: verdicts, support, words about it."""
    lemma, thing = _lemma(verb), child(verb, "dobj", "obj")
    named = [t for c in verb.children if c.dep_ == "oprd" for t in c.subtree]
    if not by:
        return []
    if thing is None:
        if named and lemma_in(lemma, "object"):
            return [(by, group(verb), named)]
        return _relative(verb, by) if lemma_in(lemma, "object", "infinitive") else []
    if not lemma_in(lemma, "object") or thing.lower_ in _ITSELF or lemma == "tell" or lemma_in(lemma, "finding"):
        return []
    if lemma_in(lemma, "issuing") and not lemma_in(thing.lemma_.lower(), "nouns"):
        return []
    after = [c for c in verb.children if c.dep_ == "prep" and c.i > thing.i]
    content = noun_phrase(thing)
    for c in after:
        judged = lemma_in(lemma, "judging") and c.lower_ in _WHAT_FOR
        compared = lemma in ("compare", "liken") and c.lower_ == "to"
        if c.lower_ == "as" or judged or compared:
            content = [*content, *c.subtree]
    return [(by, group(verb), [*content, *named])]


def _relative(verb: Token, by: Sequence[Token]) -> list[Parts]:
    """The head of a relative clause as its content ("the plan he announced")."""
    if verb.dep_ != "relcl" or _lemma(verb) in ("see", "find", "show", "need"):
        return []
    own = {t.i for t in verb.subtree}
    content = [t for t in verb.head.subtree if t.i < verb.i and t.i not in own]
    return [(by, group(verb), content)] if content else []


def _prepositional(verb: Token, forms: Sequence[str]) -> list[Token]:
    return [t for c in verb.children if c.dep_ == "prep" and c.lower_ in forms for t in c.subtree]
