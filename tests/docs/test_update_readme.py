"""The script that puts the demo's output into the README."""

from __future__ import annotations

import pytest

from tests.docs.pages import script


def test_the_block_is_replaced_as_it_stands() -> None:
    filled = script("update_readme").filled("a\n<!-- x -->\nold\n<!-- /x -->\nb", "x", r"new \1")
    assert filled == "a\n<!-- x -->\nnew \\1\n<!-- /x -->\nb"


def test_without_the_marks_it_says_so() -> None:
    with pytest.raises(ValueError, match=r"README\.md needs one"):
        script("update_readme").filled("nothing here", "demo", "new")
