"""Same happening or not: time, number, parties, kind of act, what the reports share."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nongrata.model import Interval
from nongrata.resolution import Judgement
from tests.resolution.build import DAY, DENIED, PLANNED, TOTAL, claim, incidents, only, resolution


def test_two_tellings_of_one_day_are_one_happening():
    incident = only(incidents(claim("a", when=DAY, count=6), claim("b", when=DAY, count=6)))
    assert (incident.count, incident.reports) == (Interval(6, 6), ("a", "b"))


def test_two_expulsions_a_week_apart_are_two():
    later = DAY + timedelta(7)
    assert len(incidents(claim("a", when=DAY), claim("b", when=later, published=later))) == 2


def test_numbers_that_contradict_on_one_day_stay_visible():
    incident = only(
        incidents(claim("a", when=DAY, count=35), claim("b", when=DAY, count=35), claim("c", when=DAY, count=30))
    )
    assert incident.best_count == Interval(35, 35)
    assert incident.count == Interval(30, 35)
    clash = incident.contradictions[0]
    assert (clash.field, clash.values) == ("count", ("35", "30"))


def test_background_attaches_to_what_it_recalls():
    months_on = DAY + timedelta(120)
    told = claim("a", when=DAY, count=21)
    recalled = claim("b", count=21, background=True, published=months_on)
    assert only(incidents(told, recalled)).reports == ("a", "b")


def test_what_was_told_before_is_another_happening():
    early = claim("a", count=21, background=True, published=DAY - timedelta(30))
    assert len(incidents(early, claim("b", when=DAY, count=21))) == 2


def test_closing_a_consulate_is_not_expelling_diplomats():
    both = incidents(
        claim("a", subtype="expelled", when=DAY), claim("a", subtype="closure", when=DAY, trigger="closes")
    )
    assert len(both) == 2


@pytest.mark.parametrize("unsaid", [None, "coastal hackers"])
def test_an_unknown_attacker_may_be_the_one_that_another_report_names(unsaid):
    named = claim("a", type="cyberattack", actor="NoName057(16)", target="BE", when=DAY)
    incident = only(incidents(named, claim("b", type="cyberattack", actor=unsaid, target="BE", when=DAY)))
    assert (incident.actor, incident.actor_state) == ("NoName057(16)", "RU")


def test_an_agency_is_kin_to_its_state_and_the_unit_is_shown_with_its_service():
    act = {"type": "sabotage", "target": "CZ", "when": DAY, "subtype": "explosion"}
    found = only(
        incidents(claim("a", actor="RU", **act), claim("b", actor="GRU", **act), claim("c", actor="Unit 29155", **act))
    )
    assert found.actor == "GRU Unit 29155"


def test_several_states_together_are_not_one_of_them():
    joint = claim("a", actor=None, actors=("NO", "CL"), when=DAY, count=Interval(101))
    assert len(incidents(joint, claim("b", actor="NO", when=DAY, count=4))) == 2


def test_two_lists_of_other_states_are_two_happenings():
    first = claim("a", actor=None, actors=("NO", "CL"), when=DAY, count=Interval(2))
    others = claim("b", actor=None, actors=("IS", "GH"), when=DAY, count=Interval(2))
    more = claim("c", actor=None, actors=("NO", "CL", "TR"), when=DAY, count=Interval(2))
    assert sorted(i.reports for i in incidents(first, others, more)) == [("a", "c"), ("b",)]


def test_a_figure_against_many_is_not_the_one_against_one_of_them():
    many, one = claim("a", target=None, count=59, when=DAY), claim("b", count=60, when=DAY)
    assert len(incidents(many, one)) == 2


def test_a_number_told_again_as_news_is_doubted_and_not_merged():
    done = claim("a", when=DAY, count=23)
    again = DAY + timedelta(8)
    news = (again - timedelta(3), again)
    pair = incidents(done, claim("b", when=news, count=23, published=again))
    assert len(pair) == 2
    assert pair[0].possibly_same == (pair[1].id,)
    said = incidents(done, claim("b", when=again, count=23, published=again))
    assert [i.possibly_same for i in said] == [(), ()]


def test_a_looser_telling_does_not_widen_the_number_or_the_days():
    sharp = claim("a", when=DAY, count=23)
    loose = claim("b", when=(DAY - timedelta(3), DAY + timedelta(2)), count=Interval(2))
    found = only(incidents(sharp, loose))
    assert (str(found.count), found.when.days) == ("23", 1)


def test_attacks_on_following_days_are_two():
    act = {"type": "cyberattack", "actor": "NoName057(16)", "target": "BE", "subtype": "ddos"}
    assert len(incidents(claim("a", when=DAY, **act), claim("b", when=DAY + timedelta(2), **act))) == 2


def test_a_habit_is_no_happening():
    act = {"type": "cyberattack", "actor": "RU", "target": "BE"}
    habit = claim("b", count=Interval(2), realis="habitual", **act)
    assert len(incidents(claim("a", when=DAY, **act), habit)) == 2


def test_undated_tellings_find_each_other_by_what_else_their_reports_tell():
    def report(name: str) -> list:
        return [
            claim(name, type="espionage", actor="MA", target="NO", published=None),
            claim(name, count=15, published=None),
            claim(name, type="sanction", subtype="visa_refusal", published=None),
        ]

    spying = [i for i in incidents(*report("a"), *report("b")) if i.type == "espionage"]
    assert [i.reports for i in spying] == [("a", "b")]


def test_a_denial_stands_beside_what_it_denies():
    act = {"type": "espionage", "actor": "MA", "target": "NO"}
    told = claim("a", "Mara Lindqvist", role="Prime Minister", state="NO", count=6, **act)
    denied = claim("a", "embassy of Morocco", role="embassy", state="MA", **act, **DENIED)
    incident = only(incidents(told, denied))
    assert [o.denies for o in incident.origins] == [False, True]
    assert incident.independent_origins == 1
    assert incident.credibility == 4


def test_the_answer_points_to_what_it_answers():
    later = DAY + timedelta(4)
    first = claim("a", when=DAY, count=6)
    answer = claim("b", actor="MA", target="NO", when=later, count=6, published=later)
    by_actor = {i.actor: i for i in incidents(first, answer)}
    assert by_actor["MA"].in_response_to == (by_actor["NO"].id,)
    assert by_actor["NO"].in_response_to == ()


def test_what_is_planned_for_a_day_is_announced_before():
    effect = DAY + timedelta(30)
    announced = claim("a", subtype="downgrade", when=DAY)
    assert only(incidents(announced, claim("b", subtype="downgrade", when=effect, **PLANNED))).reports == ("a", "b")


def test_doubtful_pairs_are_shown_and_not_merged():
    loose = {"type": "espionage", "actor": "MA", "target": "NO"}
    pair = incidents(claim("a", count=Interval(24, 99), **loose), claim("b", count=15, **loose))
    assert len(pair) == 2
    assert pair[0].possibly_same == (pair[1].id,)
    assert pair[1].possibly_same == (pair[0].id,)


def test_judgements_are_obeyed():
    a, b = claim("a", when=DAY), claim("b", when=DAY + timedelta(40), published=DAY + timedelta(40))
    assert len(incidents(a, b)) == 2
    assert len(incidents(a, b, judgements=[Judgement(a.key, b.key, same=True)])) == 1
    c = claim("c", when=DAY)
    assert len(incidents(a, c, judgements=[Judgement(a.key, c.key, same=False)])) == 2


def test_a_total_is_no_incident_and_is_held_against_the_sum():
    year = (date(2024, 1, 1), date(2024, 12, 31))
    end = date(2024, 12, 20)
    first, second = (
        claim("a", when=DAY, count=21),
        claim("b", when=date(2024, 6, 3), count=9, published=date(2024, 6, 3)),
    )
    figure = claim("c", when=year, count=Interval(42), published=end, **TOTAL)
    found = resolution(first, second, figure)
    assert len(found.incidents) == 2
    (total,) = found.totals
    assert (total.verdict, total.summed, total.missing) == ("short", Interval(30, 30), Interval(12))
    assert total.incidents == tuple(sorted(i.id for i in found.incidents))


@pytest.mark.parametrize(("figure", "verdict"), [(Interval(24, 99), "covered"), (Interval(20, 25), "over")])
def test_a_total_may_be_covered_or_exceeded(figure, verdict):
    year = (date(2024, 1, 1), date(2024, 12, 31))
    found = resolution(claim("a", when=DAY, count=30), claim("c", when=year, count=figure, **TOTAL))
    assert found.totals[0].verdict == verdict


def test_a_total_says_in_words_what_is_missing():
    year = (date(2024, 1, 1), date(2024, 12, 31))
    done = [claim("a", when=DAY, count=21), claim("b", subtype="closure", when=date(2024, 6, 3))]
    found = {
        str(figure): resolution(*done, claim("c", when=year, count=figure, **TOTAL)).totals[0]
        for figure in (Interval(33), Interval.exact(30), Interval.exact(12), Interval(20, 99))
    }
    assert [total.words for total in found.values()] == [
        "at least 12 not accounted for",
        "9 not accounted for",
        "the incidents sum up to at least 9 more",
        "covered by the incidents",
    ]
    assert {total.uncounted for total in found.values()} == {1}


def test_an_incident_on_the_edge_of_a_total_counts_from_nothing_up():
    figure = claim("c", when=(DAY, DAY + timedelta(200)), count=30, published=DAY + timedelta(200), **TOTAL)
    edge = claim("a", when=(DAY - timedelta(2), DAY + timedelta(1)), count=21)
    (total,) = resolution(edge, figure).totals
    assert total.summed == Interval(0, 21)


def test_the_figure_of_several_states_is_held_against_what_each_did():
    joint = claim("a", actor=None, actors=("NO", "CL"), when=DAY, count=Interval(101))
    found = resolution(joint, claim("b", actor="NO", when=DAY, count=4))
    assert len(found.incidents) == 2
    (total,) = found.totals
    assert (total.summed, total.words) == (Interval(4, 4), "at least 97 not accounted for")


def test_a_running_figure_told_as_news_is_no_new_happening():
    spring, told = date(2024, 3, 20), date(2024, 4, 6)
    news = (told - timedelta(3), told)
    two, ten = claim("a", count=2, when=DAY), claim("b", count=10, when=spring, published=spring)
    twelve = claim("c", count=12, when=news, published=told)
    found = resolution(two, ten, twelve)
    assert sorted(str(i.count) for i in found.incidents) == ["10", "2"]
    assert [(str(t.summed), t.words) for t in found.totals] == [("12", "covered by the incidents")]
    # With a day of its own it is one, and so is a number that is no sum.
    said = claim("c", count=12, when=told, published=told)
    assert len(resolution(two, ten, said).incidents) == 3
    assert len(resolution(two, ten, claim("c", count=13, when=news, published=told)).incidents) == 3


def test_a_figure_that_others_tell_as_a_total_is_one_though_one_tells_it_as_news():
    months = (date(2023, 9, 4), DAY)
    dozens = Interval(24, 99)
    totals = [claim(name, count=dozens, when=months, **TOTAL) for name in ("a", "b")]
    one = claim("c", count=dozens)
    found = resolution(*totals, one)
    assert found.incidents == ()
    assert [t.reports for t in found.totals] == [("a", "b", "c")]
    crowd = [claim(name, count=dozens) for name in "cdef"]
    assert len(resolution(totals[0], *crowd).incidents) == 1
    judged = resolution(*totals, one, claim("d", count=dozens), judgements=[Judgement(one.key, "other", same=True)])
    assert len(judged.incidents) == 1


def test_a_figure_of_no_said_time_is_held_against_nothing():
    (total,) = resolution(claim("a", when=DAY, count=30), claim("c", count=20, **TOTAL)).totals
    assert (total.incidents, total.summed, total.missing) == ((), None, None)


def test_one_figure_told_by_several_is_one_total():
    year = (date(2024, 1, 1), date(2024, 12, 31))
    told = {"when": year, "count": 68, **TOTAL}
    (total,) = resolution(claim("a", "Sable Institute", **told), claim("b", "Sable Institute", **told)).totals
    assert total.reports == ("a", "b")
    assert len(total.origins) == 1
