"""Who may do what: tokens, sessions, roles, limits, and what is refused before anything is read."""
