"""Incidents held against a table of what is known to have happened: who did how much to whom, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from nongrata.model import DateInterval, Incident

WITHIN = 7
"""A truth's day and an incident's days may lie so many days apart: announced, told, carried out."""


class Verdict(StrEnum):
    """What became of a row of the truth, from best to worst."""

    RIGHT = "right"
    OPEN = "told, number open"
    JOINT = "told of several together"
    UNSAID = "no summary says it"
    MISSED = "missed, though a summary says it"
    WRONG = "wrong number"


@dataclass(frozen=True, slots=True)
class Truth:
    """One thing known: ``actor`` did it to ``count`` of ``target``; ``when`` is None where the day is not known."""

    actor: str
    target: str
    count: int
    when: DateInterval | None


@dataclass(frozen=True, slots=True)
class Row:
    """A truth with its verdict and the incident that tells it, if any; ``reports`` say it though no incident does."""

    truth: Truth
    verdict: Verdict
    incident: Incident | None = None
    reports: tuple[str, ...] = ()


def compare(
    truths: Iterable[Truth], incidents: Sequence[Incident], said: Callable[[Truth], Sequence[str]]
) -> tuple[list[Row], list[Incident]]:
    """Look up each truth among the incidents.

    An incident tells one truth at most, and a truth takes the best incident left: one of the same parties whose days
    are near, with the exact number before one with an open number before a wrong one.

    Args:
        truths: what is known.
        incidents: what the ledger has.
        said: the ids of the reports that say a truth in some way, asked where no incident tells it.

    Returns:
        One row for each truth in order, and the incidents that tell none: wrong, or beyond what the table knows.
    """
    truths = list(truths)
    fits = [
        (_rank(truth, incident), t, i)
        for t, truth in enumerate(truths)
        for i, incident in enumerate(incidents)
        if _same_pair(truth, incident) and _near(truth, incident)
    ]
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, t, i in sorted(fits):
        if t not in taken and i not in used:
            taken[t] = i
            used.add(i)
    rows = []
    for t, truth in enumerate(truths):
        if t in taken:
            rows.append(Row(truth, _verdict(truth, incidents[taken[t]]), incidents[taken[t]]))
        else:
            rows.append(_untold(truth, incidents, used, said))
    return rows, [incident for i, incident in enumerate(incidents) if i not in used]


def _untold(truth: Truth, incidents: Sequence[Incident], used: set[int], said: Callable[[Truth], Sequence[str]]) -> Row:
    for i, incident in enumerate(incidents):
        if truth.actor in (incident.actors or ()) and truth.target == incident.target and _near(truth, incident):
            used.add(i)
            return Row(truth, Verdict.JOINT, incident)
    reports = tuple(said(truth))
    return Row(truth, Verdict.MISSED if reports else Verdict.UNSAID, None, reports)


def _same_pair(truth: Truth, incident: Incident) -> bool:
    return (truth.actor, truth.target) == (incident.actor, incident.target)


def _near(truth: Truth, incident: Incident) -> bool:
    if truth.when is None or incident.when is None:
        return True
    early, late = truth.when.first - timedelta(WITHIN), truth.when.last + timedelta(WITHIN)
    return DateInterval(early, late).overlaps(incident.when)


def _verdict(truth: Truth, incident: Incident) -> Verdict:
    if incident.count is None:
        return Verdict.OPEN
    if truth.count not in incident.count:
        return Verdict.WRONG
    return Verdict.RIGHT if incident.count.is_exact else Verdict.OPEN


def _rank(truth: Truth, incident: Incident) -> int:
    order = (Verdict.RIGHT, Verdict.OPEN, Verdict.WRONG)
    return 2 * order.index(_verdict(truth, incident)) + (incident.when is None)
