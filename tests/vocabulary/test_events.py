from __future__ import annotations

import pytest

from nongrata.model import VocabularyError
from nongrata.vocabulary import events
from nongrata.vocabulary.events import event_types

_CODEBOOK = (
    "expulsion espionage cyberattack disinformation sabotage assault threat "
    "legal_action sanction protest stand capability"
)


def test_the_twelve_types_are_there_in_order() -> None:
    assert list(event_types()) == _CODEBOOK.split()


def test_every_type_can_be_triggered() -> None:
    for event in event_types().values():
        assert event.stems
        assert event.gloss
        assert event.actor
        assert event.firm
        assert len(set(event.stems)) == len(event.stems)


@pytest.mark.parametrize(
    ("kind", "trigger", "subtype"),
    [
        ("expulsion", "declares the envoy persona non grata", "persona_non_grata"),
        ("expulsion", "Closes the consulate", "closure"),
        ("expulsion", "expels 23 envoys and cuts ties", "expelled"),
        ("cyberattack", "a DDoS attack", "ddos"),
        ("cyberattack", "ransomware", "ransomware"),
        ("sabotage", "sets fire", "arson"),
        ("protest", "summons the ambassador", "summons"),
        ("threat", "growls", None),
    ],
)
def test_subtypes(kind: str, trigger: str, subtype: str | None) -> None:
    assert event_types()[kind].subtype_of(trigger) == subtype


@pytest.mark.parametrize("table", ['gloss = "x"', 'verbs = ["Upper"]', "verbs = 3"])
def test_a_broken_type_is_told(monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    monkeypatch.setattr(events, "read_text", lambda name: f"[prank]\n{table}\n")
    with pytest.raises(VocabularyError, match=r"\[prank\]"):
        event_types.__wrapped__()
