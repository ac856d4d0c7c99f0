"""Values in words; they live in ``model.wording``, where pages find them too."""

from nongrata.model.wording import ARROW, NOTHING, days, number, origins, parties, plural, rate_words, sureness

__all__ = ["ARROW", "NOTHING", "days", "number", "origins", "parties", "plural", "rate_words", "sureness"]
