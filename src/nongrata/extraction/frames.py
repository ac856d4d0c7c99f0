"""Attributions by their frames: verbs, nouns, adjectives and adverbs that give somebody's words, over a parse.

A frame is a word of ``vocabulary/frames.toml`` in a construction: a verb of saying with its clause, a wish with its
infinitive, a verdict with its object, "according to", a noun of words with what it is about. After the patterns of
Krestel et al. (2008) and Pareti et al. (2013), widened to beliefs and intentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nongrata.extraction.frame_sides import beside, held, mistaken, told_by_noun
from nongrata.extraction.frame_verbs import active, passive
from nongrata.extraction.speech import Attribution
from nongrata.extraction.tree import VERBS, before, child, group, has, source, spans, subject, words
from nongrata.vocabulary.frames import frame_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ABOUT = ("of", "about", "for", "on", "over", "against", "to")
_TOWARDS = ("of", "about", "with", "on", "for", "to")
_MEANT = frozenset({"him", "her", "it", "them", "this", "that"})
_NOBODY = frozenset({"you", "it", "one", "everything", "this", "what"})


@dataclass(frozen=True)
class Frame:
    """An attribution as tokens; ``source`` is empty when nobody is named."""

    source: Sequence[Token]
    cue: Sequence[Token]
    content: Sequence[Token]


def read_frames(doc: Doc, text: str) -> list[Attribution]:
    """The attributions of a parsed paragraph whose text is ``text``."""
    found = []
    for token in doc:
        for frame in _frames(token):
            attribution = _attribution(frame, text)
            if attribution is not None:
                found.append(attribution)
    return found


def _frames(token: Token) -> Iterator[Frame]:
    lemma = token.lemma_.lower()
    if lemma in frame_words("seeming") and token.pos_ == "VERB":
        yield from _seeming(token)
    elif token.lower_ == "according":
        yield from _according(token)
    elif parts := mistaken(token):
        yield from (Frame(*one) for one in parts)
    elif token.pos_ in VERBS:
        yield from (Frame(*parts) for parts in (beside(token) or passive(token) or active(token)))
    elif token.pos_ == "NOUN" and lemma in frame_words("nouns"):
        yield from (Frame(*parts) for parts in (held(token) or told_by_noun(token)))
        yield from _noun(token)
    elif token.lower_ in frame_words("adverbs") and token.dep_ == "advmod":
        content = [t for t in token.head.subtree if t.i != token.i]
        if len(content) > 2:
            yield Frame([], [token], content)
    elif token.pos_ == "ADJ" and token.dep_ == "acomp" and lemma in frame_words("adjectives"):
        yield from _adjective(token)


def _attribution(frame: Frame, text: str) -> Attribution | None:
    cue = {t.i for t in frame.cue}
    content = _after_stop(frame, [t for t in frame.content if t.i not in cue])
    if frame.source and all(t.lower_ in _NOBODY for t in frame.source) and not _it_says(frame):
        return None
    if sum(t.is_alpha for t in content) < 2 and not (content and _stands_alone(content[0], frame.source)):
        return None
    found = Attribution(
        source=spans(frame.source, 1, text),
        cue=spans(frame.cue, 1, text),
        content=spans(content, 2, text),
    )
    return found if found.cue and found.content else None


def _it_says(frame: Frame) -> bool:
    """True when "it" is somebody: a ministry, a firm or a state that says, adds or denies."""
    is_it = all(t.lower_ == "it" for t in frame.source)
    return is_it and any(t.lemma_.lower() in frame_words("it_says") for t in frame.cue)


def _after_stop(frame: Frame, content: list[Token]) -> list[Token]:
    """Content without what stands before a semicolon that the speaker comes right after ("they left; he says ...")."""
    doc, first = frame.cue[0].doc, min(t.i for t in (*frame.source, *frame.cue))
    at = first - 1
    while at >= 0 and (doc[at].text == "," or doc[at].pos_ in ("ADV", "SCONJ", "CCONJ", "ADP", "DET")):
        at -= 1
    return [t for t in content if t.i > at] if at >= 0 and doc[at].text == ";" else content


def _stands_alone(word: Token, source: Sequence[Token]) -> bool:
    """True for a single word that can be content: a noun, and somebody or something that was named before."""
    return word.pos_ in ("PROPN", "NOUN") or (bool(source) and word.lower_ in _MEANT)


def _seeming(verb: Token) -> Iterator[Frame]:
    what, who = child(verb, "xcomp", "oprd", "ccomp", "acomp"), child(verb, "nsubj")
    if what is not None and who is not None:
        yield Frame([], group(verb), [*(words(who) if who.lower_ != "it" else []), *words(what)])


def _according(token: Token) -> Iterator[Frame]:
    to = next((c for c in token.children if c.lower_ == "to"), None)
    who = child(to, "pobj") if to is not None else None
    if to is None or who is None:
        return
    head = token.head
    while head.pos_ not in VERBS and head.head.i != head.i:
        head = head.head
    if before(token) == "," and all(t.is_punct for t in token.sent[token.right_edge.i + 1 - token.sent.start :]):
        # At the end of a sentence, after a comma, it stands for all that was told in it.
        while head.dep_ == "conj" and head.head.pos_ in VERBS:
            head = head.head
    yield Frame(words(who), [token, to], words(head, [token]))


def _noun(noun: Token) -> Iterator[Frame]:
    said = next((c for c in noun.children if _is_content_of_noun(c)), None)
    who = _noun_source(noun)
    if said is not None:
        yield Frame(who, [noun], words(said))
        return
    about = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in _ABOUT), None)
    if about is not None and who:
        cue = [noun, about] if about.i == noun.i + 1 else [noun]
        yield Frame(who, cue, [t for c in about.children for t in c.subtree])


def _is_content_of_noun(clause: Token) -> bool:
    """True for "that ..." and "to ..." after a noun, not for a relative clause."""
    if clause.dep_ == "relcl":
        return has(clause, "mark", "that")
    return clause.dep_ in ("acl", "ccomp") and (has(clause, "mark", "that") or has(clause, "aux", "to"))


def _noun_source(noun: Token) -> list[Token]:
    """Whose words: "the minister's fear", "a report by the bank", "they voiced fears"."""
    owner = child(noun, "poss")
    if owner is not None:
        return [t for t in words(owner) if t.dep_ != "case"]
    by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
    who = child(by, "pobj") if by is not None else None
    if who is not None:
        return source(who, noun)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.pos_ == "VERB" and verb.lemma_.lower() in frame_words("giving"):
        return source(subject(verb), verb)
    return []


def _adjective(adjective: Token) -> Iterator[Frame]:
    verb = adjective.head
    who = subject(verb) if verb.pos_ in VERBS else None
    if who is None:
        return
    said = [c for c in adjective.children if c.dep_ in ("ccomp", "xcomp")] or [
        c
        for p in adjective.children
        if p.dep_ == "prep" and p.lower_ in _TOWARDS
        for c in p.children
        if c.dep_ in ("pobj", "pcomp")
    ]
    # "sure to win", "clear to see": how likely, how plain, and nobody's attitude.
    if said and not (said[0].dep_ == "xcomp" and adjective.lemma_ in ("sure", "clear", "certain")):
        yield Frame(source(who, verb), [*group(verb), adjective], [t for c in said for t in c.subtree])
