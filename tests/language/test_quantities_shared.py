"""Agreement with NumberModel and NumberRangeModel of ../shared/data (MIT), where they mean what the codebook means.

Of NumberModel the cases with one whole number below 10^15 are taken. Left out are fractions and powers; money, ages,
versions and names, which the codebook does not count; figures with a blank between thousands, with letters of the
metric system (10G), and figures mixed with words ("3 hundred and 21"). Of NumberRangeModel those with one range of
whole numbers from 0 whose words are the codebook's modifiers and ranges, and no ages; its ranges leave out a bound that
the table includes, so each is compared by the table's meaning.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from nongrata.language.quantities import find_quantities

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not (DATA / "NumberModel.json.gz").is_file(), reason="needs ../shared/data")

_MODIFIERS = {
    r"(?:more than|over) [\w ,-]+": lambda n: [n + 1, None],
    r"(?:at least|no less than|no fewer than) [\w ,-]+": lambda n: [n, None],
    r"(?:up to|at most|no more than) [\w ,-]+": lambda n: [1, n],
    r"less than or equal to [\w ,-]+": lambda n: [1, n],
    r"(?:less than|fewer than) [\w ,-]+": lambda n: [1, n - 1],
}
_OTHER_NUMBERS = re.compile(
    r"half|quarter|third|fourth|fifth|\bdz|\bdoz|point|naught|\^|e\d"
    r"|[$€£]|dollar|yuan|\bSEK\b|years old|version|SCP|\d ?[GMk]\b"
    r"|\d \d{3}|\d (?:hundred|thousand|lakh|crore)\D* (?:\d|one|two)|lakh crore"
)
_RANGE = re.compile(r"(?:between )?[\w,]+(?: and | to | ?[-–] ?)[\w,]+")


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads(gzip.decompress((DATA / name).read_bytes()).decode("utf-8-sig"))
    return cases


@pytest.mark.shared
@needs_data
def test_agreement_with_the_number_model() -> None:
    right, wrong = 0, []
    for case in _cases("NumberModel.json.gz"):
        if len(case["Results"]) != 1:
            continue
        result = case["Results"][0]
        value = result["Resolution"].get("value", "")
        if not re.fullmatch(r"\d{1,15}", value) or _OTHER_NUMBERS.search(case["Input"]):
            continue
        got = [q.interval.to_list() for q in find_quantities(case["Input"]) if q.interval]
        if [int(value), int(value)] in got:
            right += 1
        else:
            wrong.append((case["Input"], value, find_quantities(case["Input"])))
    print(f"numbers: {right} of {right + len(wrong)}")  # noqa: T201
    assert right / (right + len(wrong)) >= 0.9, wrong


@pytest.mark.shared
@needs_data
def test_agreement_with_the_number_range_model() -> None:
    right, wrong = 0, []
    for case in _cases("NumberRangeModel.json.gz"):
        if len(case["Results"]) != 1:
            continue
        said, value = case["Results"][0]["Text"].lower(), case["Results"][0]["Resolution"]["value"]
        bounds = re.fullmatch(r"[\[(](\d*),(\d*)[\])]", value)
        if not bounds or "years old" in case["Input"] or " and at " in said:
            continue
        lo, hi = (int(b) if b else None for b in bounds.groups())
        named = next(n for n in (lo, hi) if n is not None)
        expected = next((read(named) for pattern, read in _MODIFIERS.items() if re.fullmatch(pattern, said)), None)
        if expected is None and _RANGE.fullmatch(said) and lo is not None and hi is not None:
            expected = [lo, hi]
        if expected is None:
            continue
        if expected in [q.interval.to_list() for q in find_quantities(case["Input"]) if q.interval]:
            right += 1
        else:
            wrong.append((case["Input"], value, find_quantities(case["Input"])))
    print(f"ranges: {right} of {right + len(wrong)}")  # noqa: T201
    assert right / (right + len(wrong)) >= 0.9, wrong
