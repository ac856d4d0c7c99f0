"""Operators over a trigger: what governs it, and how far the words reach."""

from __future__ import annotations

from datetime import date

import pytest

import nongrata
from nongrata.extraction.modality import governing
from nongrata.model import Span


@pytest.mark.parametrize(
    ("sentence", "trigger", "operator"),
    [
        ("Norra expelled two envoys.", "expelled", None),
        ("Norra did not expel two envoys.", "expel", "not"),
        ("There is no doubt that Norra expelled two envoys.", "expelled", "assured"),
        ("There is no doubt that Norra did not expel two envoys.", "expel", "not"),
        ("Norra hasn't yet expelled two envoys.", "expelled", "not"),
        ("Norra expelled not only two envoys but a third.", "expelled", None),
        ("Norra denies having expelled two envoys.", "expelled", "denied"),
        ("Norra did not rule out that it may expel two envoys.", "expel", "not_ruled_out"),
        ("Norra refused to expel two envoys.", "expel", "refused"),
        ("Norra refused to close two consulates.", "refused to close two consulates", "refused"),
        ("The report that Norra expelled two envoys is untrue.", "expelled two envoys is untrue", "false"),
        ("Norra threatened to expel two envoys.", "expel", "threatened"),
        ("Norra was asked whether it would expel two envoys.", "expel", "open"),
        ("Norra may expel two envoys.", "expel", "may"),
        ("Norra would expel two envoys.", "expel", "would"),
        ("Norra has probably expelled two envoys.", "expelled", "likely"),
        ("Norra is believed to have expelled two envoys.", "expelled", "believed"),
        ("One officer came away convinced that Norra expelled two envoys.", "expelled", "believed"),
        ("She sees the fingerprints of Norra.", "fingerprints", "signs"),
        ("Norra has allegedly expelled two envoys.", "expelled", "alleged"),
        ("Norra will expel two envoys.", "expel", "planned"),
        ("Norra is to expel two envoys.", "expel", "planned"),
        ("Whenever Norra speaks up its sites are attacked.", "attacked", "habitual"),
        ("Reports that Norra expelled two envoys are false.", "expelled", "false"),
        ("Norra did not answer, but expelled two envoys.", "expelled", None),
        ("Norra, which may join the union, expelled two envoys.", "expelled", None),
        ("Norra calls on the union to expel two envoys.", "expel", "called_for"),
        ("The union investigates claims that Norra expelled two envoys.", "expelled", "alleged"),
        ("The union claims that Norra expelled two envoys.", "expelled", None),
        ("The union sees a possible cause for Norra to expel two envoys.", "expel", "may"),
        (
            "The union traced it to Norra, with moderate confidence, as the one that expelled two.",
            "expelled",
            "confident",
        ),
        ("Norra expelled the envoys with moderate confidence.", "expelled", "confident_after"),
        ("Norra expelled two, and whether the union follows is anybody's guess.", "expelled", "left_open"),
        ("Talks will resume after Norra expelled two envoys.", "expelled", None),
    ],
)
def test_the_operator_that_governs(sentence: str, trigger: str, operator: str | None) -> None:
    begin = sentence.index(trigger)
    found = governing(sentence, Span(0, len(sentence)), Span(begin, begin + len(trigger)), "expulsion")
    assert (found.operator.name if found else None) == operator


@pytest.mark.parametrize(
    ("sentence", "operator"),
    [
        ("Norra's service would be behind the cut, the daily reports.", "reported"),
        ("Norra's service would be behind the cut if the daily were right.", "would"),
        ("The crew would have made the cut at night, writes the daily.", "reported"),
        ("The daily fears that others would make the same cut.", "would"),
    ],
)
def test_the_conditional_of_translated_news_is_hearsay(sentence: str, operator: str) -> None:
    begin = sentence.index("cut")
    found = governing(sentence, Span(0, len(sentence)), Span(begin, begin + 3), "sabotage")
    assert found is not None
    assert found.operator.name == operator


def test_the_operator_knows_its_characters() -> None:
    sentence = "Norra did not expel anyone."
    found = governing(sentence, Span(0, len(sentence)), Span(14, 19), "expulsion")
    assert found is not None
    assert found.span.of(sentence) == "not"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Norra's consul is likely to be a spy.", "PR+"),
        ("The paper suggests that Norra's consul is likely to be a spy.", "PR+"),
        ("The paper suggests that Norra's consul is a spy.", "PS+"),
    ],
)
def test_a_degree_put_in_words_stands(sentence: str, told: str) -> None:
    found = [claim for claim in nongrata.read(sentence, published=date(2024, 3, 5)) if claim.type == "espionage"]
    assert [claim.factuality.value for claim in found] == [told]


def test_long_text_is_read_in_time() -> None:
    sentence = "not very " * 5000 + "expel"
    governing(sentence, Span(0, len(sentence)), Span(len(sentence) - 5, len(sentence)), "expulsion")
