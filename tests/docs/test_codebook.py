"""The public codebook says what the program does: its types and its table of numbers."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from nongrata.language.quantities import find_quantities
from nongrata.language.times import find_times
from tests.docs.pages import ROOT
from tests.samples.test_samples import TYPES

PAGE = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (.+?) \| (\[.+?\]) \| \| (.+?) \| (\[.+?\]) \|", PAGE, re.MULTILINE)
NUMBERS = [
    (words, json.loads(bounds))
    for row in ROWS
    for text, bounds in (row[:2], row[2:])
    for words in text.split(", ")
    if words != "a plural with no number"
]


def test_the_twelve_types() -> None:
    table = PAGE.partition("## 1.")[2].partition("## 2.")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == TYPES


@pytest.mark.parametrize(("words", "bounds"), NUMBERS, ids=[words for words, _ in NUMBERS])
def test_a_number_is_read_as_the_codebook_says(words: str, bounds: list[int | None]) -> None:
    found = find_quantities(f"They sent home {words} officials.")
    assert [quantity.interval.to_list() for quantity in found if quantity.interval] == [bounds]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("on Tuesday", "2024-03-05", "2024-03-05"),
        ("in April 2023", "2023-04-01", "2023-04-30"),
        ("in 2021", "2021-01-01", "2021-12-31"),
        ("in recent months", "2023-09-05", "2024-03-05"),
        ("last week", "2024-02-26", "2024-03-03"),
        ("two weeks ago", "2024-02-19", "2024-02-25"),
        ("this week", "2024-03-04", "2024-03-05"),
    ],
)
def test_a_time_is_read_as_the_codebook_says(words: str, first: str, last: str) -> None:
    assert words in PAGE
    found = find_times(f"They left {words}.", date(2024, 3, 5))
    assert [time.when.to_list() for time in found if time.when] == [[first, last]]
