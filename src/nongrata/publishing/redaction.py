"""Withholding persons: their names leave no trace in what is exported.

A name is kept only when every word of it is known not to belong to a person: states, bodies, agencies, groups and
outlets of the vocabulary, publishers, words of offices and institutions, words without a capital. Everything else that
a claim names is withheld, and so is all running text, where anybody may be named: sentences, triggers, titles, texts,
addresses. Ids of reports, which a person chose, become hashes. That withholds too much rather than too little.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from nongrata.model import Chain, Claim, Contradiction, Incident, Origin, Placement, Report, Voice
from nongrata.publishing.parties import is_known
from nongrata.vocabulary.states import states
from nongrata.vocabulary.tables import read_text
from nongrata.vocabulary.words import word_set

WITHHELD = "[person]"
"""Stands for a name that is withheld."""

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_PLAIN = re.compile(r"[a-z]+(?:['’.-][a-z]+)*")
_TOKEN = 4
"""Words this long of a withheld name are withheld wherever else they stand."""


class Redactor:
    """Takes names of persons out of claims, reports and incidents.

    Args:
        names: every name of a party or voice in the ledger, so that a person who is a voice in one claim is withheld
            in all others.
        outlets: names of publishers, which stay.
    """

    def __init__(self, names: Iterable[str], outlets: Iterable[str] = ()) -> None:
        self._outlets = frozenset(outlets)
        tokens: set[str] = set()
        for name in names:
            if name not in self._outlets and not is_free(name):
                tokens.update(word.casefold() for word in _WORD.findall(name) if _may_name(word))
        self._tokens = frozenset(token for token in tokens if len(token) >= _TOKEN)

    def name(self, name: str | None) -> str | None:
        """The name of a party or voice, or ``WITHHELD``."""
        return name if name is None or self._free(name) else WITHHELD

    def text(self, text: str) -> str:
        """A short text that is not quoted from a report; ``WITHHELD`` where it may name a person."""
        return text if self._free(text) else WITHHELD

    def report_id(self, id: str) -> str:
        """A report's id as a hash (12 hex digits)."""
        return "report-" + hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def claim(self, claim: Claim) -> Claim:
        """The claim without names of persons and without quoted text."""
        return replace(
            claim,
            report_id=self.report_id(claim.report_id),
            subtype=self._maybe(claim.subtype),
            actor=self.name(claim.actor),
            actor_state=self._maybe(claim.actor_state),
            target=self.name(claim.target),
            target_state=self._maybe(claim.target_state),
            actors=tuple(self.text(name) for name in claim.actors) if claim.actors else None,
            against=self.name(claim.against),
            chain=Chain(tuple(self._voice(voice) for voice in claim.chain)),
            trigger="",
            sentence="",
            spans={},
            also=(),
            when_text=self._maybe(claim.when_text),
            count_text=self._maybe(claim.count_text),
            reader=self.text(claim.reader),
            publisher=self._maybe(claim.publisher),
        )

    def report(self, report: Report) -> Report:
        """The report without text, title and address."""
        return Report(
            id=self.report_id(report.id),
            text="",
            publisher=self._maybe(report.publisher),
            published=report.published,
            published_from=report.published_from,
            lang=report.lang,
            sources=tuple(self.text(source) for source in report.sources),
        )

    def incident(self, incident: Incident) -> Incident:
        """The incident without names of persons."""
        return replace(
            incident,
            subtype=self._maybe(incident.subtype),
            actor=self.name(incident.actor),
            target=self.name(incident.target),
            actor_state=self._maybe(incident.actor_state),
            target_state=self._maybe(incident.target_state),
            actors=tuple(self.text(name) for name in incident.actors) if incident.actors else None,
            origins=tuple(
                Origin(self.text(o.label), o.claims, tuple(self.text(why) for why in o.reasons), o.denies)
                for o in incident.origins
            ),
            reports=tuple(self.report_id(id) for id in incident.reports),
            credibility_reason=self.text(incident.credibility_reason),
            contradictions=tuple(
                Contradiction(c.field, tuple(self.text(value) for value in c.values), c.claims)
                for c in incident.contradictions
            ),
            placements=tuple(Placement(p.claim, (), p.score) for p in incident.placements),
        )

    def _voice(self, voice: Voice) -> Voice:
        return Voice(self.text(voice.name), self._maybe(voice.role), self._maybe(voice.state))

    def _maybe(self, text: str | None) -> str | None:
        return None if text is None else self.text(text)

    def _free(self, text: str) -> bool:
        if text in self._outlets:
            return True
        return is_free(text) and not any(word.casefold() in self._tokens for word in re.split(r"[\W\d_]+", text))


def is_free(text: str) -> bool:
    """True when no word of the text can be a person's name, as far as the vocabulary tells."""
    return is_known(text) or not any(_may_name(word) for word in _WORD.findall(text))


def _may_name(word: str) -> bool:
    """True for a word with a capital, or of a script without capitals, that no table knows."""
    return not _PLAIN.fullmatch(word) and word.casefold() not in _harmless() and not is_known(word)


@cache
def _harmless() -> frozenset[str]:
    """Capitalised words, in lower case, that name no person: states and their people, institutions, months, days."""
    found = set(read_text("mappings/institutions.txt").split())
    for state in states().values():
        forms = (state.name, state.code, *state.other_names, *state.adjectives, *state.people, *state.capitals)
        found.update(word.casefold() for form in forms for word in _WORD.findall(form))
    for name in ("state_organs", "titles", "name_connectors"):
        found.update(word_set(name))
    found.update(word_set("sentence_openers"))
    # A month and a common opener, and a surname: withheld.
    return frozenset(found - {"may"})
