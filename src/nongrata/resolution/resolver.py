"""``[Claim] → Resolution``: all at once, or kept up to date report by report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from nongrata.model import Claim, Forward, Incident, Placement, Scope, Total
from nongrata.resolution import identity, responses, totals, values
from nongrata.resolution.cells import Clustering, cell_of
from nongrata.resolution.cluster import Cell, Cluster
from nongrata.resolution.evidence import Evidence, prepare
from nongrata.resolution.judgements import Bench, Judgement
from nongrata.resolution.matching import pieces
from nongrata.resolution.origins import trace
from nongrata.resolution.retold import Retold, retold
from nongrata.resolution.telling import Telling

EXPLAINED = 12
"""The reasons for a claim's place are given against at most so many others."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What some claims come to: incidents, totals, and where ids went that are no more."""

    incidents: tuple[Incident, ...] = ()
    totals: tuple[Total, ...] = ()
    forwards: tuple[Forward, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What adding or removing a report did: ids of incidents made or altered, ids that are no more, and forwards."""

    updated: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    forwards: tuple[Forward, ...] = ()


def resolve(
    claims: Iterable[Claim],
    tellings: Mapping[str, Telling] | None = None,
    judgements: Iterable[Judgement] = (),
    known: Mapping[str, str] | None = None,
) -> Resolution:
    """Resolve claims into incidents and totals.

    A pure function: the order of the claims does not matter, and the same claims twice change nothing.

    Args:
        claims: claims of any number of reports.
        tellings: facts on the reports, by report id; a report without them is judged by its claims alone.
        judgements: a reviewer's "same" and "not same"; they are obeyed.
        known: claim key → the id of the incident that it belonged to before; incidents keep these ids.
    """
    resolver = Resolver(judgements, known)
    facts = tellings or {}
    by_report: dict[str, list[Claim]] = {}
    for claim in claims:
        by_report.setdefault(claim.report_id, []).append(claim)
    resolver.add_all((group, facts.get(report)) for report, group in sorted(by_report.items()))
    return resolver.resolution()


class Resolver:
    """Incidents over a growing set of reports; only what a report touches is computed again."""

    def __init__(self, judgements: Iterable[Judgement] = (), known: Mapping[str, str] | None = None) -> None:
        self._bench = Bench(judgements)
        self._owners: dict[str, str] = dict(known or {})
        self._reports: dict[str, list[Evidence]] = {}
        self._tellings: dict[str, Telling] = {}
        self._clustering = Clustering()
        self._incidents: dict[str, Incident] = {}
        self._groups_of: dict[str, list[Evidence]] = {}
        self._by_sides: dict[tuple[str, str | None, str | None], set[str]] = {}
        self._forwards: dict[str, Forward] = {}
        self._sums: dict[Cell, dict[str, Evidence]] = {}
        self._placed: dict[str, tuple[Placement, ...]] = {}

    def __len__(self) -> int:
        """How many happenings there are, those among them that only retell a running figure."""
        return len(self._incidents)

    def add(self, claims: Iterable[Claim], telling: Telling | None = None) -> Change:
        """Add one report's claims, or replace those that it had."""
        self._put(claims, telling)
        return self._settle()

    def add_all(self, reports: Iterable[tuple[Iterable[Claim], Telling | None]]) -> Change:
        """Add several reports and compute once."""
        for claims, telling in reports:
            self._put(claims, telling)
        return self._settle()

    def remove(self, report_id: str) -> Change:
        """Take a report's claims out again; an unknown report changes nothing."""
        self._drop(report_id)
        return self._settle()

    def judge(self, judgements: Iterable[Judgement]) -> Change:
        """Replace the judgements in force."""
        self._bench = Bench(judgements)
        self._clustering.touch_all()
        return self._settle()

    def _put(self, claims: Iterable[Claim], telling: Telling | None) -> None:
        prepared = prepare(claims, telling)
        if not prepared:
            return
        report = prepared[0].claim.report_id
        known = [e.claim for e in self._reports.get(report, ())]
        if known == [e.claim for e in prepared] and self._tellings.get(report) == telling:
            return
        self._drop(report)
        self._reports[report] = prepared
        if telling:
            self._tellings[report] = telling
        for e in prepared:
            if e.claim.scope is Scope.TOTAL:
                self._sums.setdefault(cell_of(e), {})[e.key] = e
            else:
                self._clustering.put(e)

    def _drop(self, report_id: str) -> None:
        for e in self._reports.pop(report_id, ()):
            if e.claim.scope is Scope.TOTAL:
                del self._sums[cell_of(e)][e.key]
            else:
                self._clustering.take(e)
        self._tellings.pop(report_id, None)

    def _settle(self) -> Change:
        changed = self._clustering.settle(self._bench)
        live, before = self._reach({e.key for cluster in changed for e in cluster.everyone()})
        groups = self._groups(live)
        taken = [incident for incident in self._incidents if incident not in before]
        ids, forwards = identity.assign(groups, self._owners, taken)
        for gone in before:
            self._forget(gone)
        for incident_id, group in zip(ids, groups, strict=True):
            self._keep(self._build(incident_id, group))
        self._forwards.update((forward.old, forward) for forward in forwards if forward.cause == "merge")
        for incident_id in ids:
            self._forwards.pop(incident_id, None)
        return Change(tuple(sorted(ids)), tuple(sorted(before - set(ids))), tuple(forwards))

    def _reach(self, keys: set[str]) -> tuple[list[Cluster], set[str]]:
        """The live clusters that some claims touch, and the incidents that these made before.

        A judgement may have bound an unchanged cluster to a changed one: what shared an incident is looked at together.
        """
        live: dict[int, Cluster] = {}
        before: set[str] = set()
        while keys:
            homes = {id(c): c for c in (self._clustering.home.get(key) for key in keys) if c is not None}
            grown = [e.key for mark, c in homes.items() if mark not in live for e in c.everyone()]
            live |= homes
            olds = {self._owners[key] for key in (*keys, *grown) if key in self._owners}
            fresh = {old for old in olds if old in self._incidents} - before
            before |= fresh
            keys = {key for old in fresh for key in self._incidents[old].claims}
        return list(live.values()), before

    def _groups(self, live: Iterable[Cluster]) -> list[list[Evidence]]:
        """The claims of each incident that some clusters make, clusters bound by a judgement together."""
        groups: list[list[Evidence]] = []
        seen: set[int] = set()
        for cluster in live:
            if id(cluster) not in seen:
                together = self._together(cluster)
                seen.update(id(one) for one in together)
                groups.append(sorted((e for one in together for e in one.everyone()), key=lambda e: e.key))
        return sorted(groups, key=lambda group: group[0].key)

    def _together(self, cluster: Cluster) -> list[Cluster]:
        """The cluster with those that "same" judgements bind to it."""
        found, queue = [cluster], [cluster]
        while queue and self._bench.bound:
            for e in queue.pop().everyone():
                for other in sorted(self._bench.bound.get(e.key, ())):
                    home = self._clustering.home.get(other)
                    keys = [m.key for one in found for m in one.everyone()]
                    if home is None or home in found:
                        continue
                    if not self._bench.forbids(keys, [m.key for m in home.everyone()]):
                        found.append(home)
                        queue.append(home)
        return found

    def _build(self, incident_id: str, group: list[Evidence]) -> Incident:
        lineage = trace(group, self._tellings)
        self._groups_of[incident_id] = group
        self._placed.pop(incident_id, None)
        return values.build(incident_id, group, lineage)

    def _keep(self, incident: Incident) -> None:
        self._incidents[incident.id] = incident
        self._by_sides.setdefault((incident.type, incident.actor_state, incident.target_state), set()).add(incident.id)
        for key in incident.claims:
            self._owners[key] = incident.id

    def _forget(self, incident_id: str) -> None:
        old = self._incidents.pop(incident_id, None)
        self._groups_of.pop(incident_id, None)
        self._placed.pop(incident_id, None)
        if old:
            self._by_sides[(old.type, old.actor_state, old.target_state)].discard(incident_id)

    def incident(self, incident_id: str) -> Incident | None:
        """The incident of that id, or the one that the id was forwarded to; None when there is none.

        What only retells a running figure is no incident, and its id leads nowhere.
        """
        seen = set()
        while incident_id not in self._incidents and incident_id in self._forwards and incident_id not in seen:
            seen.add(incident_id)
            incident_id = self._forwards[incident_id].new
        found = self._incidents.get(incident_id)
        return self._linked(found) if found and not self._retold(found) else None

    def homes(self) -> dict[str, str]:
        """Claim key to the id of the incident that it stands in."""
        return {key: incident.id for incident in self._incidents.values() for key in incident.claims}

    def incidents(self) -> tuple[Incident, ...]:
        """All incidents, by day and id."""
        found = (self._linked(i) for i in self._incidents.values() if not self._retold(i))
        return tuple(sorted(found, key=_shelf))

    def totals(self) -> tuple[Total, ...]:
        """All totals, each held against the incidents it spans; the joint figure of several states is one of them."""
        told = [e for report in self._reports.values() for e in report if totals.is_sum(e)]
        told += [e for i in self._incidents.values() for e in self._running(i) if not totals.is_sum(e)]
        by_type: dict[str, list[Incident]] = {}
        for incident in self.incidents():
            by_type.setdefault(incident.type, []).append(incident)
        found = (
            totals.reconcile(g, by_type.get(g[0].claim.type, ()), self._tellings)
            for g in totals.group(told, self._bench)
        )
        return tuple(sorted(found, key=lambda t: t.id))

    def resolution(self) -> Resolution:
        """Everything at once."""
        return Resolution(self.incidents(), self.totals(), tuple(self._forwards[old] for old in sorted(self._forwards)))

    def _running(self, incident: Incident) -> list[Evidence]:
        """The claims of an incident that only retells a running figure, with the days that it sums up; else none."""
        found = self._retold(incident)
        if found is None:
            return []
        group = self._groups_of[incident.id]
        return [replace(e, claim=replace(e.claim, when=found.days)) for e in group] if found.days else group

    def _retold(self, incident: Incident) -> Retold | None:
        """Whether an incident is no happening of its own but a running figure; a reviewer's word goes first."""
        group = self._groups_of[incident.id]
        if any(e.key in self._bench.bound or e.key in self._bench.apart for e in group):
            return None
        sides = (incident.type, incident.actor_state, incident.target_state)
        others = (self._incidents[other] for other in self._by_sides[sides] if other != incident.id)
        sums = {key: e for cell in {cell_of(e) for e in group} for key, e in self._sums.get(cell, {}).items()}
        return retold(incident, group, sums.values(), others)

    def _linked(self, incident: Incident) -> Incident:
        """The incident with its links to others: what it answers, and what may be the same."""
        against = [
            self._incidents[other]
            for kind in responses.ANSWERS.get(incident.type, ())
            for other in sorted(self._by_sides.get((kind, incident.target_state, incident.actor_state), ()))
        ]
        return replace(
            incident,
            placements=self._placements(incident.id),
            in_response_to=responses.answered(incident, against),
            possibly_same=self._maybe(incident),
        )

    def _placements(self, incident_id: str) -> tuple[Placement, ...]:
        """Why each claim is in the incident; worked out once, for it hangs on the incident's claims alone."""
        if incident_id not in self._placed:
            self._placed[incident_id] = tuple(_placements(self._groups_of[incident_id]))
        return self._placed[incident_id]

    def _maybe(self, incident: Incident) -> tuple[str, ...]:
        """The incidents that a reviewer should compare with this one."""
        doubts = self._clustering.doubts_of(incident.claims)
        ids = {self._owners.get(key, "") for doubt in doubts for key in (doubt.claim, doubt.other)}
        return tuple(sorted(other for other in ids - {incident.id} if other in self._incidents))


def _placements(group: list[Evidence]) -> list[Placement]:
    """Why each claim is in its incident: what speaks for it, held against the other claims that are placed best."""
    ordered = sorted(group, key=lambda e: e.order)
    out = [Placement(ordered[0].key, ("the claim that is placed best in time, number and parties",))]
    for e in ordered[1:]:
        others = [other for other in ordered if other is not e][:EXPLAINED]
        found = pieces(e, Cluster(others[0]).with_more(others[1:]))
        out.append(Placement(e.key, tuple(words for words, _ in found), round(sum(w for _, w in found), 3)))
    return out


def _shelf(incident: Incident) -> tuple[str, str]:
    return (incident.when.first.isoformat() if incident.when else "9999", incident.id)
