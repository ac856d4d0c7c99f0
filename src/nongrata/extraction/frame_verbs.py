"""The frames of verbs: who is their subject, what is said, wanted or judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nongrata.extraction.tree import before, before_verb, child, group, has, noun_phrase, source, subject, words
from nongrata.vocabulary.frames import frame_phrases, frame_prepositions, frame_words

if TYPE_CHECKING:
    from spacy.tokens import Token

Parts = tuple[Sequence["Token"], Sequence["Token"], Sequence["Token"]]
"""Source, cue and content."""

_ITSELF = frozenset({"it", "themselves", "himself", "herself", "itself"})
_WHAT_FOR = ("of", "for", "as", "with", "against", "over")
_CLAUSE_HEADS = ("ROOT", "conj", "advcl", "pcomp", "relcl", "acl", "ccomp", "xcomp")
_CALLED_ON = {"call": ("on", "upon", "for"), "appeal": ("to",), "plead": ("with",), "press": ("for",), "push": ("for",)}
_NEAR = 6
_HOPING = {"hopes": "hope", "hoping": "hope", "hoped": "hope"}


def _lemma(verb: Token) -> str:
    """The lemma; the parser takes "hopes" for a form of "hop"."""
    return _HOPING.get(verb.lower_, verb.lemma_.lower())


def passive(verb: Token) -> list[Parts]:
    """The frames of a verb in the passive ("is accused of", "was told to", "praised by")."""
    if not (child(verb, "nsubjpass", "auxpass") or (verb.tag_ == "VBN" and verb.dep_ == "acl")):
        return []
    lemma, about = _lemma(verb), child(verb, "nsubjpass", "csubjpass")
    if about is None and verb.dep_ == "conj":
        about = child(verb.head, "nsubjpass", "csubjpass")
    if about is None or not lemma_in(lemma, "clause", "infinitive", "object"):
        return []
    agent = child(verb, "agent")
    who = child(agent, "pobj") if agent is not None else None
    # "is described by a clerk as a theft": the parser may hang what it is called on who calls it so.
    called = [t for c in who.children if c.dep_ == "prep" and c.lower_ == "as" for t in c.subtree] if who else []
    by = [t for t in source(who, verb) if t not in called]
    said = [t for c in verb.children if c.dep_ in ("xcomp", "ccomp") for t in c.subtree]
    if said:
        listener = lemma_in(lemma, "told") or about.lower_ == "it"
        return [(by, group(verb), said if listener else [*words(about), *said])]
    if lemma_in(lemma, "accusing"):
        return [(by, group(verb), [*words(about), *_prepositional(verb, ("of", "for", "with"))])]
    judged = lemma_in(lemma, "judging") and has(verb, "prep", "as")
    if by and lemma_in(lemma, "object") and (judged or not lemma_in(lemma, "not_passive")):
        named = [t for c in verb.children if c.dep_ == "oprd" for t in c.subtree]
        return [(by, group(verb), [*words(about), *called, *_prepositional(verb, ("as", "for", "of", "to")), *named])]
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
    by = source(who, verb) if who is not None else before_verb(verb)
    if verb.dep_ == "parataxis" and lemma_in(_lemma(verb), "clause") and not child(verb, "ccomp", "xcomp"):
        # "..., X said": the clause that is said is the parser's head.
        return [(by, group(verb), words(verb.head, [verb]))] if who is not None else []
    return (
        _clauses(verb, by)
        or _with_particle(verb, by)
        or _made_clear(verb, by)
        or _phrases(verb, by)
        or _prepositions(verb, by)
        or _objects(verb, by)
    )


def _clauses(verb: Token, by: Sequence[Token]) -> list[Parts]:
    """Content that is a clause or an infinitive."""
    lemma = _lemma(verb)
    cue, content = group(verb), []
    for clause in verb.children:
        if not _takes(verb, lemma, clause) or not (by or clause.dep_ == "ccomp"):
            continue
        if not by and verb.dep_ not in _CLAUSE_HEADS:
            continue
        called, whom = _called_on(verb, clause)
        cue += called
        # One cue gives one content, though a speech be cut in two by it.
        content += [*whom, *_clause_content(verb, lemma, clause)]
    own = {t.i for t in cue} | {t.i for t in by}
    content = [t for t in content if t.i not in own]
    return [(by, cue, content)] if content else []


def _called_on(verb: Token, clause: Token) -> tuple[list[Token], list[Token]]:
    """The preposition and the people of "called on the union to act": they belong to what is wanted."""
    if not has(clause, "aux", "to"):
        return [], []
    for c in verb.children:
        if c.dep_ == "prep" and verb.i < c.i < clause.left_edge.i and c.lower_ in _CALLED_ON.get(_lemma(verb), ()):
            return [c], [t for x in c.children if x.dep_ == "pobj" for t in noun_phrase(x)]
    return [], []


def _takes(verb: Token, lemma: str, clause: Token) -> bool:
    """True when a verb's clause is what is said, held or wanted."""
    is_bare = clause.dep_ == "xcomp" and clause.pos_ in ("VERB", "AUX", "ADJ", "NOUN")
    if clause.dep_ != "ccomp" and not is_bare:
        return False
    infinitive = has(clause, "aux", "to")
    marked = has(clause, "mark", "that", "whether", "if")
    if lemma == "make":
        return False
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
    if clause.dep_ == "ccomp" and lemma_in(lemma, "object") and _asks(clause):
        return True
    return clause.dep_ == "xcomp" and lemma_in(lemma, "naming")


