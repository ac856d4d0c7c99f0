"""The HTTP API, version 1: everything that the pages show, described by OpenAPI at ``/api/v1/openapi.json``."""

from nongrata.web.api import claims, incidents, ledger, reviewing

API = (ledger.router, incidents.router, claims.router, reviewing.router)
"""The routers of the API."""
