"""Items drawn ahead by a thread come in order, with their errors, and no thread outlives who takes them."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from nongrata.reading.ahead import drawn_ahead


def numbers(count: int, drawn: list[int], fails: bool = False) -> Iterator[int]:
    for number in range(count):
        drawn.append(number)
        yield number
    if fails:
        raise OSError("the disk is gone")


@pytest.mark.parametrize("batch", [1, 7, 1000])
def test_all_items_come_in_order(batch: int) -> None:
    assert list(drawn_ahead(numbers(100, []), lambda _: 1, batch)) == list(range(100))
    assert list(drawn_ahead(numbers(0, []), lambda _: 1, batch)) == []


@pytest.mark.parametrize("batch", [1, 7, 1000])
def test_an_error_comes_after_the_items_before_it(batch: int) -> None:
    found = []
    with pytest.raises(OSError, match="the disk is gone"):
        found.extend(drawn_ahead(numbers(50, [], fails=True), lambda _: 1, batch))
    assert found == [] or found == list(range(50))
    taken = drawn_ahead(numbers(50, [], fails=True), lambda _: 1, batch)
    assert [next(taken) for _ in range(50)] == list(range(50))
    with pytest.raises(OSError, match="the disk is gone"):
        next(taken)


def test_no_more_is_drawn_than_fits_and_closing_ends_the_thread() -> None:
    drawn: list[int] = []
    before = threading.active_count()
    taken = drawn_ahead(numbers(10_000, drawn), lambda _: 1, 10)
    assert next(taken) == 0
    taken.close()
    assert threading.active_count() == before
    assert len(drawn) <= 50
