from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.language.quantities import QuantityKind, find_quantities


def counts(text: str) -> list[list[int | None]]:
    return [q.interval.to_list() for q in find_quantities(text) if q.kind is QuantityKind.COUNT and q.interval]


@pytest.mark.parametrize(
    ("text", "interval", "covered"),
    [
        ("expelled 21 envoys", [21, 21], "21"),
        ("at least 17 envoys", [17, None], "at least 17"),
        ("no fewer than 17 envoys", [17, None], "no fewer than 17"),
        ("a minimum of 17 envoys", [17, None], "a minimum of 17"),
        ("more than 400 sites", [401, None], "more than 400"),
        ("over 400 sites", [401, None], "over 400"),
        ("in excess of 400 sites", [401, None], "in excess of 400"),
        ("upwards of 400 sites", [401, None], "upwards of 400"),
        ("up to 40 agents", [1, 40], "up to 40"),
        ("as many as 40 agents", [1, 40], "as many as 40"),
        ("no more than 40 agents", [1, 40], "no more than 40"),
        ("fewer than 40 agents", [1, 39], "fewer than 40"),
        ("about 80 staff", [72, 88], "about 80"),
        ("some 80 staff", [72, 88], "some 80"),
        ("around 80 staff", [72, 88], "around 80"),
        ("approximately 80 staff", [72, 88], "approximately 80"),
        ("roughly 80 staff", [72, 88], "roughly 80"),
        ("an estimated 80 staff", [72, 88], "an estimated 80"),
        ("~80 staff", [72, 88], "~80"),
        ("80 or so staff", [72, 88], "80 or so"),
        ("80 or more staff", [80, None], "80 or more"),
        ("80+ staff", [80, None], "80+"),
        ("about 25 staff", [23, 28], "about 25"),
        ("nearly 80 staff", [72, 79], "nearly 80"),
        ("almost 80 staff", [72, 79], "almost 80"),
        ("close to 80 staff", [72, 79], "close to 80"),
        ("between 20 and 30 envoys", [20, 30], "between 20 and 30"),
        ("20 to 30 envoys", [20, 30], "20 to 30"),
        ("20-30 envoys", [20, 30], "20-30"),
        ("20–30 envoys", [20, 30], "20–30"),
        ("two or three envoys", [2, 3], "two or three"),
        ("two to three million accounts", [2_000_000, 3_000_000], "two to three million"),
        ("a couple of envoys", [2, 2], "a couple"),
        ("a few envoys", [3, 5], "a few"),
        ("several envoys", [3, 9], "several"),
        ("numerous envoys", [2, None], "numerous"),
        ("many envoys", [2, None], "many"),
        ("multiple envoys", [2, None], "multiple"),
        ("a number of envoys", [2, None], "a number of"),
        ("a dozen envoys", [12, 12], "a dozen"),
        ("half a dozen envoys", [6, 6], "half a dozen"),
        ("two dozen envoys", [24, 24], "two dozen"),
        ("more than a dozen envoys", [13, None], "more than a dozen"),
        ("nearly two dozen envoys", [22, 23], "nearly two dozen"),
        ("several dozen envoys", [24, 99], "several dozen"),
        ("dozens of envoys", [24, 99], "dozens"),
        ("scores of envoys", [40, 99], "scores of"),
        ("hundreds of envoys", [200, 999], "hundreds"),
        ("thousands of accounts", [2000, 9999], "thousands"),
        ("tens of thousands of accounts", [20000, 99999], "tens of thousands"),
        ("at least several envoys", [3, None], "at least several"),
        ("twenty-one envoys", [21, 21], "twenty-one"),
        ("Twenty one envoys", [21, 21], "Twenty one"),
        ("one hundred and five envoys", [105, 105], "one hundred and five"),
        ("1,200 accounts", [1200, 1200], "1,200"),
        ("1.2 million accounts", [1_200_000, 1_200_000], "1.2 million"),
        ("3k accounts", [3000, 3000], "3k"),
        ("a hundred accounts", [100, 100], "a hundred"),
        ("half a million accounts", [500_000, 500_000], "half a million"),
        ("both envoys", [2, 2], "both"),
        ("one envoy", [1, 1], "one"),
        ("2000 accounts", [2000, 2000], "2000"),
        ("more than 2000 accounts", [2001, None], "more than 2000"),
        ("a 50-strong team", [50, 50], "50"),
        ("up to 25", [1, 25], "up to 25"),
    ],
)
def test_the_codebooks_table(text: str, interval: list[int | None], covered: str) -> None:
    (quantity,) = [q for q in find_quantities(text) if q.kind is QuantityKind.COUNT]
    assert quantity.interval is not None
    assert quantity.interval.to_list() == interval
    assert quantity.text == covered


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("a third of the envoys", 0.3333),
        ("a fifth of all envoys", 0.2),
        ("two-thirds of the staff", 0.6667),
        ("half of the staff", 0.5),
        ("half the staff", 0.5),
        ("a quarter of the staff", 0.25),
        ("20 per cent of the staff", 0.2),
        ("20% of the staff", 0.2),
        ("12.5 percent", 0.125),
        ("twenty percent", 0.2),
    ],
)
def test_shares_are_no_counts(text: str, share: float) -> None:
    (quantity,) = find_quantities(text)
    assert (quantity.kind, quantity.share, quantity.interval) == (QuantityKind.SHARE, share, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("in 2016", "year"),
        ("the 2016 election", "year"),
        ("the 1990s", "year"),
        ("on 5 March", "date"),
        ("on March 5", "date"),
        ("on March 5th", "date"),
        ("at 10:30", "time"),
        ("at 9 a.m.", "time"),
        ("a 29-year-old clerk", "age"),
        ("aged 29", "age"),
        ("Anna Berg, 29, a clerk", "age"),
        ("29 years old", "age"),
        ("$5 million", "money"),
        ("€300", "money"),
        ("US$20", "money"),
        ("300 euros", "money"),
        ("five million dollars", "money"),
        ("millions of dollars", "money"),
        ("the first envoy", "ordinal"),
        ("the 21st envoy", "ordinal"),
        ("the twenty-first envoy", "ordinal"),
        ("APT29", "designation"),
        ("Flight 17", "designation"),
        ("MH17", "designation"),
        ("the G7", "designation"),
        ("Covid-19", "designation"),
        ("Article 5", "designation"),
        ("Resolution 2334", "designation"),
        ("Unit 29155", "designation"),
        ("a 27-nation bloc", "designation"),
        ("a two-storey house", "designation"),
        ("Five Eyes", "designation"),
        ("No. 10", "designation"),
        ("14 days", "duration"),
        ("72 hours", "duration"),
        ("a 48-hour deadline", "duration"),
        ("two weeks", "duration"),
        ("10 years in prison", "duration"),
        ("several months", "duration"),
        ("5 to 10 years", "duration"),
        ("a few days", "duration"),
        ("40 km", "measure"),
        ("three times", "measure"),
        ("2.5", "measure"),
    ],
)
def test_what_is_no_count(text: str, kind: str) -> None:
    (quantity,) = find_quantities(text)
    assert (str(quantity.kind), quantity.interval, quantity.share) == (kind, None, None)


