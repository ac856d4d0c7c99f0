"""Copies: exact, near, neither; and who copied whom."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from nongrata.reading import parse_text
from nongrata.reading.duplicates import CopyKind, DuplicateIndex

STORY = (
    "Northland has told nine attachés to leave the country, the premier said on Tuesday.\n\n"
    "She said that the nine had worked for a foreign service for years and had paid a clerk for maps.\n\n"
    "The embassy called the step a farce and promised an answer within the week, as it had done in May."
)


def report(number: int, text: str, day: int | None = 5):
    return parse_text(text, id=str(number), published=date(2024, 3, day) if day else None)


def test_exact_copies_differ_in_layout_only() -> None:
    index = DuplicateIndex()
    assert index.add(report(1, STORY)) is None
    found = index.add(report(2, STORY.replace("\n\n", "\n").upper() + "\n\nFollow us on Telegram"))
    assert found is not None
    assert (found.copy, found.original, found.kind, found.similarity) == ("2", "1", CopyKind.EXACT, 1.0)


def test_the_later_by_day_is_the_copy() -> None:
    index = DuplicateIndex()
    index.add(report(1, STORY, 7))
    found = index.add(report(2, STORY, 6))
    assert found is not None
    assert (found.copy, found.original) == ("1", "2")
    undated = index.add(report(3, STORY, None))
    assert undated is not None
    assert undated.copy == "3"


def test_near_copies_and_other_stories() -> None:
    index = DuplicateIndex()
    index.add(report(1, STORY))
    found = index.add(
        report(2, "By Ada Quill\n\n" + STORY.replace("on Tuesday", "late on Tuesday") + " It gave no detail.")
    )
    assert found is not None
    assert found.kind is CopyKind.NEAR
    assert 0.6 < found.similarity < 1
    other = "A court in Harbourton has jailed a translator for four years for passing papers to a foreign service."
    assert index.add(report(3, other)) is None
    assert len(index) == 3


def test_short_texts_are_alike_only_when_the_same() -> None:
    index = DuplicateIndex()
    index.add(report(1, "Two envoys left."))
    assert index.add(report(2, "Two envoys stayed.")) is None
    found = index.add(replace(report(3, "Two envoys left."), blocks=()))
    assert found is not None
    assert found.kind is CopyKind.EXACT


WORDS = st.lists(st.sampled_from([f"word{number}" for number in range(200)]), min_size=40, max_size=120)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.data())
def test_a_text_with_a_few_words_changed_is_found(words: list[str], data: st.DataObject) -> None:
    changed = list(words)
    for place in data.draw(st.lists(st.integers(0, len(words) - 1), max_size=len(words) // 40)):
        changed[place] = "changed"
    index = DuplicateIndex()
    index.add(report(1, " ".join(words)))
    found = index.add(report(2, " ".join(changed)))
    assert found is not None
    assert found.similarity >= 0.5
