"""Questions asked of a ledger: tallies, and what follows from them."""
