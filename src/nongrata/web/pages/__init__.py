"""The pages, one module each with a ``router``. A new page is added to ``PAGES``."""

from nongrata.web.pages import incident, overview, report

PAGES = (overview.router, incident.router, report.router)
"""The routers of all pages."""
