"""The observatory: pages an analyst works in and the API under them, over the ledger's own queries.

``create_app`` makes the application, ``serve`` runs it. Both need the extra ``web``.
"""
