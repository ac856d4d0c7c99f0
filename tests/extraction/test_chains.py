"""Chains from attributions, source lines, headlines and wire marks; no model needed."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from nongrata.extraction.chains import Chains
from nongrata.extraction.speech import Attribution
from nongrata.model import Block, BlockRole, Report, Span


def at(text: str, piece: str) -> Span:
    return Span(text.index(piece), text.index(piece) + len(piece))


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    return Attribution((at(text, source),), (at(text, cue),), (at(text, content),))


def report(text: str, *heads: tuple[BlockRole, str], publisher: str = "The Lantern", sources=()) -> Report:
    blocks = [Block(role, at(text, piece)) for role, piece in heads]
    begin = max((b.span.end for b in blocks), default=0)
    blocks += [Block(BlockRole.LEDE, Span(begin, len(text)))]
    return Report("r", text, publisher=publisher, blocks=tuple(blocks), sources=tuple(sources))


def names(one: Report, trigger: str, *found: Attribution, background: bool = False) -> list[str]:
    place = at(one.text, trigger)
    unit = SimpleNamespace(
        report=one, alone=False, offsets=(), sentences=(Span(0, len(one.text)),), sentence_at=lambda _: 0
    )
    scored = SimpleNamespace(unit=unit, pieces=lambda _: np.zeros(0, np.float32))
    decided = SimpleNamespace(trigger=place, scored=scored, background=background)
    return Chains.of(one, found).chain(decided)[0].names


def test_nobody_named_is_the_publisher_alone():
    assert names(report("Norra expels six envoys."), "expels") == ["The Lantern"]


def test_a_state_is_not_the_outlet_that_is_named_after_it():
    text = "Norway announced that six envoys were expelled."
    one = attribution(text, "Norway", "announced", "that six envoys were expelled")
    assert names(report(text, publisher="Times of Norway"), "expelled", one) == ["Norway", "Times of Norway"]


def test_the_source_of_the_content_answers_for_it():
    text = "Foreign Minister Ada Lindqvist said that Norra had expelled six envoys."
    one = attribution(text, "Foreign Minister Ada Lindqvist", "said", "that Norra had expelled six envoys")
    assert names(report(text), "expelled", one) == ["Ada Lindqvist", "The Lantern"]


def test_nested_sources_stand_innermost_first():
    text = "Ada Lindqvist told Radio Norra that the security service suspected a campaign of lies."
    outer = attribution(text, "Ada Lindqvist", "told", "that the security service suspected a campaign of lies")
    inner = attribution(text, "the security service", "suspected", "a campaign of lies")
    found = names(report(text), "campaign", outer, inner)
    assert found == ["security service", "Ada Lindqvist", "Radio Norra", "The Lantern"]


def test_what_shows_within_a_speech_is_an_argument_and_no_voice():
    text = "Ada Lindqvist said the logs show that the site was hacked."
    outer = attribution(text, "Ada Lindqvist", "said", "the logs show that the site was hacked")
    inner = attribution(text, "the logs", "show", "that the site was hacked")
    assert names(report(text), "hacked", outer, inner) == ["Ada Lindqvist", "The Lantern"]


def test_who_is_quoted_as_saying_it_stands_before_who_quotes():
    text = "Kestrel Wire quoted Ada Lindqvist as saying that the site was hacked."
    outer = attribution(text, "Kestrel Wire", "quoted", "Ada Lindqvist as saying that the site was hacked")
    inner = attribution(text, "Ada Lindqvist", "saying", "that the site was hacked")
    assert names(report(text), "hacked", outer, inner) == ["Ada Lindqvist", "Kestrel Wire", "The Lantern"]


@pytest.mark.parametrize(
    ("crowd", "voices"),
    [("Dozens sent home", ["The Lantern"]), ("Dozens of officials", ["Dozens of officials", "The Lantern"])],
)
def test_a_crowd_speaks_when_it_is_told_of_whom(crowd, voices):
    text = f"{crowd} said that Norra had expelled six envoys."
    assert (
        names(report(text), "expelled", attribution(text, crowd, "said", "that Norra had expelled six envoys"))
        == voices
    )


def test_plans_and_demands_are_no_voices():
    text = "Norra wants the envoys expelled."
    assert names(report(text), "expelled", attribution(text, "Norra", "wants", "the envoys expelled")) == [
        "The Lantern"
    ]


@pytest.mark.parametrize(("trigger", "voices"), [("an answer", ["Norra", "The Lantern"]), ("vowed", ["The Lantern"])])
def test_who_vows_speaks_of_what_is_vowed_and_the_vow_itself_is_an_act(trigger, voices):
    text = "Norra vowed an answer to the raid."
    assert names(report(text), trigger, attribution(text, "Norra", "vowed", "an answer to the raid")) == voices


def test_an_act_that_is_the_trigger_is_bare():
    text = "Prosecutors charged five officers with spying."
    one = attribution(text, "Prosecutors", "charged", "five officers with spying")
    assert names(report(text), "charged", one) == ["The Lantern"]


def test_a_denial_that_is_the_trigger_has_the_denier():
    text = "The embassy denied any part in it."
    one = attribution(text, "The embassy", "denied", "any part in it")
    assert names(report(text), "denied any part", one) == ["embassy", "The Lantern"]


def test_short_names_are_resolved_to_the_fullest():
    text = "Ada Lindqvist came home. Lindqvist said six envoys were expelled."
    one = Attribution((Span(25, 34),), (at(text, "said"),), (at(text, "six envoys were expelled"),))
    assert names(report(text), "expelled", one)[0] == "Ada Lindqvist"


def test_an_acronym_is_the_name_that_it_begins():
    text = "QLR Group sells locks. QLR denied any part in it."
    one = Attribution((Span(23, 26),), (at(text, "denied"),), (at(text, "any part in it"),))
    assert names(report(text), "denied", one)[0] == "QLR Group"


def test_a_pronoun_is_whom_the_sentence_before_is_about():
    text = "Bo Ternholt spoke in Norra. Ada Lindqvist kept her voice low. She said six envoys were expelled."
    one = attribution(text, "She", "said", "six envoys were expelled")
    assert names(report(text), "expelled", one)[0] == "Ada Lindqvist"


def test_the_company_is_the_one_that_spoke_before():
    text = "Zorvane announced a leak on Monday. The company said its servers were hacked."
    first = attribution(text, "Zorvane", "announced", "a leak")
    one = attribution(text, "The company", "said", "its servers were hacked")
    assert names(report(text), "hacked", first, one)[0] == "Zorvane"


def test_it_is_the_body_that_spoke_last_and_no_person():
    text = "The Norwegian embassy promised an answer. Ada Lind smiled. It denied that six envoys were spies."
    first = attribution(text, "The Norwegian embassy", "promised", "an answer")
    second = attribution(text, "Ada Lind", "smiled", "an answer")
    one = attribution(text, "It", "denied", "that six envoys were spies")
    assert names(report(text), "spies", first, second, one)[0] == "Norwegian embassy"


def test_the_country_is_the_state_that_the_sentence_before_is_about():
    text = "Norway expelled six Swedish envoys. The country said they were spies."
    one = attribution(text, "The country", "said", "they were spies")
    assert names(report(text), "spies", one)[0] == "Norway"


@pytest.mark.parametrize(
    ("source", "voice"),
    [
        ("The Chancellor of Norway, Ada Lind,", "Ada Lind"),
        ("The head of the port authority", "Ada Lind"),
        ("Newly released cables", "Newly released cables"),
        ("A study released on Monday", "study"),
        ("Several Telegram groups", "Several Telegram groups"),
    ],
)
def test_who_a_source_is(source, voice):
    beside = ", Ada Lind" if voice == "Ada Lind" and not source.endswith(",") else ""
    text = f"{source}{beside} said the cable was cut."
    assert names(report(text), "cut", attribution(text, source, "said", "the cable was cut"))[0] == voice


def test_a_press_without_a_name_is_a_link_when_it_was_spoken_to():
    text = "Ada Lindqvist told Norran state media that the cable was cut."
    one = attribution(text, "Ada Lindqvist", "told", "that the cable was cut")
    assert names(report(text), "cut", one) == ["Ada Lindqvist", "Norran state media", "The Lantern"]


def test_several_sources_with_nothing_more_are_no_voice():
    text = "Several sources said that the cable was cut."
    assert names(report(text), "cut", attribution(text, "Several sources", "said", "that the cable was cut")) == [
        "The Lantern"
    ]


def test_an_apposition_is_left_off_the_name():
    text = "Bo Ternholt, head of the port authority, said the cable was cut."
    one = attribution(text, "Bo Ternholt, head of the port authority,", "said", "the cable was cut")
    assert names(report(text), "cut", one)[0] == "Bo Ternholt"


def test_an_outlet_cites_its_origin():
    text = "The cable was cut on purpose, Agence Corail reported, citing two naval officers."
    one = attribution(text, "Agence Corail", "reported", "The cable was cut on purpose")
    assert names(report(text), "cut", one) == ["two naval officers", "Agence Corail", "The Lantern"]


def test_the_wire_of_the_dateline_stands_before_the_publisher():
    text = "OSLO (Reuters) - Norra expels six envoys."
    assert names(report(text), "expels") == ["Reuters", "The Lantern"]
    assert names(report(text, publisher="Reuters"), "expels") == ["Reuters"]


def test_a_summary_ends_with_the_outlets_it_names():
    one = report("Norra expels six envoys.", sources=("Reuters via Geo News", "BBC"))
    assert names(one, "expels") == ["Reuters", "Geo News"]


@pytest.mark.parametrize(
    ("head", "chain"),
    [
        ("Remarks by Foreign Minister Ada Lindqvist at the summit", ["Ada Lindqvist"]),
        ("Foreign Minister Ada Lindqvist's remarks at the summit", ["Ada Lindqvist"]),
        ("Interview of Ambassador Bo Ternholt with Agence Corail", ["Bo Ternholt", "Agence Corail"]),
        ("Embassy comment on the allegations", ["Embassy"]),
        ("Minister praises remarks of farmers", []),
    ],
)
def test_a_speech_is_its_speakers(head, chain):
    text = f"{head}\n\nTheir hackers emptied our servers in 2019."
    one = report(text, (BlockRole.TITLE, head), publisher="Norra Foreign Ministry")
    assert names(one, "hackers", background=True) == [*chain, "Norra Foreign Ministry"]


def test_the_source_line_answers_for_what_is_not_background():
    text = "Source: Ada Lindqvist on Radio Norra\n\nSix envoys were expelled."
    one = report(text, (BlockRole.SOURCE_LINE, "Source: Ada Lindqvist on Radio Norra"))
    assert names(one, "expelled") == ["Ada Lindqvist", "Radio Norra", "The Lantern"]
    assert names(one, "expelled", background=True) == ["The Lantern"]


def test_the_speaker_of_the_source_line_goes_through_it_everywhere():
    text = "Source: Ada Lindqvist on Radio Norra\n\nOur service had suspicions of a plot, Lindqvist said."
    one = report(text, (BlockRole.SOURCE_LINE, "Source: Ada Lindqvist on Radio Norra"))
    begin = text.rindex("Lindqvist")
    said = Attribution(
        (Span(begin, begin + 9),), (at(text, "said"),), (at(text, "Our service had suspicions of a plot"),)
    )
    assert names(one, "plot", said, background=True) == ["Ada Lindqvist", "Radio Norra", "The Lantern"]


def test_an_editors_insertion_is_the_outlets_own():
    text = "“He [who was expelled in 2019] lies,” Ada Lindqvist said."
    one = attribution(text, "Ada Lindqvist", "said", "“He [who was expelled in 2019] lies,”")
    assert names(report(text), "expelled", one) == ["The Lantern"]


def test_who_is_the_one_named_right_before():
    text = "The valley is held by separatists who say they cut the cable."
    one = attribution(text, "who", "say", "they cut the cable")
    assert names(report(text), "cut", one)[0] == "separatists"
    text = "Outside stood Bo Ternholt, who said they cut the cable."
    one = attribution(text, "who", "said", "they cut the cable")
    assert names(report(text), "cut", one)[0] == "Bo Ternholt"


def test_the_report_is_the_paper_that_spoke_before():
    text = "A parliamentary report released on Monday names six. The report says they hacked the site."
    first = attribution(text, "A parliamentary report released on Monday", "names", "six")
    one = attribution(text, "The report", "says", "they hacked the site")
    assert names(report(text), "hacked", first, one)[0] == "parliamentary report"


def test_an_office_is_whoever_holds_it_in_the_paragraph():
    text = (
        "Governor Ada Lindqvist spoke of rain.\n"
        "The cable was cut, the governor said. Governor Bo Ternholt called it an outrage."
    )
    first = attribution(text, "Governor Ada Lindqvist", "spoke of", "rain")
    one = attribution(text, "the governor", "said", "The cable was cut")
    assert names(report(text), "cut", first, one)[0] == "Bo Ternholt"


def test_a_headline_has_the_voice_of_the_lede_that_it_condenses():
    text = "Harbour hacked\n\nThe harbour was hacked in May, the port authority said."
    one = attribution(text, "the port authority", "said", "The harbour was hacked in May")
    told = report(text, (BlockRole.TITLE, "Harbour hacked"))
    assert names(told, "hacked", one) == ["port authority", "The Lantern"]


def test_what_somebody_meant_is_no_source_of_his():
    text = "“The harbour was hacked,” the report of Bo Ternholt said, referring to the strike."
    one = attribution(text, "the report of Bo Ternholt", "said", "“The harbour was hacked,”")
    assert "strike" not in " ".join(names(report(text), "hacked", one))
    text = "The harbour was hacked, Agence Corail reported, referring to intelligence officials."
    one = attribution(text, "Agence Corail", "reported", "The harbour was hacked")
    assert names(report(text), "hacked", one)[0] == "intelligence officials"


def test_a_name_behind_an_office_and_its_state_with_the_channel_it_was_said_on():
    text = (
        "The Prime Minister of the Kingdom of Norway Ada Lindqvist declared in the ether of the TV channel RTL "
        "that they left."
    )
    one = attribution(text, text[: text.index(" declared")], "declared", "that they left")
    assert names(report(text), "left", one) == ["Ada Lindqvist", "RTL", "The Lantern"]
    text = "Director Ada Lindqvist of the United States Central Intelligence Agency said that they left."
    one = attribution(text, text[: text.index(" said")], "said", "that they left")
    assert names(report(text), "left", one)[0].startswith("Ada Lindqvist")


def test_what_stands_above_the_source_line_was_heard_there_though_it_tells_of_months_past():
    lede, line = "In recent months Norra expelled envoys.", "Source: Ada Lindqvist on Radio Norra"
    text = f"{lede}\n{line}\nEarlier it had closed a mission."
    blocks = (
        Block(BlockRole.BODY, at(text, lede)),
        Block(BlockRole.SOURCE_LINE, at(text, line)),
        Block(BlockRole.BODY, at(text, "Earlier it had closed a mission.")),
    )
    one = Report("r", text, publisher="The Lantern", blocks=blocks)
    assert names(one, "expelled", background=True) == ["Ada Lindqvist", "Radio Norra", "The Lantern"]
    assert names(one, "closed", background=True) == ["The Lantern"]