@pytest.mark.parametrize(
    "text", ["the 9/11 attacks", "the 24/7 desk", "at 192.168.1.2", "how many left", "as many envoys left"]
)
def test_no_count_is_read(text: str) -> None:
    assert counts(text) == []


def test_several_counts_in_a_sentence() -> None:
    assert counts("Norway expelled 3, Spain 25, Italy at least 30 in April 2022") == [
        [3, 3],
        [25, 25],
        [30, None],
    ]
    assert counts("five and six") == [[5, 5], [6, 6]]
    assert counts("cut from 20 to 30") == [[20, 20], [30, 30]]
    assert counts("On March 5, 12 envoys left") == [[12, 12]]


@given(st.text(alphabet="0123456789,. -–k%$toandzewhurit\n", max_size=80) | st.text(max_size=60))
def test_quantities_are_ordered_apart_and_true_to_the_text(text: str) -> None:
    found = find_quantities(text)
    for quantity in found:
        assert quantity.span.of(text) == quantity.text
    for left, right in pairwise(found):
        assert left.span.end <= right.span.begin


@pytest.mark.parametrize(
    "token",
    [
        "9",
        "1,",
        "1,000",
        "a hundred ",
        "twenty-",
        "at least ",
        "between 1 and ",
        "1-",
        "and ",
        "half ",
        "~",
        "\n",
        " 1 to",
    ],
)
def test_hostile_repetition_takes_linear_time(token: str) -> None:
    text = (token * 100_000)[:100_000]
    start = time.perf_counter()
    find_quantities(text)
    assert time.perf_counter() - start < 5
