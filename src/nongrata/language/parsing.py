"""The dependency parser: spaCy's small English pipeline, carried with the package, loaded when a sentence needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_LONGEST = 6_000
"""Characters of a paragraph that are parsed; a longer one is no prose."""
_BATCH = 32


def parsed(paragraphs: Iterable[str]) -> Iterator[Doc]:
    """The parses of some paragraphs, in order."""
    return _pipeline().pipe((p[:_LONGEST] for p in paragraphs), batch_size=_BATCH)


@cache
def _pipeline() -> Language:
    import spacy

    return spacy.load(str(files("nongrata.language").joinpath("english")))
