"""The pages that every page leads to."""

from __future__ import annotations

NAVIGATION = (("overview", "/", "Overview"),)
"""Name (a page gives it as ``here``), address and words, in order."""
