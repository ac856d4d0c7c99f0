"""Voices and chains: who says so, and through whom it reached the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of a chain: a person, body, document, group or outlet.

    ``name`` is without titles; ``role`` ("Prime Minister") and ``state`` (ISO alpha-2, the state spoken for) are
    what the text gives. It refuses an empty name (ValueError).
    """

    name: str
    role: str | None = None
    state: str | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a voice has a name")

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Chain:
    """Voices from the origin, who claims to know at first hand, to the publisher.

    An empty chain is allowed: nobody is named and the publisher is unknown.
    """

    voices: tuple[Voice, ...] = ()

    @classmethod
    def of(cls, names: Iterable[str], role: str | None = None, state: str | None = None) -> Chain:
        """A chain from names, origin first; role and state belong to the origin. Empty names are left out."""
        kept = [name for name in names if name.strip()]
        return cls(tuple(Voice(n, role, state) if i == 0 else Voice(n) for i, n in enumerate(kept)))

    @property
    def origin(self) -> Voice | None:
        """The first voice; None for an empty chain."""
        return self.voices[0] if self.voices else None

    @property
    def publisher(self) -> Voice | None:
        """The last voice; None for an empty chain."""
        return self.voices[-1] if self.voices else None

    @property
    def names(self) -> list[str]:
        """The names, origin first."""
        return [voice.name for voice in self.voices]

    def __len__(self) -> int:
        return len(self.voices)

    def __iter__(self) -> Iterator[Voice]:
        return iter(self.voices)

    def __str__(self) -> str:
        return " → ".join(self.names)


NOBODY = Chain()
"""The chain of a claim whose voices are not known."""
