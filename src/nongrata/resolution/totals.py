"""Totals: a figure over several happenings, held against the sum of the incidents it spans."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from nongrata.model import JOINT, DateInterval, Incident, Interval, Realis, Scope, Total, date_hull, sum_of
from nongrata.resolution.cells import cell_of
from nongrata.resolution.clustering import lead, spells
from nongrata.resolution.evidence import Evidence
from nongrata.resolution.judgements import Bench
from nongrata.resolution.origins import trace
from nongrata.resolution.parties import Party, members_of
from nongrata.resolution.telling import Telling
from nongrata.resolution.values import best, sharpness, shown


def is_sum(e: Evidence) -> bool:
    """True for a figure over several happenings: told as such, or one figure for a measure that several states took.

    The joint announcement is an incident besides; what each of its states did is not known from it.
    """
    if e.claim.scope is Scope.TOTAL:
        return True
    several = e.count is not None and e.count.lo >= max(2, len(e.claim.actors or ()))
    return several and e.actor.kind == "none" and e.claim.type in JOINT and e.claim.realis is Realis.ACTUAL


def group(evidence: Iterable[Evidence], bench: Bench) -> list[list[Evidence]]:
    """Tellings of one figure together, by the same evidence that brings tellings of one happening together."""
    cells: dict[tuple[object, ...], list[Evidence]] = {}
    for e in evidence:
        cells.setdefault((*cell_of(e), e.claim.actors), []).append(e)
    found = [cluster for cell in cells.values() for run in spells(cell) for cluster in lead(run, bench)[0]]
    return sorted((sorted(c.members, key=lambda e: e.order) for c in found), key=lambda members: members[0].key)


def reconcile(evidence: Sequence[Evidence], incidents: Iterable[Incident], tellings: Mapping[str, Telling]) -> Total:
    """Hold the figure that some claims tell against the incidents that it spans."""
    asserting = [e for e in evidence if not e.claim.denied] or list(evidence)
    first = asserting[0].claim
    actor, target = shown([e.actor for e in evidence]), shown([e.target for e in evidence])
    lineage = trace(evidence, tellings)
    figure = best({e.key: e.count for e in asserting if e.count}, lineage.origins, sharpness)
    when = date_hull(e.claim.when for e in asserting if e.claim.when)
    # A figure of no said time may span any of the incidents: it is held against none.
    spanned = [i for i in incidents if when and spans(actor, first.actors, target, when, i)]
    counted = {i.id: _share(i, when) for i in spanned if when and i.count}
    summed = sum_of(counted, {i.id: i.possibly_same for i in spanned}) if counted else None
    missing, verdict = _verdict(figure, summed) if when else (None, "covered")
    keys = tuple(sorted(e.key for e in evidence))
    return Total(
        id="tot-" + hashlib.sha256(keys[0].encode()).hexdigest()[:12],
        type=first.type,
        actor=actor.name,
        target=target.name,
        count=figure,
        when=when,
        claims=keys,
        reports=tuple(sorted({e.claim.report_id for e in evidence})),
        origins=lineage.origins,
        incidents=tuple(sorted(i.id for i in spanned)),
        summed=summed,
        missing=missing,
        verdict=verdict,
        actors=first.actors,
        uncounted=len(spanned) - len(counted),
    )


def _share(incident: Incident, when: DateInterval) -> Interval:
    """What an incident adds to a sum: its count, or anything up to it where only part of its days lies in the time."""
    count = incident.count or Interval(0)
    return count if _lies_in(when, incident) else Interval(0, count.hi)


def _lies_in(when: DateInterval, incident: Incident) -> bool:
    days = incident.best_when
    return days is not None and when.first <= days.first and days.last <= when.last


def _verdict(figure: Interval | None, summed: Interval | None) -> tuple[Interval | None, str]:
    if figure is None:
        return None, "covered"
    missing = (summed or Interval.exact(0)).missing_from(figure)
    if missing is None:
        return None, "over"
    return missing, "short" if missing.lo > 0 else "covered"


def spans(actor: Party, actors: tuple[str, ...] | None, target: Party, when: DateInterval, incident: Incident) -> bool:
    """True when an incident is one of those that a figure sums: within its parties, and perhaps within its time."""
    # Time first: it rules out most, and every figure is held against every incident of its type.
    if incident.best_when is None or not when.overlaps(incident.best_when):
        return False
    if incident.realis in (Realis.HABITUAL, Realis.HYPOTHETICAL) or not any(not o.denies for o in incident.origins):
        return False
    if incident.actor is None and incident.type in JOINT:
        # A joint figure would be summed beside what its states did.
        return False
    if not _within(actor, incident.actor, incident.actor_state) or not _within(
        target, incident.target, incident.target_state
    ):
        return False
    return not actors or incident.actor_state in actors or incident.actor in actors


def _within(whole: Party, name: str | None, state: str | None) -> bool:
    if whole.side is None:
        return True
    return whole.side in (name, state) or (state is not None and state in members_of(whole.side))
