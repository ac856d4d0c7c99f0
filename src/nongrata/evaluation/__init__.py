"""How well a reader reads: its claims against hand labels, by the measures of the project's evaluation sets."""

from nongrata.evaluation.scoring import Ratio, Score, TypeScore, score

__all__ = ["Ratio", "Score", "TypeScore", "score"]
