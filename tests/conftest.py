"""Settings of the whole suite, and the PostgreSQL server that its tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import postgres

# A busy machine must not fail a test by its clock; speed is measured by the benchmarks.
settings.register_profile("nongrata", deadline=None)
settings.load_profile("nongrata")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a PostgreSQL server: the one that ``NONGRATA_TEST_POSTGRES`` names, else one that is started here.

    Where no server program is installed its tests are skipped; with the value "own" they fail.
    """
    named = os.environ.get(postgres.ENV, "")
    if "://" in named:
        yield named
        return
    if postgres.programs() is None and named != "own":
        pytest.skip("no PostgreSQL server here: install Debian's postgresql to run these tests")
    with postgres.server() as url:
        yield url


@pytest.fixture
def postgres_place(postgres_server: str) -> Iterator[str]:
    """URL of a fresh PostgreSQL database."""
    with postgres.fresh_database(postgres_server) as url:
        yield url
