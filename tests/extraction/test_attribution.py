"""Who says what, over a parse: the frames of verbs, nouns, adjectives and adverbs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from nongrata.extraction.attribution import outermost, read_attributions
from nongrata.model import Span

SHARED = Path(__file__).resolve().parents[3] / "shared"


def told(text: str, places=None) -> list[tuple[str, str, str]]:
    return [
        tuple(" … ".join(s.of(text) for s in part) for part in (a.source, a.cue, a.content))
        for a in read_attributions(text, places)
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The harbour master said that the gates were open.", "The harbour master", "said", "that the gates were open"),
        ("The gates were open, the harbour master said.", "the harbour master", "said", "The gates were open"),
        ("According to the master, the gates were open.", "the master", "According to", "the gates were open"),
        ("Bo Tern has never denied that he took money.", "Bo Tern", "has never denied", "that he took money"),
        ("The union accused the mayor of lying.", "The union", "accused", "the mayor of lying"),
        ("The union wants to sell the ferry.", "The union", "wants", "to sell the ferry"),
        ("The mayor called for a second vote.", "The mayor", "called for", "a second vote"),
        ("The mayor hopes to win.", "The mayor", "hopes", "to win"),
        ("A study by the bank shows that rents have fallen.", "A study by the bank", "shows", "that rents have fallen"),
        ("Officials are sure that the ship was empty.", "Officials", "are sure", "that the ship was empty"),
        ("The union took issue with the new rules.", "The union", "took issue with", "the new rules"),
        ("The plan was criticized by farmers.", "farmers", "was criticized", "The plan"),
        ("The captain is accused of smuggling.", "", "is accused", "The captain of smuggling"),
        ("The clerk's claim that he was ill was checked.", "The clerk", "claim", "that he was ill"),
        ("The critics compared the tower to a tooth.", "The critics", "compared", "the tower to a tooth"),
    ],
)  # fmt: skip
def test_frames(text, source, cue, content):
    found = told(text)
    assert any((s, u, c.replace(" … ", " ")) == (source, cue, content) for s, u, c in found), found


@pytest.mark.parametrize(
    "text",
    [
        "Six ships lay in the harbour.",
        "The storm made sure that nobody slept.",
        "He saw the ferry leave.",
        "The mayor published a book.",
        "The door was found open by the guard.",
    ],
)
def test_no_frame_no_attribution(text):
    assert told(text) == []


def test_only_paragraphs_near_a_place_are_read():
    paragraphs = [
        f"Mayor {name} said the gate was open." for name in ("Lind", "Tern", "Voss", "Amber", "Quill", "Reyle")
    ]
    text = "\n".join(paragraphs)
    begin = text.index("Quill")
    near = told(text, [Span(begin, begin + 5)])
    assert [source for source, _, _ in near] == ["Mayor Voss", "Mayor Amber", "Mayor Quill"]
    assert len(told(text)) == 6


def test_a_state_is_read_as_any_other():
    text = "{} denied that it had expelled six envoys, and {} said the note was forged."
    found = [
        [(u, len(c) > 0) for _, u, c in told(text.format(a, b))]
        for a, b in (("Norway", "Russia"), ("The Netherlands", "China"), ("Chile", "Ghana"))
    ]
    assert found[0] == found[1] == found[2]


def test_spans_are_of_the_text_as_given_where_states_were_renamed():
    text = "The United Arab Emirates said the Netherlands had expelled six envoys."
    (found,) = read_attributions(text)
    assert found.source[0].of(text) == "The United Arab Emirates"
    assert found.content[0].of(text) == "the Netherlands had expelled six envoys"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
def test_floors_on_real_articles():
    """PolNeAR's development part; nothing was trained on it. The floors only go up."""
    sys.path.insert(0, str(SHARED / "eval"))
    try:
        import score_attribution as scorer
    finally:
        sys.path.pop(0)
    gold = scorer.load(str(SHARED / "data" / "polnear_dev.jsonl.gz"))
    found = {d["id"]: [a.to_dict() for a in outermost(read_attributions(d["text"]))] for d in gold}
    result = json.loads(json.dumps(scorer.score(gold, found)))
    assert result["content"]["f1"] >= 75.0
    assert result["source"]["f1"] >= 67.5
    assert result["cue"]["f1"] >= 66.5
