"""Walking a dependency tree: the subject of a verb, the words of a phrase, and tokens as characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from nongrata.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBS = ("VERB", "AUX")
_AUXILIARY = ("aux", "auxpass", "neg", "prt")
_CLAUSES = ("relcl", "acl", "advcl", "parataxis")
_BEFORE_HEAD = ("det", "compound", "amod", "poss", "nummod", "case")
_EDGE = " \t\n,.;:–—-!?"
_SHORT_CLAUSE = 14
_LONG_SOURCE = 25
_STEPS = 5


def words(head: Token, without: Iterable[Token] = ()) -> list[Token]:
    """The tokens of a phrase, less the phrases of some of its words."""
    left_out = {token.i for one in without for token in one.subtree}
    return [token for token in head.subtree if token.i not in left_out]


def noun_phrase(head: Token) -> list[Token]:
    """A phrase less what an added relative clause says of it ("the plan, which ...")."""
    if head.pos_ not in ("NOUN", "PROPN", "PRON", "NUM"):
        return words(head)
    added = [c for c in head.children if c.dep_ in ("relcl", "advcl") and before(c) in (",", "--", "—", "-")]
    return words(head, added)


def before(clause: Token) -> str:
    """The token before a clause; empty at the beginning."""
    begin = clause.left_edge.i
    return clause.doc[begin - 1].text if begin else ""


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of these labels."""
    return next((c for c in token.children if c.dep_ in labels), None)


def has(token: Token, label: str, *forms: str) -> bool:
    """True when a child has the label, and one of the forms where any are given."""
    return any(c.dep_ == label and (not forms or c.lower_ in forms) for c in token.children)


def group(verb: Token) -> list[Token]:
    """A verb with its auxiliaries, particles, negation and near adverbs: the cue."""
    found = [verb]
    for c in verb.children:
        is_adverb = (
            c.dep_ == "advmod" and abs(c.i - verb.i) <= 3 and c.pos_ in ("ADV", "PART") and not c.n_lefts + c.n_rights
        )
        if c.dep_ in _AUXILIARY or (is_adverb and c.lower_ not in ("when", "where", "why", "how")):
            found.append(c)
    return found


def subject(verb: Token) -> Token | None:
    """The subject of a verb, also through conjunctions, participles ("..., saying") and gerunds ("by saying")."""
    token = verb
    for _ in range(_STEPS):
        found = child(token, "nsubj", "csubj", "expl")
        if found is not None:
            return found
        if token.dep_ == "acl":
            return token.head if token.tag_ == "VBG" and token.head.i < token.i else None
        if token.dep_ in ("conj", "xcomp") or (token.dep_ == "advcl" and token.tag_ in ("VBG", "VB")):
            token = token.head
        elif token.dep_ == "pcomp" and token.head.dep_ == "prep":
            who = _quoted(token.head)
            if who is not None:
                return who
            token = token.head.head
        else:
            return None
    return None


_QUOTING = frozenset({"quote", "cite"})


def _quoted(preposition: Token) -> Token | None:
    """Who is quoted "as saying" or cited "as naming" something: the one who says it, not the one who quotes."""
    verb = preposition.head
    if preposition.lower_ != "as":
        return None
    if verb.dep_ in ("dobj", "nsubjpass") and verb.head.lemma_ in _QUOTING:
        return verb
    return child(verb, "dobj", "nsubjpass") if verb.lemma_ in _QUOTING else None


_FINITE = ("VBD", "VBZ", "VBP")
_BEFORE_VERB = ("ADV", "PUNCT", "AUX", "PART", "SPACE")
_IN_NAME = ("NOUN", "PROPN", "ADJ", "NUM", "PRON", "DET")
_NOMINAL = ("NOUN", "PROPN", "PRON")
_LONGEST_NAME = 8
_BESIDE = frozenset({"further", "also", "later", "early", "late"})


def before_verb(verb: Token) -> list[Token]:
    """The noun or name that stands before a finite verb, for a verb whose subject the parser did not find."""
    if verb.pos_ in VERBS and verb.tag_ not in _FINITE:
        return []
    at = verb.i - 1
    begin = verb.sent.start
    while at >= begin and (verb.doc[at].pos_ in _BEFORE_VERB or verb.doc[at].lower_ in _BESIDE):
        at -= 1
    found: list[Token] = []
    while at >= begin and len(found) < _LONGEST_NAME and verb.doc[at].pos_ in _IN_NAME:
        found.insert(0, verb.doc[at])
        if verb.doc[at].pos_ in ("DET", "PRON"):
            break
        at -= 1
    # "The firm" may pass for an adjective: an article makes it a noun.
    is_noun = any(t.pos_ in _NOMINAL for t in found) or (len(found) > 1 and found[0].pos_ == "DET")
    return found if is_noun else []


def source(head: Token | None, verb: Token) -> list[Token]:
    """The words of a source: its phrase without the clauses that hang on it, above all the one that holds the verb."""
    if head is None:
        return []
    left_out: set[int] = set()
    for token in head.subtree:
        if token.i == head.i:
            continue
        holds = any(t.i == verb.i for t in token.subtree)
        if token.dep_ in _CLAUSES or holds:
            short = token.dep_ == "acl" and token.tag_ != "VBG" and len(list(token.subtree)) < _SHORT_CLAUSE
            if not short:
                left_out |= {t.i for t in token.subtree}
    found = [t for t in head.subtree if t.i not in left_out]
    if len(found) > _LONG_SOURCE or any(t.i == verb.i for t in found):
        return [t for t in head.subtree if t.i == head.i or (t.i < head.i and t.dep_ in _BEFORE_HEAD)]
    return found


def spans(tokens: Iterable[Token], gap: int, text: str) -> tuple[Span, ...]:
    """Tokens as characters of the text parsed; holes of up to ``gap`` tokens bridged."""
    runs: list[tuple[Token, Token]] = []
    for token in sorted({t.i: t for t in tokens}.values(), key=lambda t: t.i):
        if runs and token.i - runs[-1][1].i <= gap:
            runs[-1] = (runs[-1][0], token)
        else:
            runs.append((token, token))
    return trimmed(text, [Span(a.idx, b.idx + len(b)) for a, b in runs])


def trimmed(text: str, found: Sequence[Span]) -> tuple[Span, ...]:
    """Spans without the spaces and stops at their ends; empty ones left out."""
    kept = []
    for span in found:
        begin, end = span.begin, span.end
        while begin < end and text[begin] in _EDGE:
            begin += 1
        while end > begin and text[end - 1] in _EDGE:
            end -= 1
        if end > begin:
            kept.append(Span(begin, end))
    return tuple(kept)
