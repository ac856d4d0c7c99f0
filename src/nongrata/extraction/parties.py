"""Who may be actor or target: the states, bodies, groups and persons that stand in a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nongrata.language.names import Mention
from nongrata.language.proper import find_names
from nongrata.model import Span
from nongrata.vocabulary.words import word_set


@dataclass(frozen=True, slots=True)
class Party:
    """One participant with all the places where it stands.

    ``name`` is an ISO code, a body's short name, or the fullest form of a proper name. ``kind`` is the gazetteer's
    kind of the first mention, or "name" for what no table knows. ``state`` is the state a body or group belongs to,
    where a table says so. ``leaders`` are those of a state's places that name the person who leads it.
    """

    name: str
    kind: str
    state: str | None
    spans: tuple[Span, ...]
    leaders: tuple[Span, ...] = ()

    @property
    def known(self) -> bool:
        """True when a table knows it."""
        return self.kind != "name"


def find_parties(
    text: str, sentences: Sequence[Span], mentions: Sequence[Mention], other: Sequence[Span] = ()
) -> list[Party]:
    """The parties of some sentences, by first place in the text; ``other`` are spans known to be no names (times).

    Mentions of one state are one party. A proper name that only repeats part of a longer one ("Conings") joins it.
    """
    spans: dict[str, list[Span]] = {}
    facts: dict[str, tuple[str, str | None]] = {}
    leaders: dict[str, list[Span]] = {}
    for mention in mentions:
        if mention.kind == "leader":
            leaders.setdefault(mention.code, []).append(mention.span)
        spans.setdefault(mention.code, []).append(mention.span)
        facts.setdefault(mention.code, (mention.kind, mention.state))
    names: dict[str, list[Span]] = {}
    taken = [mention.span for mention in mentions] + list(other)
    for sentence in sentences:
        for found in find_names(sentence.of(text)):
            for part in _halves(text, found.shifted(sentence.begin), taken):
                span = without_titles(text, part, mentions)
                if span is not None and not any(t.covers(span) for t in taken) and not _known(text, span, mentions):
                    names.setdefault(" ".join(span.of(text).split()), []).append(span)
    parties = [Party(code, *facts[code], tuple(places), tuple(leaders.get(code, ()))) for code, places in spans.items()]
    parties += [Party(name, "name", None, tuple(places)) for name, places in _joined(names, text).items()]
    return sorted(parties, key=lambda p: p.spans[0])


def _known(text: str, span: Span, mentions: Sequence[Mention]) -> bool:
    """True for a longer form of something known: "Norwegian Government", "Russian GRU"."""
    inside = [m for m in mentions if span.covers(m.span)]
    if any(m.kind in ("body", "agency", "group") for m in inside):
        return True
    rest = span.of(text)
    for mention in inside:
        rest = rest.replace(mention.text, " ")
    words = {w.casefold() for w in rest.split()}
    return bool(inside) and words <= word_set("state_organs") | word_set("name_connectors") | word_set("titles")


_AND = re.compile(r"\s+(?:and|&)\s+")


def _halves(text: str, span: Span, taken: Sequence[Span]) -> list[Span]:
    """A run cut at "and" where either side is something known ("Ada Lind and Sweden"); else the run whole."""
    cuts = [Span(span.begin + m.start(), span.begin + m.end()) for m in _AND.finditer(span.of(text))]
    if not cuts:
        return [span]
    edges = [span.begin, *(edge for cut in cuts for edge in (cut.begin, cut.end)), span.end]
    parts = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return parts if any(t.covers(part) for part in parts for t in taken) else [span]


def without_titles(text: str, span: Span, mentions: Iterable[Mention] = ()) -> Span | None:
    """A name's span without the offices before it; None when nothing is left.

    "Russian Foreign Minister Ada Lind" → "Ada Lind".
    """
    titles = word_set("titles")
    words: list[Span] = []
    at = span.begin
    for word in span.of(text).split():
        at = text.index(word, at)
        words.append(Span(at, at + len(word)))
        at += len(word)
    demonyms = [m.span for m in mentions if m.kind == "demonym"]
    first = 0
    while first < len(words) and (
        words[first].of(text).casefold().strip(".,-") in titles
        or any(d.covers(words[first]) for d in demonyms)
        or (first and words[first].of(text).casefold() in ("of", "for", "and", "the", "to"))
    ):
        first += 1
    if first == len(words):
        return None
    has_title = any(w.of(text).casefold().strip(".,-") in titles for w in words[:first])
    return Span(words[first].begin, words[-1].end) if has_title else span


def stands_for(short: str, name: str) -> bool:
    """True for the initials of a name of two words or more, small words counted or not ("DNC", "OPCW")."""
    words = _WORD.findall(name)
    if len(words) < 2 or not _ACRONYM.fullmatch(short):
        return False
    return short in ("".join(w[0] for w in words).upper(), "".join(w[0] for w in words if not w.islower()).upper())


def is_defined(text: str, short: str, name: str) -> bool:
    """True where a text says what some initials mean: "Democratic National Committee (DNC)"."""
    if not stands_for(short, name):
        return False
    told = r"\s+".join(map(re.escape, name.split()))
    return re.search(rf"{told}\s*\(\W?{short}\b", text) is not None


_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"[A-ZÀ-Ž]{2,7}")


def _joined(names: dict[str, list[Span]], text: str) -> dict[str, list[Span]]:
    """Short forms joined to the one longer name whose words hold theirs, or whose initials the text says they are."""
    joined: dict[str, list[Span]] = {}
    for name in sorted(names, key=lambda n: (-len(n.split()), names[n][0])):
        words = set(name.casefold().split())
        longer = [kept for kept in joined if words < set(kept.casefold().split()) or is_defined(text, name, kept)]
        if len(longer) == 1:
            joined[longer[0]] = sorted(joined[longer[0]] + names[name])
        else:
            joined[name] = names[name]
    return joined
