"""The script that puts the demo's output into the README."""

from __future__ import annotations

import pytest

from tests.docs.pages import script

OUTPUT = """\
3 reports read
id  who
inc-0a1b2c A → B  4 2024  1/1        2
inc-1a1b2c A → B's long  4 2024  1/1        2
           name
inc-2a1b2c A → C  4 2024  1/1 -1     4
           with a tail
inc-3a1b2c A → D  4 2024  2/3        1
3 incidents"""


def test_rows_told_once_are_left_out_with_their_tails() -> None:
    kept = script("update_readme").shortened(OUTPUT).splitlines()
    assert [line[:10] for line in kept] == [
        "3 reports ",
        "id  who",
        "inc-2a1b2c",
        "          ",
        "inc-3a1b2c",
        "3 incident",
    ]


def test_the_block_is_replaced_as_it_stands() -> None:
    filled = script("update_readme").filled("a\n<!-- x -->\nold\n<!-- /x -->\nb", "x", r"new \1")
    assert filled == "a\n<!-- x -->\nnew \\1\n<!-- /x -->\nb"


def test_without_the_marks_it_says_so() -> None:
    with pytest.raises(ValueError, match=r"README\.md needs one"):
        script("update_readme").filled("nothing here", "demo", "new")
