"""The pages, one module each with a ``router``. A new page is added to ``PAGES``."""

from nongrata.web.pages import (
    analyses,
    claims,
    exporting,
    incident,
    login,
    method,
    overview,
    report,
    review,
    sources,
    typing_in,
)

PAGES = (
    overview.router,
    incident.router,
    report.router,
    claims.router,
    sources.router,
    analyses.router,
    typing_in.router,
    review.router,
    method.router,
    exporting.router,
    login.router,
)
"""The routers of all pages."""