def _asks(clause: Token) -> bool:
    """True for "how the gates were shut": a clause that a question word opens."""
    return clause.left_edge.tag_ in ("WRB", "WP", "WDT")


def _aside(clause: Token) -> list[Token]:
    """What the parser hangs on a clause and is the reporter's: another's saying beside it, a new verb after a wish.

    "... that the gate was open, while others said it was shut" · "called on him to leave and said he was late".
    """
    found = []
    for t in clause.children:
        other = t.dep_ == "advcl" and t.i > clause.i and has(t, "mark", "while", "although", "though")
        if other and lemma_in(_lemma(t), "clause") and child(t, "ccomp"):
            found.append(t)
        if t.dep_ == "conj" and t.tag_ in ("VBD", "VBZ") and has(clause, "aux", "to") and clause.tag_ == "VB":
            found.append(t)
    return found


def _clause_content(verb: Token, lemma: str, clause: Token) -> list[Token]:
    # ", citing ..." at the end of a clause is the speaker's doing, wherever the parser hangs it.
    trailing = [
        c for c in clause.children if c.dep_ == "advcl" and c.tag_ == "VBG" and c.i > clause.i and before(c) == ","
    ]
    content = words(clause, [*trailing, *_aside(clause)])
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


_PLAIN = ("clear", "plain", "known")


def _made_clear(verb: Token, by: Sequence[Token]) -> list[Parts]:
    """What somebody makes clear: the clause after the adjective, wherever the parser hangs it."""
    if _lemma(verb) != "make" or not by:
        return []
    plain = next((t for t in verb.subtree if t.lower_ in _PLAIN and 0 < t.i - verb.i <= _NEAR), None)
    if plain is None:
        return []
    between = [t for t in verb.subtree if verb.i < t.i < plain.i and t.lower_ != "it"]
    content = between if len(between) > 1 else [t for t in verb.subtree if t.i > plain.i]
    return [(by, [*group(verb), plain], content)] if content else []


def _phrases(verb: Token, by: Sequence[Token]) -> list[Parts]:
    """The frames of set phrases ("took issue with", "paid tribute to", "weighed in on")."""
    thing = child(verb, "dobj", "obj", "prt")
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


def _with_particle(verb: Token, by: Sequence[Token]) -> list[Parts]:
    """The frames of verbs with a particle ("played down the rift", "brushed it off as a joke")."""
    particle = child(verb, "prt")
    if particle is None or not by or f"{_lemma(verb)}_{particle.lower_}" not in frame_words("particles"):
        return []
    thing = child(verb, "dobj", "obj") or child(particle, "pobj")
    cue = [t for t in group(verb) if t.i <= particle.i]
    return [(by, cue, [*noun_phrase(thing), *_prepositional(verb, ("as",))])] if thing is not None else []


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
    if not lemma_in(lemma, "object") or lemma == "tell":
        return []
    if thing.lower_ in _ITSELF and not (thing.lower_ == "it" and (named or lemma_in(lemma, "judging", "siding"))):
        return []
    if lemma_in(lemma, "finding") and not (lemma == "see" and has(verb, "prep", "as")):
        return [(by, group(verb), _found(verb, thing))] if _is_document(verb) else []
    if lemma_in(lemma, "issuing") and not lemma_in(thing.lemma_.lower(), "nouns"):
        return []
    after = [c for c in verb.children if c.dep_ == "prep" and c.i > thing.i]
    content = noun_phrase(thing)
    for c in after:
        judged = lemma_in(lemma, "judging") and c.lower_ in _WHAT_FOR
        compared = lemma_in(lemma, "linking") and c.lower_ in ("to", "with")
        if c.lower_ == "as" or judged or compared:
            content = [*content, *c.subtree]
    return [(by, group(verb), [*content, *named])]


def _is_document(verb: Token) -> bool:
    """True when the subject is a thing made of words or figures, which says what it shows ("the poll shows a lead")."""
    who = subject(verb)
    return who is not None and lemma_in(who.lemma_.lower(), "documents")


def _found(verb: Token, thing: Token) -> list[Token]:
    """What a document shows: the object with what is said of it ("the mayor with 47 percent")."""
    said = [
        t for c in verb.children if c.i > thing.i and c.dep_ in ("prep", "xcomp", "ccomp", "acomp") for t in c.subtree
    ]
    return [*noun_phrase(thing), *said]


def _relative(verb: Token, by: Sequence[Token]) -> list[Parts]:
    """The head of a relative clause as its content ("the plan he announced")."""
    if verb.dep_ != "relcl" or _lemma(verb) in ("see", "find", "show", "need"):
        return []
    own = {t.i for t in verb.subtree}
    content = [t for t in verb.head.subtree if t.i < verb.i and t.i not in own]
    return [(by, group(verb), content)] if content else []


def _prepositional(verb: Token, forms: Sequence[str]) -> list[Token]:
    return [t for c in verb.children if c.dep_ == "prep" and c.lower_ in forms for t in c.subtree]
