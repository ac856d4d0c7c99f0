"""What the rules of the time grammar work with: kinds of expression, a rule, a hit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from nongrata.model import DateInterval


class TimeKind(StrEnum):
    """How an expression places a happening in time."""

    DAY = "day"
    PERIOD = "period"
    SINCE = "since"
    UNTIL = "until"
    DEADLINE = "deadline"
    FUTURE = "future"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's match: the text it stands in, the day of publication, and the matched groups (lower case or None)."""

    text: str
    published: date | None
    begin: int
    end: int
    groups: tuple[str | None, ...]
    starts: tuple[int, ...]

    def __getitem__(self, index: int) -> str | None:
        return self.groups[index]

    @property
    def before(self) -> str:
        """The few characters before the hit, in lower case."""
        return self.text[max(0, self.begin - 24) : self.begin].lower()

    @property
    def today(self) -> date:
        """The day of publication.

        Raises:
            Undated: the report has none.
        """
        if self.published is None:
            raise Undated
        return self.published

    def capital(self, index: int) -> bool:
        """True when the group is written with a capital or, like "tuesday", cannot be another word; so is none."""
        if self.starts[index] < 0 or self.text[self.starts[index]].isupper():
            return True
        return self.groups[index] not in _OTHER_WORDS


_OTHER_WORDS = frozenset({"march", "may", "august", "mar", "jan", "sat", "sun", "wed", "mon"})
"""Names of months and days that in lower case are other words."""


class Undated(Exception):  # noqa: N818 - no error: the expression is read, its days stay unknown
    """A relative time in a report without a day of publication."""


Reading = tuple[DateInterval, TimeKind] | None
"""Days and kind; None where the match is no time after all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over lower-case text with plain groups, and the reading of its hits.

    ``undated`` is the kind given when the days cannot be told. ``cycle`` says after how long the same words name
    another day ("Friday": a week), so that "by Friday" can look ahead.
    """

    pattern: str
    read: Callable[[Hit], Reading]
    undated: TimeKind = TimeKind.PERIOD
    cycle: Literal["week", "year"] | None = None
