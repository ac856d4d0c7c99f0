"""Training of the shipped reader. ``make train`` reproduces its weights; nothing here is imported at run time."""
