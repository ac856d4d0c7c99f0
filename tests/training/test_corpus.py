"""The written reports: as many as the datasheet says, every one in its format."""

from __future__ import annotations

import random
from functools import cache

import pytest
from training.reports import check
from training.reports.corpus import FILES, reports


def seeded(seed):
    return random.Random(seed)  # noqa: S311


@cache
def read():
    return list(reports(seeded(0)))


def test_the_checker_finds_nothing_wrong():
    by_story: dict[str, list] = {}
    wrong = [e for path in FILES for _, errors in check.read(path, seeded(1), by_story) for e in errors]
    assert wrong == []


def test_there_is_as_much_as_the_datasheet_says():
    found = read()
    claims = [c for r in found for c in r.claims]
    attributions = [a for r in found for a in r.attributions]
    assert len(found) >= 5828
    assert len(claims) >= 9799
    assert len(attributions) >= 8433
    assert sum(not r.claims for r in found) / len(found) >= 0.25


def test_ids_are_told_apart():
    ids = [r.id for r in read()]
    assert len(ids) == len(set(ids))


def test_slots_are_filled_anew_and_alike_within_a_story():
    first, second = (list(reports(seeded(seed))) for seed in (1, 2))
    changed = sum(a.text != b.text for a, b in zip(first, second, strict=True))
    assert changed > len(first) / 2
    assert not any("{" in r.text for r in first)


def test_spans_hold_what_the_tags_held():
    for report in read():
        for attribution in report.attributions:
            assert attribution.cue
            assert attribution.content
            for span in (*attribution.source, *attribution.cue, *attribution.content):
                assert span.of(report.text).strip(), report.id


@pytest.mark.parametrize(
    "name", ["expulsions", "cyber", "espionage", "disinformation", "sabotage", "odd", "retellings", "digests"]
)
def test_every_beat_is_there(name):
    assert any(path.name.startswith(name) for path in FILES)
