"""Copies: exact, near, neither; and who copied whom."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from nongrata.reading import parse_text
from nongrata.reading.duplicates import SIMILAR, Copy, CopyKind, Text, copies_among, sketch_of, text_of

STORY = (
    "Northland has told nine attachés to leave the country, the premier said on Tuesday.\n\n"
    "She said that the nine had worked for a foreign service for years and had paid a clerk for maps.\n\n"
    "The embassy called the step a farce and promised an answer within the week, as it had done in May."
)


def text(number: int, words: str, day: int | None = 5) -> Text:
    return text_of(parse_text(words, published=date(2024, 3, day) if day else None), number)


def only(new: Text, *others: Text) -> Copy:
    (found,) = copies_among(new, others)
    return found


def test_exact_copies_differ_in_layout_only() -> None:
    laid_out = text(2, STORY.replace("\n\n", "\n").upper() + "\n\nFollow us on Telegram")
    assert only(laid_out, text(1, STORY)) == Copy(2, 1, CopyKind.EXACT, 1.0)
    assert sketch_of(laid_out) == sketch_of(text(1, STORY))


def test_the_later_by_day_is_the_copy() -> None:
    assert only(text(2, STORY, 6), text(1, STORY, 7)).copy == 1
    assert only(text(2, STORY, 7), text(1, STORY, 7)).copy == 2


def test_a_report_without_a_day_is_the_copy_of_one_that_has_one() -> None:
    assert only(text(2, STORY, None), text(1, STORY, 7)).copy == 2
    assert only(text(2, STORY, 7), text(1, STORY, None)).copy == 1


def test_of_several_the_one_most_like_it_is_the_original_and_of_equals_the_first() -> None:
    longer = STORY + " The clerk had been in the service of the port for as long as anybody could remember."
    found = copies_among(text(9, STORY, 9), [text(1, longer, 1), text(2, STORY, 4), text(3, STORY, 3)])
    assert [(copy.copy, copy.original) for copy in found] == [(9, 3)]


def test_a_new_report_that_is_earlier_is_the_original_of_all_that_are_like_it() -> None:
    found = copies_among(text(9, STORY, 1), [text(1, STORY, 4), text(2, STORY, 3)])
    assert sorted((copy.copy, copy.original) for copy in found) == [(1, 9), (2, 9)]


def test_near_copies_and_other_stories() -> None:
    edited = "By Ada Quill\n\n" + STORY.replace("on Tuesday", "late on Tuesday") + " It gave no detail."
    found = only(text(2, edited), text(1, STORY))
    assert found.kind is CopyKind.NEAR
    assert 0.6 < found.similarity < 1
    other = "A court in Harbourton has jailed a translator for four years for passing papers to a foreign service."
    assert copies_among(text(3, other), [text(1, STORY)]) == []


def test_short_texts_are_alike_only_when_the_same() -> None:
    first = text(1, "Two envoys left.")
    assert copies_among(text(2, "Two envoys stayed."), [first]) == []
    assert only(text(3, "Two envoys left."), first).kind is CopyKind.EXACT
    assert sketch_of(first).bands == ()


def test_texts_without_words_are_no_copies() -> None:
    assert copies_among(text(2, "..."), [text(1, "!!!")]) == []


WORDS = st.lists(st.sampled_from([f"word{number}" for number in range(200)]), min_size=40, max_size=120, unique=True)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.data())
def test_a_text_with_a_few_words_changed_shares_a_band(words: list[str], data: st.DataObject) -> None:
    changed = list(words)
    for place in data.draw(st.lists(st.integers(0, len(words) - 1), max_size=len(words) // 40)):
        changed[place] = "changed"
    one, two = text(1, " ".join(words)), text(2, " ".join(changed))
    assert only(two, one).similarity >= SIMILAR
    assert set(sketch_of(one).bands) & set(sketch_of(two).bands)
