"""Retaliation: an incident that answers another of the opposite direction shortly before it."""

from __future__ import annotations

from collections.abc import Iterable

from nongrata.model import Incident

ANSWERS = {"expulsion": ("expulsion",), "sanction": ("sanction",), "protest": ("expulsion", "sanction")}
"""Types of measures with the types that they answer."""
WITHIN_DAYS = 60
"""An answer comes within so many days."""


def answered(incident: Incident, earlier: Iterable[Incident]) -> tuple[str, ...]:
    """The ids of incidents that this one answers; at most one of each type, the latest before it.

    An answer turns the parties round, starts no earlier, comes within ``WITHIN_DAYS`` and either shares a report with
    what it answers or counts the same number.
    """
    if incident.best_when is None or not incident.actor_state or not incident.target_state:
        return ()
    found: dict[str, Incident] = {}
    for other in earlier:
        if other.type in ANSWERS.get(incident.type, ()) and _answers(incident, other):
            best = found.get(other.type)
            if best is None or _rank(other) > _rank(best):
                found[other.type] = other
    return tuple(sorted(other.id for other in found.values()))


def _rank(incident: Incident) -> tuple[str, str]:
    return (incident.best_when.first.isoformat() if incident.best_when else "", incident.id)


def _answers(incident: Incident, other: Incident) -> bool:
    mine, theirs = incident.best_when, other.best_when
    if mine is None or theirs is None or other.id == incident.id:
        return False
    if (other.actor_state, other.target_state) != (incident.target_state, incident.actor_state):
        return False
    days = (mine.first - theirs.first).days
    if not 0 <= days <= WITHIN_DAYS:
        return False
    same_number = incident.best_count is not None and incident.best_count == other.best_count
    told_together = bool(set(incident.reports) & set(other.reports))
    # On one day the two directions answer each other; then the one with the later end is the answer.
    if days == 0 and (mine.last, incident.id) <= (theirs.last, other.id):
        return False
    return same_number or told_together
