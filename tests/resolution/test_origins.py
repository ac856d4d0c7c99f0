"""Independent origins: who knows, and who only passes it on."""

from __future__ import annotations

from nongrata.model import Interval
from nongrata.resolution import Telling
from tests.resolution.build import DAY, DENIED, claim, incidents, only

MINISTER = {"role": "interior minister", "state": "NO"}
SPYING = {"type": "espionage", "actor": "MA", "target": "NO", "count": 12}
QUOTE = "twelve of them never stamped a single visa, they stamped envelopes for their own service"


def origins(*claims, tellings=None):
    return only(incidents(*claims, tellings=tellings)).independent_origins


def test_retellings_of_one_interview_have_one_origin():
    interview = claim("radio", "Signe Aas", **MINISTER, **SPYING)
    daily = claim("daily", "Signe Aas", "The radio Gazette", **MINISTER, **SPYING)
    wire = claim("wire", "Aas", "The radio Gazette", "Kestrel News Agency", **MINISTER, **SPYING)
    dropped = claim("tabloid", **SPYING)
    back = claim("mirror", "Signe Ås", "The daily Gazette", **MINISTER, **SPYING)
    told = [interview, daily, wire, dropped, back]
    assert origins(*told) == 1
    police = claim("own", "Norwegian police", role="police", state="NO", **SPYING)
    assert origins(*told, police) == 2


def test_a_speaker_dropped_is_found_by_the_quotation():
    told = claim("a", "Signe Aas", **MINISTER, **SPYING)
    texts = [
        Telling.of("a", f'On the radio the minister was blunt. "{QUOTE.capitalize()}," she said.'),
        Telling.of(
            "b", 'No visas here: "They stamped envelopes for their own service, never a single visa," it was heard.'
        ),
    ]
    incident = only(incidents(told, claim("b", **SPYING), tellings=texts))
    assert incident.independent_origins == 1
    assert any("quotation" in reason for reason in incident.origins[0].reasons)


def test_a_rewrite_is_found_by_its_text():
    body = " ".join(f"In the {n}. paragraph the ministry told what it knew of the affair." for n in range(30))
    texts = [Telling.of("a", body + " One more line."), Telling.of("b", "Our headline. " + body)]
    incident = only(incidents(claim("a", **SPYING), claim("b", **SPYING), tellings=texts))
    assert incident.origins[0].reasons[0].startswith("text overlap")
    assert incident.tellings == 1


def test_a_wire_mark_ties_two_reports():
    texts = [Telling.of("a", outlet="Bay Radio (AFP)"), Telling.of("b", "OSLO (AFP) - Twelve officers were named.")]
    incident = only(incidents(claim("a", **SPYING), claim("b", **SPYING), tellings=texts))
    assert "wire mark afp" in incident.origins[0].reasons


def test_one_government_announcing_its_measure_is_one_origin():
    premier = claim("a", "Mara Lindqvist", role="Prime Minister", state="NO", when=DAY, count=6)
    ministry = claim("b", "Norwegian foreign ministry", role="foreign ministry", state="NO", when=DAY, count=6)
    prosecutor = claim("c", "Ola Moe", role="prosecutor", state="NO", when=DAY, count=6)
    assert origins(premier, ministry, prosecutor) == 1


def test_the_other_side_confirming_is_a_second_origin():
    host = claim("a", "Mara Lindqvist", role="Prime Minister", state="NO", when=DAY, count=6)
    guest = claim("b", "embassy of Morocco", role="embassy", state="MA", when=DAY, count=6)
    assert origins(host, guest) == 2


def test_a_third_state_or_a_commentator_adds_none_to_a_measure():
    host = claim("a", "Mara Lindqvist", role="Prime Minister", state="NO", when=DAY, count=6)
    third = claim("b", "Chilean president", role="President", state="CL", when=DAY, count=6)
    expert = claim("c", "Tor Vik", role="security expert", when=DAY, count=6)
    assert origins(host, third, expert) == 1


def test_unknown_lineage_counts_as_no_further_origin():
    incident = only(incidents(claim("a", when=DAY), claim("b", when=DAY), claim("c", "sources", when=DAY)))
    assert incident.independent_origins == 1
    named = claim("d", "Mara Lindqvist", role="Prime Minister", state="NO", when=DAY)
    incident = only(incidents(claim("a", when=DAY), named))
    assert (incident.independent_origins, len(incident.unknown_lineage)) == (1, 1)


