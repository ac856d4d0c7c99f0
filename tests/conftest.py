"""Settings of the whole suite."""

from __future__ import annotations

from hypothesis import settings

# A busy machine must not fail a test by its clock; speed is measured by the benchmarks.
settings.register_profile("nongrata", deadline=None)
settings.load_profile("nongrata")
