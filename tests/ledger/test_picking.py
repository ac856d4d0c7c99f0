"""Whichever way claims and incidents are found, they are the same ones in the same order."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from nongrata.ledger import ClaimFilter, IncidentFilter, Ledger, Verdict, overview, picking
from nongrata.ledger.overview import overview_of
from nongrata.ledger.standing import standing_of
from nongrata.model import Chain, Claim, Factuality, Interval
from tests.ledger.helpers import report

STATES = ("BE", "RU", "IR", "FR")
OUTLETS = ("Gazette", "Lantern", "Post")
TYPES = ("expulsion", "cyberattack")
WORDS = ("harbour", "bridge", "envoy", "night")


def readings():
    """Sixty reports with up to three claims each, by states, groups and several states together."""
    rng = random.Random(5)  # noqa: S311  made-up claims
    for number in range(60):
        outlet = rng.choice(OUTLETS)
        day = date(2024, 1, 1) + timedelta(rng.randrange(20)) if rng.random() < 0.9 else None
        told = replace(report(number, f"text {number}"), publisher=outlet, published=day, title=rng.choice(WORDS))
        yield told, [_claim(rng, told.id, outlet, day) for _ in range(rng.randint(1, 3))]


def _claim(rng, report_id, outlet, day):
    actor, target = rng.sample(STATES, 2)
    several = rng.random() < 0.2
    voices = rng.choice(
        ([outlet], ["officials", outlet], ["Radio Zenne", outlet], ["officials", "Radio Zenne", outlet])
    )
    return Claim(
        report_id=report_id,
        type=rng.choice(TYPES),
        actor=None if several else actor if rng.random() < 0.7 else "Blue Heron",
        actor_state=None if several else actor,
        actors=(actor, "Blue Heron") if several else None,
        target=target,
        target_state=target,
        count=Interval.exact(rng.randint(1, 9)) if rng.random() < 0.6 else None,
        factuality=rng.choice((Factuality.CERTAIN, Factuality.POSSIBLE, Factuality.DENIED)),
        chain=Chain.of(voices, None, None),
        trigger="did",
        sentence=f"{rng.choice(WORDS)} {rng.choice(WORDS)} {rng.random()}",
        confidence=0.9,
        reader="made 1",
        published=day,
        publisher=outlet,
    )


@pytest.fixture
def ledger(place):
    with Ledger.open(place) as opened:
        opened.add(opened.start_run("ingest"), list(readings()), "made 1")
        for claim in opened.live_claims()[:5]:
            opened.judge(Verdict.REJECT, claim.key, reason="not so")
        opened.refresh()
        yield opened


CLAIMS = [
    ClaimFilter(actors=("RU",)),
    ClaimFilter(actors=("Blue Heron",)),
    ClaimFilter(targets=("BE",)),
    ClaimFilter(actors=("RU", "FR"), targets=("BE",)),
    ClaimFilter(actors=("RU",), types=("expulsion",)),
    ClaimFilter(text="harbour"),
    ClaimFilter(text="harbour", publishers=("Lantern",)),
    ClaimFilter(text="harbour -night", targets=("IR",)),
    ClaimFilter(text="harbour", actors=("RU",), factuality=("CT+",)),
    ClaimFilter(actors=("IR",), reviewed=False),
]


def fits(ledger, only):
    """The claims of a filter, tried one by one in Python, newest first."""

    def has(claim):
        actors = {claim.actor, claim.actor_state, *(claim.actors or ())}
        titles = ledger.reports([claim.report_id])[claim.report_id].title or ""
        words = set(f"{claim.sentence} {titles}".replace(".", " ").split())
        wanted = only.text.split()
        return (
            (not only.actors or actors & set(only.actors))
            and (not only.targets or claim.target in only.targets)
            and (not only.types or claim.type in only.types)
            and (not only.publishers or claim.publisher in only.publishers)
            and (not only.factuality or str(claim.factuality) in only.factuality)
            and all(word[1:] not in words if word.startswith("-") else word in words for word in wanted)
        )

    return [claim for claim in ledger.live_claims() if has(claim)]


@pytest.mark.parametrize("few", [0, 2000], ids=["many", "few"])
@pytest.mark.parametrize("only", CLAIMS, ids=lambda only: " ".join(f"{only}".replace("ClaimFilter", "").split())[:60])
def test_claims_are_the_same_by_every_way(ledger, monkeypatch, only, few):
    monkeypatch.setattr(picking, "FEW", few)
    seen, after, first = [], None, True
    while first or after:
        page = ledger.search(only, after=after, limit=3)
        seen += page.found
        after, first = page.after, False
    assert Counter(claim.key for claim in seen) == Counter(claim.key for claim in fits(ledger, only))
    days = [claim.published or date.min for claim in seen]
    assert days == sorted(days, reverse=True)
    facets = ledger.facets(only)
    assert facets.claims == len(seen)
    assert dict(facets.values["publisher"]) == Counter(claim.publisher for claim in seen)
    assert dict(facets.values["factuality"]) == Counter(str(claim.factuality) for claim in seen)


def test_facets_say_when_they_are_not_of_all(ledger):
    only = ClaimFilter(actors=("RU",))
    whole = ledger.facets(only)
    some = ledger.facets(only, counted=4, top=1)
    assert whole.complete
    assert whole.claims > 4
    assert (some.complete, some.claims) == (False, 4)
    assert all(len(values) == 1 for values in some.values.values())
    assert sum(n for _, n in ledger.facets(only, counted=4).values["type"]) == 4
    exactly = ledger.facets(only, counted=whole.claims)
    assert (exactly.complete, exactly.claims) == (True, whole.claims)
    assert ledger.facets(top=1).claims == len(ledger.live_claims())


INCIDENTS = [
    IncidentFilter(actors=("RU",)),
    IncidentFilter(actors=("Blue Heron",)),
    IncidentFilter(targets=("BE",), types=("expulsion",)),
    IncidentFilter(actors=("RU",), targets=("BE", "FR")),
    IncidentFilter(factuality=("CT+",)),
]


@pytest.mark.parametrize("few", [0, 2000], ids=["many", "few"])
@pytest.mark.parametrize("only", INCIDENTS, ids=str)
def test_incidents_are_the_same_by_every_way(ledger, monkeypatch, only, few):
    monkeypatch.setattr(picking, "FEW_INCIDENTS", few)
    seen, after, first = [], None, True
    while first or after:
        page = ledger.incident_page(only, after=after, limit=2)
        seen += [incident.id for incident in page.found]
        after, first = page.after, False
    assert sorted(seen) == sorted(incident.id for incident in ledger.incidents(only))
    assert seen


def test_a_page_of_incidents_comes_without_their_claims_on_demand(ledger):
    whole = ledger.incident_page(INCIDENTS[0], limit=5).found
    light = ledger.incident_page(INCIDENTS[0], limit=5, claims=False).found
    assert all(one.claims for one in whole)
    assert light == tuple(replace(one, claims=(), placements=()) for one in whole)


@pytest.mark.parametrize("only", [IncidentFilter(), *INCIDENTS], ids=str)
def test_an_overview_counts_what_a_filter_lets_through(ledger, only):
    found = ledger.incidents(only)
    counted = ledger.overview(only)
    assert counted.complete
    assert counted.incidents == len(found) == sum(n for _, n in counted.months)
    pairs = Counter((one.type, one.actor or "+".join(one.actors or ()) or None, one.target) for one in found)
    told = Counter()
    for relation in counted.relations:
        told[relation.type, relation.actor, relation.target] += relation.incidents
    assert told == pairs


def test_an_overview_of_many_counts_the_newest_and_says_so(ledger, monkeypatch):
    only = IncidentFilter(types=("expulsion",))
    newest = list(ledger.incident_page(only, limit=3).found)
    monkeypatch.setattr(overview, "NEWEST", 3)
    with ledger.reading() as connection:
        counted = overview_of(connection, only)
    assert (counted.complete, counted.incidents) == (False, 3)
    assert Counter(r.target for r in counted.relations for _ in range(r.incidents)) == Counter(i.target for i in newest)


@pytest.mark.parametrize("name", ["officials", "Radio Zenne", "Gazette"])
def test_a_source_stands_as_the_chains_of_live_claims_say(ledger, name):
    claims = ledger.live_claims()
    chains = [[voice.name for voice in claim.chain] for claim in claims]
    with ledger.reading() as connection:
        found = standing_of(connection, name, 4)
    assert found.complete
    assert found.origin == sum(chain[0] == name for chain in chains)
    assert found.published == sum(chain[-1] == name for chain in chains)
    before = Counter(chain[at - 1] for chain in chains for at, one in enumerate(chain) if at and one == name)
    after = Counter(chain[at + 1] for chain in chains for at, one in enumerate(chain[:-1]) if one == name)
    assert (dict(found.takes_from), dict(found.passed_on_by)) == (before, after)
    said = [claim for claim, chain in zip(claims, chains, strict=True) if name in chain[:-1]]
    days = sorted((claim.published or date.min for claim in said), reverse=True)
    assert [claim.published or date.min for claim in found.said] == days[:4]


def test_a_source_that_nobody_names(ledger):
    with ledger.reading() as connection:
        assert standing_of(connection, "Nobody") is None
