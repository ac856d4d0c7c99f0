from __future__ import annotations

import gzip
import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nongrata.language.gate import Gate, gate
from nongrata.language.sentences import split
from nongrata.vocabulary.events import EventType

SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.parametrize(
    "text",
    [
        "Norway expels two envoys.",
        "NORWAY EXPELS TWO",
        "The envoy was declared persona non grata.",
        "Their websites were hacked.",
        "The port’s servers went offline after an attack.",
        "He was arrested over contacts with the GRU.",
        "Oslo summoned the ambassador.",
        "Somebody set fire to a warehouse beside the railway.",
    ],
)
def test_what_can_hold_a_claim_passes(text: str) -> None:
    assert gate().passes(text)
    assert gate().hits(text)


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Sweden recognize Kosovo.",
        "Police detain two suspected collaborators.",
        "The council bans two television channels.",
        "Oslo will respond to any hostile step.",
    ],
)
def test_what_only_two_words_together_tell_of_passes(text: str) -> None:
    assert gate().passes(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The team won the cup after extra time.",
        "Shares fell for a third day.",
        "The member was expelled from the party.",
        "Six guests fell ill with food poisoning.",
        "The storm killed four people.",
        "The secretary rejects the charges.",
        "The automaker recalls two million cars.",
        "A grand jury indicts the mayor for fraud.",
        "Candidates post their claims before the election.",
        "Two tourists were kidnapped by bandits.",
    ],
)
def test_what_cannot_does_not_pass(text: str) -> None:
    assert not gate().passes(text)


def test_a_hit_gives_its_place_and_types() -> None:
    text = "Oslo has EXPELLED two."
    (hit,) = gate().hits(text)
    assert (hit.span.of(text), hit.stem, hit.types) == ("EXPEL", "expel", ("expulsion",))


def test_stems_match_at_the_start_of_a_word_only() -> None:
    assert gate().hits("a misexpelled thing") == []


def _type(**lists: tuple[str, ...]) -> EventType:
    empty: dict[str, tuple[str, ...]] = dict.fromkeys(
        ("verbs", "nouns", "phrases", "weak", "firm", "beside", "excluded"), ()
    )
    return EventType("prank", "a prank", "who plays it", "on whom", "", subtypes={}, **{**empty, **lists})


def test_weak_stems_need_company_outside_themselves() -> None:
    own = Gate([_type(verbs=("prank",), weak=("tape", "chair"), firm=("chair",), beside=("desk",))])
    assert own.passes("tape on the chair")
    assert not own.passes("a chair")
    assert not own.passes("tape on the desk")
    assert [hit.stem for hit in own.hits("tape on the desk, a prank")] == ["tape", "prank"]


def test_shy_stems_open_the_gate_in_firm_company_only() -> None:
    own = Gate([_type(verbs=("prank", "joke"), shy=("joke",), firm=("chair",))])
    assert own.passes("a prank")
    assert not own.passes("a joke")
    assert own.passes("a joke about a chair")
    assert [hit.stem for hit in own.hits("a joke")] == ["joke"]


def test_firm_company_stands_near() -> None:
    own = Gate([_type(weak=("tape",), firm=("chair",))])
    assert own.passes(f"tape {'x' * 90} chair")
    assert own.passes(f"chair {'x' * 90} tape")
    assert not own.passes(f"tape {'x' * 110} chair")
    assert own.passes(f"tape {'x' * 110} chair {'x' * 110} chair tape")


def test_a_pair_opens_the_gate_when_its_words_stand_near() -> None:
    own = Gate([_type(verbs=("prank",), pairs=(("cushion", "air", "water"), ("bucket", "door")))])
    assert own.passes("water in a cushion")
    assert own.passes("a bucket on the door")
    assert not own.passes("a bucket of water")
    assert not own.passes(f"a cushion {'x' * 50} water")
    assert own.hits("water in a cushion") == []


def test_excluded_contexts_hide_the_stems_inside() -> None:
    own = Gate([_type(verbs=("prank",), excluded=("prank call",))])
    assert not own.passes("a prank call")
    assert own.passes("a prank call and a prank")


@given(st.text(max_size=80))
def test_hits_are_true_to_the_text(text: str) -> None:
    for hit in gate().hits("Spy " + text):
        assert hit.types
        assert len(hit.span) == len(hit.stem)


@pytest.mark.parametrize("token", ["spy ", "warn moscow ", "prison ", "food poisoning ", "a", "expelled from the "])
def test_hostile_repetition_takes_linear_time(token: str) -> None:
    text = (token * 100_000)[:100_000]
    start = time.perf_counter()
    gate().passes(text)
    gate().hits(text)
    assert time.perf_counter() - start < 5


def _labelled() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for folder in ("dev", "train", "articles"):
        place = SHARED / "eval" / folder
        texts = {row["id"]: row["text"] for row in _rows(place / "reports.jsonl")}
        for row in _rows(place / "labels.jsonl"):
            yield texts[row["id"]], row["claims"]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


needs_eval = pytest.mark.skipif(not (SHARED / "eval" / "train").is_dir(), reason="needs ../shared/eval")


@pytest.mark.shared
@needs_eval
def test_no_report_with_a_claim_is_lost() -> None:
    assert [text[:80] for text, claims in _labelled() if claims and not gate().passes(text)] == []


@pytest.mark.shared
@needs_eval
def test_sentences_with_a_trigger_hold_a_hit() -> None:
    """Floors: a hit of some type in 99.5 % of them, one of the claim's own type in 98 %."""
    total = some = own = 0
    for text, claims in _labelled():
        hits, sentences = gate().hits(text), split(text)
        for claim in claims:
            place = re.search(r"\s+".join(map(re.escape, claim["trigger"].split())), text, re.IGNORECASE)
            if not place:
                continue
            around = [s for s in sentences if s.begin < place.end() and s.end > place.start()]
            types = [kind for hit in hits if any(s.covers(hit.span) for s in around) for kind in hit.types]
            total += 1
            some += bool(types)
            own += claim["type"] in types
    print(f"sentences with a trigger: {total}, any hit {some / total:.4f}, own type {own / total:.4f}")  # noqa: T201
    assert some / total >= 0.995
    assert own / total >= 0.98


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "data" / "current_events.jsonl.gz").is_file(), reason="needs ../shared/data")
def test_few_unrelated_summaries_pass() -> None:
    with gzip.open(SHARED / "data" / "current_events.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    sample = random.Random(7).sample(texts, 5000)  # noqa: S311 - a fixed sample
    share = sum(map(gate().passes, sample)) / len(sample)
    print(f"summaries that pass the gate: {share:.3f}")  # noqa: T201
    assert share <= 0.14
