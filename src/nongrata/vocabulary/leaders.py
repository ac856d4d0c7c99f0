"""Leaders and ministers with their terms of office (``leaders.tsv``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from nongrata.vocabulary.tables import rows, values

_GRACE = timedelta(days=31)
"""A report may still name the last holder of an office for about a month."""


@dataclass(frozen=True, slots=True)
class Leader:
    """One term of office of a person who speaks or acts for ``code`` (a state or a body).

    ``forms`` are spellings that stand for the person anywhere; ``weak_forms`` are common words or names ("May", "Kim")
    that stand for the person only in a text that also has the full name.
    """

    code: str
    name: str
    forms: tuple[str, ...]
    weak_forms: tuple[str, ...]
    since: date
    until: date | None
    role: str | None

    def in_office(self, day: date | None) -> bool:
        """True when a report of that day can take the person for the state; without a day, always."""
        if day is None:
            return True
        return self.since <= day and (self.until is None or day <= self.until + _GRACE)


@cache
def leaders() -> tuple[Leader, ...]:
    """All terms of office, in the file's order.

    Raises:
        VocabularyError: the file breaks its format.
    """
    return tuple(_leader(row) for row in rows("leaders.tsv"))


def _leader(row: dict[str, str]) -> Leader:
    forms = values(row["forms"])
    return Leader(
        code=row["code"],
        name=row["name"],
        forms=(row["name"], *(form for form in forms if not form.endswith("?"))),
        weak_forms=tuple(form[:-1] for form in forms if form.endswith("?")),
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        role=row["role"] or None,
    )
