"""States under borrowed names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nongrata.extraction.renaming import STAND_INS, rename
from nongrata.language.names import find_mentions

SENTENCES = (
    "{0} expels two {1:adj} diplomats, the {0:adj} ministry says.",
    "The {1:adj} embassy in {0:cap} denies it; {2} summons its envoy.",
)
FORMS = {
    "RU": {"": "Russia", "adj": "Russian", "cap": "Moscow"},
    "NO": {"": "Norway", "adj": "Norwegian", "cap": "Oslo"},
    "CN": {"": "China", "adj": "Chinese", "cap": "Beijing"},
    "CA": {"": "Canada", "adj": "Canadian", "cap": "Ottawa"},
}


def _fill(sentence: str, codes: tuple[str, ...]) -> str:
    for number, code in enumerate(codes):
        for form, word in FORMS[code].items():
            slot = f"{{{number}:{form}}}" if form else f"{{{number}}}"
            sentence = sentence.replace(slot, word)
    return sentence


def test_states_are_hidden_behind_stand_ins() -> None:
    text = "Russia expels two Norwegian diplomats; Moscow gives no reason."
    renamed = rename(text, find_mentions(text))
    assert renamed.text == "Norway expels two Brazilian diplomats; Oslo gives no reason."


def test_an_article_goes_with_the_name() -> None:
    text = "Spies of the United States left the Netherlands."
    assert rename(text, find_mentions(text)).text == "Spies of Norway left Brazil."


def test_any_states_give_the_same_words() -> None:
    for sentence in SENTENCES:
        texts = {
            rename(filled, find_mentions(filled)).text
            for codes in (("RU", "NO", "CN"), ("NO", "RU", "CA"), ("CA", "CN", "RU"), ("CN", "CA", "NO"))
            for filled in [_fill(sentence, codes)]
        }
        assert len(texts) == 1


def test_offsets_lead_back_to_the_text() -> None:
    text = "The United States accuses Russian hackers."
    renamed = rename(text, find_mentions(text))
    words = []
    at = 0
    for word in renamed.text.replace(".", " .").split():
        at = renamed.text.index(word, at)
        words.append((at, at + len(word)))
        at += len(word)
    assert [text[b:e] for b, e in renamed.original(words)] == [
        "The United States",
        "accuses",
        "Russian",
        "hackers",
        ".",
    ]


@given(st.lists(st.sampled_from(["Russia", "Oslo", " the ", " ", ".", "ab", "Germans", "\n"]), max_size=30))
def test_offsets_stay_in_order_and_in_bounds(words: list[str]) -> None:
    text = "".join(words)
    renamed = rename(text, find_mentions(text))
    pieces = [(i, i + 1) for i in range(len(renamed.text))]
    mapped = renamed.original(pieces)
    assert all(0 <= b <= e <= len(text) for b, e in mapped)
    assert mapped == sorted(mapped)


def test_stand_ins_are_distinct() -> None:
    assert len({s.name for s in STAND_INS}) == len({s.capital for s in STAND_INS}) == len(STAND_INS)
