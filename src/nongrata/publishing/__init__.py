"""Out to the world: exports of a ledger that say what they lost, citations, annotations."""

from nongrata.publishing.exporting import FORMATS, Options, Outcome, export
from nongrata.publishing.losses import Loss

__all__ = ["FORMATS", "Loss", "Options", "Outcome", "export"]
