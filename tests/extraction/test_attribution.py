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
        ("The poll shows the mayor with a lead.", "The poll", "shows", "the mayor with a lead"),
        ("The union has endorsed her.", "The union", "has endorsed", "her"),
        ("The mayor made it clear that the gates would open.", "The mayor", "made clear", "that the gates would open"),
        ("The union called on the mayor to open the gates.", "The union", "called on", "the mayor to open the gates"),
        ("As mayor Bo Tern said, two banks have become poor.", "mayor Bo Tern", "said", "two banks have become poor"),
        ("As reported by the Lantern, the gates were shut.", "the Lantern", "reported", "the gates were shut"),
        ("Asked about the gates, Bo Tern laughed.", "", "Asked", "about the gates"),
        ("Asked by a reporter to comment, Bo Tern laughed.", "a reporter", "Asked", "to comment"),
        ("Clerks were outraged by the raids.", "Clerks", "were outraged", "the raids"),
        ("The raids surprised the clerks.", "the clerks", "surprised", "The raids"),
        ("In her view, the gates were shut.", "her", "In view", "the gates were shut"),
        ("His main claim is that the gates were shut.", "His", "claim is", "that the gates were shut"),
        ("Several mayors weighed in on the deal.", "Several mayors", "weighed in on", "the deal"),
        ("The mayor played down the rift.", "The mayor", "played down", "the rift"),
        ("Clerks have described how the gates were shut.", "Clerks", "have described", "how the gates were shut"),
        ("The plan is seen by farmers as a threat.", "farmers", "is seen", "The plan as a threat"),
        ("The cable is damaged in what Norran officials suspect is arson.", "Norran officials", "suspect", "is arson"),
        ("Sports brand Under Anchor states that the files were lost.", "Anchor", "states", "that the files were lost"),
        ("Some Norran media allege he is acting as a spy.", "Some Norran media", "allege", "he is acting as a spy"),
        ("The mayor calls it an act of sabotage.", "The mayor", "calls", "it an act of sabotage"),
        ("The bank linked the thieves to a rival.", "The bank", "linked", "the thieves to a rival"),
        ("The clerk admitted to taking money.", "The clerk", "admitted to", "taking money"),
        ("Kestrel quoted Bo Tern as saying the gates were shut.", "Bo Tern", "saying", "the gates were shut"),
        ("Bo Tern was quoted as saying the gates were shut.", "Bo Tern", "saying", "the gates were shut"),
        ("Norra expelled ten envoys whom it describes as spies.", "it", "describes", "whom as spies"),
        ("It denied that the gates were shut.", "It", "denied", "that the gates were shut"),
        ("The raid is described by a clerk as a theft.", "a clerk", "is described", "The raid as a theft"),
        ("The critics compared the tower to a tooth.", "The critics", "compared", "the tower to a tooth"),
    ],
)  # fmt: skip
def test_frames(text, source, cue, content):
    found = told(text)
    assert any((s, u.replace(" … ", " "), c.replace(" … ", " ")) == (source, cue, content) for s, u, c in found), found


@pytest.mark.parametrize(
    "text",
    [
        "Six ships lay in the harbour.",
        "The storm made sure that nobody slept.",
        "He saw the ferry leave.",
        "The mayor published a book.",
        "The door was found open by the guard.",
        "The ship needs to be repaired.",
        "The sailors had only called themselves diplomats.",
        "The law requires a licence.",
        "It means that the gates were shut.",
    ],
)
def test_no_frame_no_attribution(text):
    assert told(text) == []


def test_a_verb_whose_subject_the_parser_lost_has_the_name_before_it():
    text = "However, after a meeting in Oslo, Norra's foreign minister, Ada Lind, said Sund was spreading false tales."
    assert ("Ada Lind", "said", "Sund was spreading false tales") in told(text)


def test_a_speech_cut_in_two_by_its_cue_is_one():
    text = "“The gates were shut,” Bo Tern said, “and nobody came.”"
    assert told(text) == [("Bo Tern", "said", "“The gates were shut,” … “and nobody came.”")]


def test_a_speech_goes_on_with_its_speaker_and_not_with_a_clause_before_it():
    text = "“We were late,” Bo Tern said in Oslo, where he declined to blame the crew. “The tide was out.”"
    found = told(text)
    assert ("Bo Tern", "said", "“We were late,” … “The tide was out.”") in found
    assert ("he", "declined", "to blame the crew") in found


def test_the_reporters_words_after_a_speech_are_no_part_of_it():
    assert ("Bo Tern", "said", "“We shall see,”") in told("Bo Tern said “We shall see,” when asked about the gates.")


@pytest.mark.parametrize("rest", ["the mayor says the keys are lost", "the mayor declined to comment"])
def test_what_stands_before_a_semicolon_is_not_told_by_who_speaks_after_it(rest):
    assert all("gates" not in content for _, _, content in told(f"Clerks opened the gates on Monday; {rest}."))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Minister: ten envoys sent home\nThe envoys left on Monday.", ("Minister", ":", "ten envoys sent home")),
        ("Ten envoys were sent home – minister\nThey left.", ("minister", "–", "Ten envoys were sent home")),
        ("An evening with the mayor\nLIND: Nobody asked me.", ("LIND", ":", "Nobody asked me.")),
        ("Talk\nBo Tern: Were they shut?\nAda Lind: They were.\nBo Tern: Why?\nAda Lind: No idea.",
         ("Ada Lind", ":", "They were.")),
        ("Talk\nMayor Bo Tern: No.\nLantern: Why?\nMayor Tern: Ask them.", ("Mayor Bo Tern", ":", "No.")),
        ("They left.\nThe port authority: “No ship has left since Monday.”",
         ("The port authority", ":", "“No ship has left since Monday.”")),
        ("They left.\nThe union’s head, Bo Tern, is careful: “Some of the ships may have left.”",
         ("The union’s head, Bo Tern", ":", "“Some of the ships may have left.”")),
    ],
)  # fmt: skip
def test_layout_says_who_speaks(text, found):
    assert found in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Details: ten ships lay in the harbour",
        "They left.\nThe result: “a harbour without a single ship”",
        "Harbour news: ten ships lay there",
        "Ten ships – a harbour",
    ],
)
def test_labels_and_dashes_speak_for_nobody(text):
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
    assert result["content"]["f1"] >= 77.0
    assert result["source"]["f1"] >= 70.0
    assert result["cue"]["f1"] >= 69.0
