"""What the package offers, and no more."""

from __future__ import annotations

import dataclasses

import nongrata.analysis as analysis

PUBLIC = [
    "Comparison", "Drift", "Events", "Happenings", "Ladder", "Member", "Outlet", "Pair", "Period", "Repeat",
    "Response", "Rung", "Side", "Sources", "Standing", "Step", "Tellings", "Wave", "Waves", "WindowRate",
    "compare", "happenings", "reciprocity", "respond", "response_pairs", "sources", "tellings", "waves",
]  # fmt: skip


def test_the_public_names_are_pinned() -> None:
    assert analysis.__all__ == PUBLIC
    assert all(hasattr(analysis, name) for name in PUBLIC)


def test_values_are_frozen() -> None:
    for name in PUBLIC:
        thing = getattr(analysis, name)
        if dataclasses.is_dataclass(thing):
            assert thing.__dataclass_params__.frozen, name