def test_people_of_some_kind_may_be_those_that_another_report_names():
    lab = claim("a", "Lodestar Lab", role="research group", **SPYING)
    some = claim("b", "researchers", **SPYING)
    assert origins(lab, some) == 1
    assert origins(some) == 1
    assert origins(lab, claim("c", "two engineers", role="engineers", **SPYING)) == 2


def test_two_governments_are_two_origins_though_both_are_called_so():
    ours = claim("a", "Norwegian government", role="government", state="NO", **SPYING)
    theirs = claim("b", "State Department", role="government", state="US", **SPYING)
    assert origins(ours, theirs) == 2


def test_a_name_that_went_through_another_alphabet_is_one_voice():
    there = claim("a", "Alexandra Hamáček-Croo", role="Prime Minister", state="NO", **SPYING)
    back = claim("b", "Hamatchek-Kroo", **SPYING)
    assert origins(there, back) == 1
    assert origins(there, claim("c", "Jana Novak", **SPYING)) == 2


def test_ministries_of_two_states_are_two_voices_though_they_are_spelled_alike():
    here = claim("a", "Austrian foreign ministry", role="foreign ministry", state="AT", **SPYING)
    there = claim("b", "Australian foreign ministry", role="foreign ministry", state="AU", **SPYING)
    assert origins(here, there) == 2
    bare = claim("c", "foreign ministry", role="foreign ministry", state="CL", **SPYING)
    assert origins(here, bare) == 2


def test_an_office_of_no_said_state_is_nobody_further():
    named = claim("a", "Signe Aas", **MINISTER, **SPYING)
    assert origins(named, claim("b", "prime minister", **SPYING)) == 1


def test_an_outlet_of_the_vocabulary_is_known_for_one():
    host = claim("a", "Mara Lindqvist", role="Prime Minister", state="NO", when=DAY, count=6)
    assert origins(host, claim("b", "Svenska Dagbladet", when=DAY, count=6)) == 1


def test_an_outlet_that_relays_a_voice_adds_none_and_one_with_an_own_finding_does():
    attack = {"type": "cyberattack", "actor": None, "target": "NO", "when": DAY, "count": 7}
    centre = claim("a", "Norwegian cyber centre", "Radio Norra", role="agency", state="NO", **attack)
    relay = claim("b", "Radio Norra", role="broadcaster", state="NO", **attack)
    assert origins(centre, relay) == 1
    tested = Telling.of("c", "Seven of the twelve sites that this newspaper called up did not answer.")
    assert origins(centre, claim("c", **attack), tellings=[tested]) == 2


def test_a_service_heard_through_its_premier_is_one_origin_and_a_private_firm_is_not():
    attack = {"type": "cyberattack", "actor": None, "target": "NO", "when": DAY}
    premier = claim("a", "Mara Lindqvist", role="Prime Minister", state="NO", **attack)
    service = claim("b", "security service", "Mara Lindqvist", role="intelligence service", state="NO", **attack)
    assert origins(premier, service) == 1
    firm = claim("c", "Clearwater Labs", "Mara Lindqvist", role="security firm", **attack)
    assert origins(premier, firm) == 2


def test_denials_are_origins_apart():
    told = claim("a", "Signe Aas", **MINISTER, **SPYING)
    denied = claim("b", "Moroccan foreign ministry", role="foreign ministry", state="MA", **SPYING, **DENIED)
    incident = only(incidents(told, denied))
    assert [(o.label, o.denies) for o in incident.origins] == [
        ("Signe Aas", False),
        ("Moroccan foreign ministry", True),
    ]


def test_two_voices_in_one_report_and_its_copy_count_once():
    voices = [
        claim("a", "Signe Aas", **MINISTER, **SPYING),
        claim("a", "Norwegian police", role="police", state="NO", **SPYING),
    ]
    assert only(incidents(*voices)).independent_origins == 1
    copies = [claim("b", *c.chain.names, role=c.chain.voices[0].role, state="NO", **SPYING) for c in voices]
    assert only(incidents(*voices, *copies)).independent_origins == 1


def test_credibility_comes_with_its_reason():
    host = claim("a", "Mara Lindqvist", role="Prime Minister", state="NO", when=DAY, count=6)
    guest = claim("b", "embassy of Morocco", role="embassy", state="MA", when=DAY, count=6)
    confirmed = only(incidents(host, guest))
    assert (confirmed.credibility, confirmed.credibility_reason[:21]) == (1, "2 independent origins")
    assert only(incidents(host)).credibility == 2
    assert only(incidents(claim("c", when=DAY, count=Interval(2)))).credibility == 3
