"""What holds for any claims in any order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nongrata.model import JOINT, Chain, Incident, Scope
from nongrata.resolution import Judgement, Resolver, Telling, resolve
from tests.resolution.strategies import reports

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def seen(incidents: tuple[Incident, ...]) -> set[tuple[object, ...]]:
    """What incidents say, without their ids: these depend on what was there first."""
    return {
        (i.claims, i.type, i.actor, i.target, i.count, i.when, i.origins, i.credibility, i.contradictions, i.placements)
        for i in incidents
    }


def doubts(incidents: tuple[Incident, ...]) -> set[frozenset[tuple[str, ...]]]:
    """Which incidents may be the same, by their claims."""
    by_id = {i.id: i.claims for i in incidents}
    return {frozenset((i.claims, by_id[other])) for i in incidents for other in i.possibly_same}


def all_at_once(told):
    return resolve([c for claims, _ in told for c in claims], {t.report_id: t for _, t in told})


@quick
@given(reports(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(told, random):
    expected = all_at_once(told)
    shuffled = list(told)
    random.shuffle(shuffled)
    resolver = Resolver()
    for claims, telling in shuffled:
        order = list(claims)
        random.shuffle(order)
        resolver.add(order, telling)
    assert seen(resolver.incidents()) == seen(expected.incidents)
    assert doubts(resolver.incidents()) == doubts(expected.incidents)
    assert [t.claims for t in resolver.totals()] == [t.claims for t in expected.totals]


@quick
@given(reports(), st.data())
def test_adding_and_removing_a_report_is_identity(told, data):
    resolver = Resolver()
    resolver.add_all(told[:-1])
    before = seen(resolver.incidents())
    resolver.add(*told[-1])
    resolver.remove(told[-1][1].report_id)
    assert seen(resolver.incidents()) == before


@quick
@given(reports(), st.data())
def test_the_same_report_twice_changes_nothing(told, data):
    resolver = Resolver()
    resolver.add_all(told)
    before = resolver.resolution()
    again = data.draw(st.sampled_from(told))
    resolver.add(*again)
    assert resolver.resolution() == before


@quick
@given(reports(), st.data())
def test_merge_then_unmerge_is_identity(told, data):
    resolver = Resolver()
    resolver.add_all(told)
    keys = sorted(key for i in resolver.incidents() for key in i.claims)
    if len(keys) < 2:
        return
    before = seen(resolver.incidents())
    first, second = data.draw(st.tuples(st.sampled_from(keys), st.sampled_from(keys)))
    if first == second:
        return
    same = data.draw(st.booleans())
    resolver.judge([Judgement(first, second, same)])
    home = {key: i.id for i in resolver.incidents() for key in i.claims}
    assert (home[first] == home[second]) is same
    resolver.judge([])
    assert seen(resolver.incidents()) == before


@quick
@given(reports())
def test_every_claim_stands_in_one_incident_or_total(told):
    resolution = all_at_once(told)
    by_key = {c.key: c for claims, _ in told for c in claims}
    in_incidents = [key for one in resolution.incidents for key in one.claims]
    in_totals = [key for one in resolution.totals for key in one.claims]
    assert len(in_incidents) == len(set(in_incidents))
    assert len(in_totals) == len(set(in_totals))
    assert {*in_incidents, *in_totals} == set(by_key)
    assert all(by_key[key].scope is Scope.EVENT for key in in_incidents)
    # A claim of an event that stands in a total alone retells a running figure: it says a number and no day.
    retold = [by_key[key] for key in in_totals if key not in in_incidents and by_key[key].scope is Scope.EVENT]
    assert all(c.when is None or c.when.days > 3 for c in retold)
    # What stands in both is the figure of several states for a measure that each of them took.
    both = [by_key[key] for key in set(in_incidents) & set(in_totals)]
    assert all(c.type in JOINT and c.actor is None and c.count for c in both)


@quick
@given(reports())
def test_origins_never_exceed_reports(told):
    for incident in all_at_once(told).incidents:
        assert incident.independent_origins <= len(incident.reports)


@quick
@given(reports(), st.data(), st.booleans())
def test_a_copy_never_raises_origins(told, data, credited):
    before = {key: i for i in all_at_once(told).incidents for key in i.claims}
    claims, telling = data.draw(st.sampled_from(told))
    end = ("Copycat",) if credited else ()
    copied = [replace(c, report_id="zz", chain=Chain((*c.chain.voices, *Chain.of(end).voices))) for c in claims]
    copy = Telling.of("zz", outlet="Copycat", published=telling.published)
    for incident in all_at_once([*told, (copied, copy)]).incidents:
        known = {before[key].id: before[key] for key in incident.claims if key in before}
        # A copy may bring two incidents together; it may not make more of the origins that these had.
        assert not known or incident.independent_origins <= sum(i.independent_origins for i in known.values())
