"""The pages that every page leads to."""

from __future__ import annotations

NAVIGATION = (
    ("overview", "/", "Overview"),
    ("claims", "/claims", "Claims"),
    ("sources", "/sources", "Sources"),
    ("analyses", "/analyses", "Analyses"),
    ("review", "/review", "Review"),
    ("method", "/method", "Method"),
    ("api", "/api", "API"),
)
"""Name (a page gives it as ``here``), address and words, in order."""
