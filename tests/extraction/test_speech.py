"""Quotations followed to their end, and speakers told by the shape of a sentence."""

from __future__ import annotations

import pytest

from nongrata.extraction.attribution import outermost
from nongrata.extraction.speech import Attribution, completed
from nongrata.model import Span


def at(text: str, *pieces: str) -> tuple[Span, ...]:
    return tuple(Span(text.index(p), text.index(p) + len(p)) for p in pieces)


def told(text: str, found: Attribution) -> tuple[str, str, str]:
    return tuple(" … ".join(s.of(text) for s in part) for part in (found.source, found.cue, found.content))


def made(text: str, source: str, cue: str, *content: str) -> Attribution:
    return Attribution(at(text, source) if source else (), at(text, cue), at(text, *content))


def test_a_quotation_is_taken_to_its_end():
    text = "“We saw lights. They moved,” said Ada Lind."
    (found,) = completed(text, [made(text, "Ada Lind", "said", "We saw lights")])
    assert told(text, found) == ("Ada Lind", "said", "“We saw lights. They moved,”")


def test_the_second_half_after_the_cue_is_the_same_speech():
    text = "“We saw lights,” Ada Lind said. “They moved towards the harbour wall.”"
    (found,) = completed(text, [made(text, "Ada Lind", "said", "We saw lights")])
    assert found.content == at(text, "“We saw lights,”", "“They moved towards the harbour wall.”")


def test_a_broken_sentence_goes_on_after_the_cue():
    text = "“What I saw,” Ada Lind told the Lantern on Monday, “but never reported to anybody, was a light.”"
    (found,) = completed(text, [made(text, "Ada Lind", "told", "What I saw")])
    assert len(found.content) == 2


def test_a_speech_goes_on_in_the_next_paragraph():
    text = (
        "“We saw lights over the harbour,” Ada Lind said. “They moved.\n"
        "“And then they were gone from the sky.”\nThe mayor left."
    )
    (found,) = completed(text, [made(text, "Ada Lind", "said", "We saw lights over the harbour")])
    assert found.content[-1].of(text).endswith("from the sky.”")


def test_an_open_quotation_does_not_leave_its_paragraph_without_a_mark():
    text = "Ada Lind said: “We saw lights over the harbour.\nThe mayor left."
    (found,) = completed(text, [made(text, "Ada Lind", "said", "We saw lights")])
    assert "mayor" not in found.content[-1].of(text)


def test_asides_in_the_first_person_are_part_of_the_speech():
    text = "“I think the mayor knew,” Ada Lind said."
    inner = made(text, "I", "think", "the mayor knew")
    outer = made(text, "Ada Lind", "said", "“I think the mayor knew,”")
    assert completed(text, [inner, outer]) == [outer]


def test_what_others_say_within_a_speech_stays():
    text = "“The police say the mayor knew,” Ada Lind said."
    inner = made(text, "The police", "say", "the mayor knew")
    outer = made(text, "Ada Lind", "said", "“The police say the mayor knew,”")
    assert set(completed(text, [inner, outer])) == {inner, outer}
    assert outermost([inner, outer]) == [outer]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("“The gates were open all night,” said harbour master Bo Tern.", "harbour master Bo Tern", "said"),
        ("“The gates were open all night,” Bo Tern told reporters on Monday.", "Bo Tern", "told reporters"),
        ("“The gates were open all night,” a spokesman for the port said.", "a spokesman for the port", "said"),
        ("In a statement, Bo Tern said: “The gates were open all night.”", "Bo Tern", "said"),
        ("“The gates were open all night, and nobody came.” ― Bo Tern", "Bo Tern", "―"),
        ("“The gates were open all night,” she added.", "she", "added"),
    ],
)
def test_the_shape_of_a_sentence_gives_the_speaker(text, source, cue):
    (found,) = completed(text, [])
    assert told(text, found)[:2] == (source, cue)
    assert "gates were open" in told(text, found)[2]


@pytest.mark.parametrize(
    "text",
    [
        "He praised “The Long and Winding Road to Harbour Nine” in the hall.",
        "A sign read “no entry” at the gate.",
        "“The gates were open all night and nobody came.” The mayor walked out of the hall.",
    ],
)
def test_nobody_is_made_a_speaker_without_a_shape(text):
    assert completed(text, []) == []


def test_offsets_of_the_jsonl():
    text = "Ada Lind said it rained."
    found = made(text, "Ada Lind", "said", "it rained")
    assert found.to_dict() == {"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 23]]}
