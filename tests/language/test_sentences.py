from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.language.sentences import split
from nongrata.model import Span


def parts(text: str) -> list[str]:
    return [span.of(text) for span in split(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The envoy left.", "His aide stayed."],
        ["The U.S. government spoke.", "Oslo did not."],
        ["He flew to the U.S.", "The aide stayed."],
        ["Mr. Berg and Gen. Holm met at No. 10.", "They left."],
        ["J. D. Holm met George W. Berg.", "Both left."],
        ["It cost 2.5 million in St. Gallen.", "Why?", "Nobody knows!"],
        ["“They were spies.”", "He left."],
        ["\"They were spies.\"", "He left."],
        ["“Were they spies?” he asked."],
        ["He waited... and left.", "She waited…", "Then she left."],
        ["The site example.org was down.", "It came back."],
        ["At 9 a.m. Monday the talks began.", "They ended at 5 p.m.", "The envoy left."],
        ["The firm Acme Inc. of Oslo closed.", "It reopened."],
        ["(He left.)", "She stayed."],
        ["1. The first point.", "It stands."],
        ["Prices rose 3.", "5 envoys left."],
    ],
)  # fmt: skip
def test_sentences_with_a_space_between(sentences: list[str]) -> None:
    assert parts(" ".join(sentences)) == sentences


def test_blocks_are_never_joined() -> None:
    assert parts("A headline without an end\nThe envoy left") == ["A headline without an end", "The envoy left"]
    assert parts("one\n\ntwo") == ["one", "two"]
    long = "The ministry of a country that nobody in this room had ever heard of"
    assert parts(long + "\n\nsaid nothing") == [long, "said nothing"]


def test_wrapped_lines_are_joined() -> None:
    text = (
        "The ministry of a country that nobody in this room had ever\n"
        "heard of said nothing. It then asked a group of the\n"
        "Norwegian envoys to leave."
    )
    assert parts(text) == [
        "The ministry of a country that nobody in this room had ever\nheard of said nothing.",
        "It then asked a group of the\nNorwegian envoys to leave.",
    ]


def test_a_section_label_opens_a_sentence() -> None:
    assert parts("Source: the minister, on air   Details: He left.") == [
        "Source: the minister, on air",
        "Details: He left.",
    ]


def test_a_lost_space_is_found() -> None:
    assert parts("He met two spies.The minister left.") == ["He met two spies.", "The minister left."]


def test_a_part_of_a_text() -> None:
    text = "One left. Two stayed. Three slept."
    assert [s.of(text) for s in split(text, Span(10, 21))] == ["Two stayed."]
    assert split(text, Span(3, 3)) == []


@given(st.text(alphabet='ab AB.!?…"” \n:1', max_size=80) | st.text(max_size=60))
def test_sentences_cover_everything_but_white_space(text: str) -> None:
    spans = split(text)
    for left, right in pairwise(spans):
        assert left.end <= right.begin
    inside = {i for span in spans for i in range(span.begin, span.end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in inside)
    assert not any("\n\n" in span.of(text) for span in spans)


@pytest.mark.parametrize("token", [".", "a. ", "A. ", "U.S.", "? ", "\n", " ", "”.", "...", "a", "1. ", "  A: "])
def test_hostile_repetition_takes_linear_time(token: str) -> None:
    text = (token * 100_000)[:100_000]
    start = time.perf_counter()
    split(text)
    assert time.perf_counter() - start < 3
