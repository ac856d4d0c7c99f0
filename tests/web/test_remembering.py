from __future__ import annotations

import threading
import time

import pytest

from nongrata.web.remembering import Memory


def test_what_was_computed_is_kept_until_the_mark_moves_on() -> None:
    memory, calls = Memory(2), []

    def compute() -> int:
        calls.append(1)
        return len(calls)

    assert [memory.get("a", 1, compute) for _ in range(3)] == [1, 1, 1]
    assert memory.get("a", 2, compute) == 2
    assert memory.get("a", 1, compute) == 2, "what is newer will do"


def test_what_was_used_least_lately_goes_first() -> None:
    memory = Memory(2)
    memory.get("a", 1, lambda: "a")
    memory.get("b", 1, lambda: "b")
    memory.get("a", 1, lambda: "again")
    memory.get("c", 1, lambda: "c")
    assert memory.get("a", 1, lambda: "again") == "a"
    assert memory.get("b", 1, lambda: "again") == "again"


def test_several_that_ask_at_once_wait_for_one() -> None:
    memory, calls, found = Memory(2), [], []

    def compute() -> str:
        calls.append(1)
        time.sleep(0.05)
        return "value"

    threads = [threading.Thread(target=lambda: found.append(memory.get("a", 1, compute))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["value"] * 8
    assert len(calls) == 1


def test_an_error_is_not_remembered() -> None:
    memory = Memory(2)

    def fail() -> str:
        raise ValueError("not now")

    with pytest.raises(ValueError, match="not now"):
        memory.get("a", 1, fail)
    assert memory.get("a", 1, lambda: "value") == "value"
