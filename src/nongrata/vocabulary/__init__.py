"""Vocabulary: reviewed data files, and the small code that loads them.

Event types, cue verbs, hedges, outlets, states and bodies are data. A user's own files are read beside the shipped
ones.
"""
