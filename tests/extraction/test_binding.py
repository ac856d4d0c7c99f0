from __future__ import annotations

import pytest

from nongrata.extraction.binding import holding, is_nobodys, is_telling, is_verdict
from nongrata.extraction.speech import Attribution
from nongrata.model import Span


def made(text: str, cue: str, content: str, source: str = "") -> Attribution:
    span = lambda piece: (Span(text.index(piece), text.index(piece) + len(piece)),)  # noqa: E731
    return Attribution(span(source) if source else (), span(cue), span(content))


@pytest.mark.parametrize(
    "cue",
    [
        "said",
        "has repeatedly denied",
        "according to",
        "accused",
        ":",
        "suspects",
        "told reporters",
        "a report",
        "promised",
        "spoke of",
    ],
)
def test_what_is_said_or_held_is_told(cue):
    text = f"Ada {cue} it rained"
    assert is_telling(text, made(text, cue, "it rained"))


@pytest.mark.parametrize("cue", ["wants", "plans", "urged", "ordered", "condemned", "recalls", "praised"])
def test_what_is_wanted_or_done_is_not(cue):
    text = f"Ada {cue} it rained"
    assert not is_telling(text, made(text, cue, "it rained"))


def test_only_what_stands_in_the_content_is_held():
    text = "Ada said envoys were expelled. Later a site was hacked."
    one = made(text, "said", "envoys were expelled", "Ada")
    assert holding(text, [one], Span(text.index("expelled"), text.index("expelled") + 8)) == [one]
    assert holding(text, [one], Span(text.index("hacked"), text.index("hacked") + 6)) == []


def test_nobody_named_is_no_voice():
    text = "Allegedly envoys were expelled."
    one = made(text, "Allegedly", "envoys were expelled")
    assert holding(text, [one], Span(text.index("expelled"), text.index("expelled") + 8)) == []


@pytest.mark.parametrize(
    ("cue", "content", "tells"),
    [
        ("linked", "the hackers to Norra", True),
        ("identified", "him as an officer of Norra", True),
        ("identified", "three victims", False),
        ("published", "information that it rained", False),
        ("information", "that it rained", True),
    ],
)
def test_joining_two_things_tells_something(cue, content, tells):
    text = f"Ada {cue} {content}"
    assert is_telling(text, made(text, cue, content)) is tells


def test_the_occasion_that_a_reporter_adds_is_not_told():
    text = "Norra accuses Sund of lying after Sund expels two envoys."
    one = made(text, "accuses", "Sund of lying after Sund expels two envoys", "Norra")
    assert holding(text, [one], Span(text.index("lying"), text.index("lying") + 5)) == [one]
    assert holding(text, [one], Span(text.index("expels"), text.index("expels") + 6)) == []
    text = "Norra says that it rained after Sund expelled two envoys."
    one = made(text, "says", "that it rained after Sund expelled two envoys", "Norra")
    assert holding(text, [one], Span(text.index("expelled"), text.index("expelled") + 8)) == [one]


def test_a_verdict_takes_for_granted_what_it_is_about():
    text = "Norra condemned the decision to expel two envoys"
    assert is_verdict(text, made(text, "condemned", "the decision to expel two envoys", "Norra"))
    text = "Norra denied the decision to expel two envoys"
    assert not is_verdict(text, made(text, "denied", "the decision to expel two envoys", "Norra"))


def test_a_ruling_is_told_and_a_verdict_with_its_ground():
    text = "The court ruled that it rained"
    assert is_telling(text, made(text, "ruled", "that it rained"))
    text = "Ada criticised Norra for hacking the site"
    assert is_telling(text, made(text, "criticised", "Norra for hacking the site"))
    assert not is_verdict(text, made(text, "criticised", "Norra for hacking the site"))


def test_to_call_it_something_is_a_stand_and_to_call_for_it_is_none():
    text = "The mayor calls it an act of sabotage."
    one = made(text, "calls", "it an act of sabotage", "The mayor")
    trigger = Span(text.index("calls"), text.index("sabotage") + 8)
    assert holding(text, [one], trigger) == [one]
    text = "The mayor calls for sanctions."
    one = made(text, "calls for", "sanctions", "The mayor")
    assert holding(text, [one], Span(text.index("calls"), text.index("sanctions") + 9)) == []


def test_an_accusation_that_is_added_has_no_voice():
    text = "Zorvane reports on the group, which was accused of hacking the site."
    one = Attribution((), (Span(text.index("was"), text.index(" of")),), (
        Span(text.index("which"), text.index("which") + 5), Span(text.index("of hacking"), text.index("."))
    ))  # fmt: skip
    trigger = Span(text.index("hacking"), text.index("hacking") + 7)
    assert is_nobodys(text, [one], trigger)
    assert not is_nobodys(text, [one], Span(0, 7))


@pytest.mark.parametrize(
    ("content", "telling"),
    [
        ("him not to leave", False),
        ("the envoy to leave", False),
        ("him that he had to leave", True),
        ("that he had to leave", True),
    ],
)
def test_who_tells_somebody_to_do_something_orders_it(content, telling):
    text = f"Ada told {content}"
    assert is_telling(text, made(text, "told", content)) is telling


def test_no_comment_tells_nothing():
    text = "Ada refused to comment on it"
    assert not is_telling(text, made(text, "to comment", "it"))


@pytest.mark.parametrize("lead", ["in response to", "despite"])
def test_what_is_answered_is_the_reporters_though_somebody_tells_the_answer(lead):
    text = f"Norra announced that it would stay {lead} the expulsion of six envoys"
    one = made(text, "announced", f"that it would stay {lead} the expulsion of six envoys", "Norra")
    begin = text.index("expulsion")
    assert holding(text, [one], Span(begin, begin + 9)) == []
    assert holding(text, [one], Span(text.index("stay"), text.index("stay") + 4)) == [one]


@pytest.mark.parametrize(
    ("cited", "telling"),
    [("security concerns", True), ("two officials", False), ("the defence ministry", False), ("Bo Tern", False)],
)
def test_a_reason_that_is_cited_is_told_and_who_is_cited_tells_it_himself(cited, telling):
    text = f"Ada shut the gates, citing {cited}"
    assert is_telling(text, made(text, "citing", cited)) is telling
