"""Resolution dealt out by type and parties gives what it gives in one process."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings

from tests.resolution.strategies import reports

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(ROOT / "bench")
        yield import_module("resolution_shards")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(told=reports())
def test_cell_by_cell_every_claim_is_in_the_same_cluster(bench: ModuleType, told) -> None:
    found, _ = bench.by_cells(bench.evidence_of(told))
    assert found == bench.whole(bench.evidence_of(told))


def test_so_it_is_with_claims_by_the_thousand(bench: ModuleType) -> None:
    told = list(bench.reports(2500))
    found, seconds = bench.by_cells(bench.evidence_of(told))
    expected = bench.whole(bench.evidence_of(told))
    assert found == expected
    # Cells with a side open, too, and claims of theirs that joined those of others.
    assert {bench.openness(cell) for cell in seconds} == {0, 1, 2}
    cells = {e.key: bench.cell_of(e) for e in bench.evidence_of(told)}
    joined = {bench.openness(cells[key]) for key, founder in found.items() if cells[key] != cells[founder]}
    assert joined == {1}


def test_nothing_is_lost_in_dealing(bench: ModuleType) -> None:
    cells = bench.drawn(20_000)
    assert sum(cells.values()) == 20_000
    assert bench.makespan(cells, 1) == 20_000
    assert 20_000 / 8 <= bench.makespan(cells, 8) < 20_000 / 4
    assert bench.dealt([5, 4, 3, 3], 2) == 8
