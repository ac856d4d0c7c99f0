from __future__ import annotations

import pytest

from nongrata.model import Factuality, VocabularyError
from nongrata.vocabulary import factuality
from nongrata.vocabulary.factuality import cues, hedges


@pytest.mark.parametrize(
    ("form", "lemma", "group"),
    [
        ("says", "say", "said"),
        ("said", "say", "said"),
        ("told", "tell", "said"),
        ("announced", "announce", "said"),
        ("confirming", "confirm", "said"),
        ("admitted", "admit", "said"),
        ("accuses", "accuse", "charged"),
        ("alleged", "allege", "charged"),
        ("blaming", "blame", "charged"),
        ("believes", "believe", "held"),
        ("linked", "link", "held"),
        ("denied", "deny", "denied"),
        ("denies", "deny", "denied"),
        ("dismisses", "dismiss", "denied"),
        ("asked", "ask", "asked"),
    ],
)
def test_cues_are_found_in_every_form(form: str, lemma: str, group: str) -> None:
    cue = cues()[form]
    assert (cue.lemma, cue.group, cue.noun) == (lemma, group, False)


def test_cues_give_the_codebooks_factuality() -> None:
    given = {
        group: {cue.factuality for cue in cues().values() if cue.group == group}
        for group in ("said", "charged", "held", "denied")
    }
    assert given == {
        "said": {Factuality.CERTAIN},
        "charged": {Factuality.POSSIBLE},
        "held": {Factuality.PROBABLE},
        "denied": {Factuality.DENIED},
    }


def test_hedges_keep_words_of_allegation_without_a_band() -> None:
    assert hedges()["likely"].band == (0.55, 0.80)
    assert hedges()["linked to"].band is None
    for word in ("alleged", "reportedly", "suspected", "so-called", "may", "denied"):
        assert hedges()[word].band is None
    assert hedges()["alleged"].factuality is Factuality.POSSIBLE
    assert hedges()["probably"].factuality is Factuality.PROBABLE


@pytest.mark.parametrize(
    "entry", ['words = ["x"]', 'words = ["x"]\nfactuality = "sure"', 'words = ["x"]\nfactuality = "PR+"\nband = [2, 3]']
)
def test_a_broken_hedge_is_told(monkeypatch: pytest.MonkeyPatch, entry: str) -> None:
    monkeypatch.setattr(factuality, "read_text", lambda name: "[[hedge]]\n" + entry)
    with pytest.raises(VocabularyError, match=r"hedges\.toml"):
        hedges.__wrapped__()
