"""Stable ids, forwarding records, and what a change reports."""

from __future__ import annotations

from datetime import timedelta

from nongrata.resolution import Judgement, Resolver
from tests.resolution.build import DAY, claim


def test_an_incident_keeps_its_id_when_older_and_newer_claims_come():
    resolver = Resolver()
    first = resolver.add([claim("m", when=DAY, count=6)]).updated
    for report, days in (("z", 2), ("a", -1)):
        change = resolver.add([claim(report, when=DAY, count=6, published=DAY + timedelta(days))])
        assert (change.updated, change.gone) == (first, ())


def test_a_merge_leaves_a_forwarding_record_that_is_followed():
    a, b = claim("a", when=DAY), claim("b", when=DAY + timedelta(40), published=DAY + timedelta(40))
    resolver = Resolver()
    resolver.add_all([([a], None), ([b], None)])
    before = {key: i.id for i in resolver.incidents() for key in i.claims}
    change = resolver.judge([Judgement(a.key, b.key, same=True)])
    (gone,) = change.gone
    assert gone in before.values()
    (forward,) = resolver.resolution().forwards
    assert (forward.old, forward.cause) == (gone, "merge")
    merged = resolver.incident(gone)
    assert merged is not None
    assert set(merged.claims) == {a.key, b.key}
    back = resolver.judge([])
    assert [f.cause for f in back.forwards] == ["split"]
    assert {key: i.id for i in resolver.incidents() for key in i.claims} == before
    assert resolver.resolution().forwards == ()


def test_known_ids_survive_a_fresh_start():
    a, b = claim("a", when=DAY, count=6), claim("b", when=DAY, count=6)
    first = Resolver(known={a.key: "inc-old"})
    first.add_all([([a], None), ([b], None)])
    assert [i.id for i in first.incidents()] == ["inc-old"]


def test_a_corrected_report_replaces_its_claims():
    resolver = Resolver()
    resolver.add([claim("a", when=DAY, count=6)])
    resolver.add([claim("a", when=DAY, count=9)])
    assert [str(i.count) for i in resolver.incidents()] == ["9"]
    resolver.remove("a")
    resolver.remove("never seen")
    assert resolver.incidents() == ()
    assert len(resolver) == 0


def test_a_change_names_only_what_it_touched():
    resolver = Resolver()
    resolver.add_all([([claim("a", when=DAY)], None), ([claim("b", actor="CL", when=DAY)], None)])
    ids = {i.actor: i.id for i in resolver.incidents()}
    assert resolver.add([claim("c", when=DAY)]).updated == (ids["NO"],)
