from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.language.names import MentionKind, find_mentions
from nongrata.model import Span


def found(text: str, published: date | None = None) -> list[tuple[str, str]]:
    return [(m.text, m.code) for m in find_mentions(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway expels two.", [("Norway", "NO")]),
        ("Norway's envoy", [("Norway", "NO")]),
        ("Norway’s envoy", [("Norway", "NO")]),
        ("the Norwegians' envoy", [("Norwegians", "NO")]),
        ("a Pole and two Finns", [("Pole", "PL"), ("Finns", "FI")]),
        ("polish the table with us", []),
        ("the turkey in the china shop", []),
        ("US$5 million", []),
        ("the US, the U.S. and the USA", [("US", "US"), ("U.S.", "US"), ("USA", "US")]),
        ("South Korea and North Korean envoys", [("South Korea", "KR"), ("North Korean", "KP")]),
        ("ships in the South China Sea", []),
        ("told The Washington Post", []),
        ("lives in Washington state", []),
        ("flew from Atlanta, Georgia", []),
        ("the Georgian parliament in Tbilisi", [("Georgian", "GE"), ("Tbilisi", "GE")]),
        (
            "Nigeriens in Niger and Nigerians in Nigeria",
            [("Nigeriens", "NE"), ("Niger", "NE"), ("Nigerians", "NG"), ("Nigeria", "NG")],
        ),
        (
            "the Republic of the Congo and the Democratic Republic of the Congo",
            [("Republic of the Congo", "CG"), ("Democratic Republic of the Congo", "CD")],
        ),
        (
            "Guinea, Guinea-Bissau and Papua New Guinea",
            [("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("Papua New Guinea", "PG")],
        ),
        ("Northern Ireland and Ireland", [("Northern Ireland", "GB"), ("Ireland", "IE")]),
        ("East Germany and Germany", [("East Germany", "DD"), ("Germany", "DE")]),
        ("the Vienna Convention on Diplomatic Relations", []),
        ("Brussels sprouts with French toast", []),
        (
            "the Kremlin, Downing Street and the Quai d’Orsay",
            [("Kremlin", "RU"), ("Downing Street", "GB"), ("Quai d’Orsay", "FR")],
        ),
        ("courts in The Hague", [("The Hague", "NL")]),
        ("a US-led coalition", [("US", "US")]),
        ("pro-Danish hackers", [("Danish", "DK")]),
        ("anti-Danish protests", []),
        ("French-speaking countries", []),
        ("MALTA EXPELS LIBYAN ENVOY", [("MALTA", "MT"), ("LIBYAN", "LY")]),
        ("malicious Malian mail", [("Malian", "ML")]),
        ("see france.example or @Italy", []),
        ("left for Spain.The envoy", [("Spain", "ES")]),
        ("NoName057(16) struck sites", [("NoName057(16)", "NoName057(16)")]),
        ("Fancy Bear, also APT28", [("Fancy Bear", "APT28"), ("APT28", "APT28")]),
        ("the European Commission and NATO", [("European Commission", "EU"), ("NATO", "NATO")]),
        (
            "Kosovo, Taiwan, Palestine, the Vatican",
            [("Kosovo", "XK"), ("Taiwan", "TW"), ("Palestine", "PS"), ("Vatican", "VA")],
        ),
        (
            "the former Soviet Union, Czechoslovakia and Yugoslavia",
            [("Soviet Union", "SU"), ("Czechoslovakia", "CS"), ("Yugoslavia", "YU")],
        ),
        ("Côte d’Ivoire and Türkiye", [("Côte d’Ivoire", "CI"), ("Türkiye", "TR")]),
        ("the United\nKingdom", [("United\nKingdom", "GB")]),
    ],
)
def test_names_and_codes(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "state"),
    [
        ("Latvia", MentionKind.STATE, "LV"),
        ("Latvian", MentionKind.DEMONYM, "LV"),
        ("Latvians", MentionKind.PEOPLE, "LV"),
        ("Riga", MentionKind.CAPITAL, "LV"),
        ("White House", MentionKind.GOVERNMENT, "US"),
        ("NATO", MentionKind.BODY, None),
        ("GRU", MentionKind.AGENCY, "RU"),
        ("Killnet", MentionKind.GROUP, "RU"),
        ("Macron", MentionKind.LEADER, "FR"),
        ("Ursula von der Leyen", MentionKind.LEADER, None),
    ],
)
def test_kinds_and_states(text: str, kind: MentionKind, state: str | None) -> None:
    (mention,) = find_mentions(text)
    assert (mention.kind, mention.state, mention.span) == (kind, state, Span(0, len(text)))


def test_a_leader_counts_while_in_office() -> None:
    assert found("Merkel spoke", date(2014, 5, 1)) == [("Merkel", "DE")]
    assert found("Merkel spoke", date(2024, 5, 1)) == []
    assert found("Kallas spoke", date(2023, 5, 1)) == [("Kallas", "EE")]
    assert found("Kallas spoke", date(2025, 5, 1)) == [("Kallas", "EU")]


def test_a_surname_after_another_first_name_is_someone_else() -> None:
    assert found("Her cousin Olga Putin spoke") == []
    assert found("President Putin spoke") == [("Putin", "RU")]
    assert found("He left. Putin spoke") == [("Putin", "RU")]
    assert found("Under Putin it changed") == [("Putin", "RU")]


def test_a_common_surname_needs_the_full_name_in_the_text() -> None:
    assert found("In May the envoy left") == []
    assert found("Theresa May spoke. May left.") == [("Theresa May", "GB"), ("May", "GB")]


@given(st.text(alphabet="US.aN ’'-$@Rusi\n", max_size=60) | st.text(max_size=40))
def test_mentions_are_ordered_apart_and_true_to_the_text(text: str) -> None:
    mentions = find_mentions(text)
    for mention in mentions:
        assert mention.span.of(text) == mention.text
    for left, right in pairwise(mentions):
        assert left.span.end <= right.span.begin
