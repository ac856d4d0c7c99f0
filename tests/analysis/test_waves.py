"""Waves over hosts: false alarms, power, members and their order."""

from __future__ import annotations

import numpy as np
import pytest

from nongrata.analysis import Events, Happenings, waves
from nongrata.analysis.waves import scan
from tests.analysis.simulate import NOMINAL, POWER_SIMULATIONS, SIMULATIONS, START, dated, incidents, period

DAYS = 700
HOSTS = 12


def hosts(rng: np.random.Generator, together: int) -> list[Events]:
    """Hosts that act by themselves, busy and quiet ones, some of them together in one week as well."""
    found = []
    for host in range(HOSTS):
        days = rng.integers(0, DAYS, 2 + rng.poisson(6 * rng.random()))
        if host < together:
            days = np.append(days, 300 + rng.integers(0, 7))
        found.append(dated(rng, days))
    return found


def alarms(together: int, runs: int) -> float:
    found = 0
    for seed in range(runs):
        scanned = scan(hosts(np.random.default_rng(seed), together), period(DAYS), (7, 14), 99, seed)
        found += scanned.p_value(float(scanned.scores.max())) <= NOMINAL
    return found / runs


def test_false_alarms_stay_at_five_per_cent() -> None:
    assert 0.03 <= alarms(0, SIMULATIONS) <= 0.07


def test_a_planted_wave_is_found() -> None:
    """Seven of twelve hosts act in one week of 700 days, each with two to eight incidents of its own besides."""
    assert alarms(7, POWER_SIMULATIONS) >= 0.9


def on_days(rows: list[tuple[str, int, int]]) -> Happenings:
    events = Events(np.array([START + a for _, a, _ in rows]), np.array([START + b for _, _, b in rows]))
    return incidents(events, [host for host, _, _ in rows], ["RU"] * len(rows), [(2, 2)] * len(rows))


def wave_of_eight() -> list[tuple[str, int, int]]:
    """Eight hosts within days 300 to 306 of 900; one of them acts again much later, two are dated to a stretch."""
    wave = [("GB", 300, 300), ("US", 302, 302), ("FR", 302, 302), ("DE", 302, 302), ("PL", 303, 303)]
    wave += [("CZ", 303, 305), ("UA", 304, 306), ("IT", 306, 306)]
    return [*wave, ("GB", 700, 700), ("SE", 50, 50), ("NO", 840, 840), ("ES", 120, 120), ("NL", 480, 480)]


def test_members_and_their_order() -> None:
    got = waves(on_days(wave_of_eight()), period=period(900))
    assert len(got.waves) == 1
    wave = got.waves[0]
    assert [member.host for member in wave.members] == ["GB", "DE", "FR", "US", "PL", "CZ", "UA", "IT"]
    assert [member.place for member in wave.members] == [
        (1, 1), (2, 2), (2, 2), (2, 2), (5, 5), (5, 7), (6, 7), (7, 8),
    ]  # fmt: skip
    assert wave.when.first.toordinal() == START + 300
    assert wave.when.last.toordinal() == START + 306
    assert (wave.members[0].lo, wave.members[0].hi) == (2, 2)
    assert wave.p_value <= 0.05
    assert got.p_value <= wave.p_value
    assert wave.expected < 1


def test_the_busy_host_alone_is_no_wave() -> None:
    rng = np.random.default_rng(3)
    rows = [("GB", int(day), int(day)) for day in 300 + rng.integers(0, 10, 12)]
    rows += [("FR", 20, 20), ("DE", 600, 600), ("PL", 800, 800)]
    assert waves(on_days(rows), period=period(900)).waves == ()


def test_nothing_to_look_for_is_said() -> None:
    with pytest.raises(ValueError, match="two hosts"):
        waves(on_days([("GB", 1, 1), ("GB", 90, 90)]))
    with pytest.raises(ValueError, match="as long as the period"):
        waves(on_days([("GB", 1, 1), ("FR", 9, 9)]))
    undated = on_days([("GB", 1, 1)])
    undated.first[:] = undated.last[:] = 0
    with pytest.raises(ValueError, match="known time"):
        waves(undated)
