"""Plots: well-formed, harmless, and drawn to the figures."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from nongrata.analysis import Comparison, Drift, Sources, Standing, WindowRate
from nongrata.analysis.uncertainty import Bounds
from nongrata.ledger import TallyRow
from nongrata.model import Interval
from nongrata.publishing.plots import comparison_svg, drift_svg, response_svg, tally_svg
from nongrata.publishing.plots.svg import Frame, scale, text

SVG = "{http://www.w3.org/2000/svg}"
EVIL = '<script>alert(1)</script>"&\x1b[31m\u202e\ud800\ufffe'


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg.encode("utf-8"))  # noqa: S314 - our own text


def standing(name: str, lo: float, hi: float) -> Standing:
    return Standing(name, lo, hi, (1, 2), (), (0.1, 0.5), (1, 2))


def test_hostile_names_stay_text() -> None:
    svg = comparison_svg(Comparison((standing(EVIL, 1, float("inf")),), None, 0, 1), EVIL)
    root = parsed(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert "\x1b" not in svg
    assert "\u202e" not in svg
    assert any("<script>" in (element.text or "") for element in root.iter(f"{SVG}text"))


def test_bars_are_as_long_as_their_sums() -> None:
    svg = comparison_svg(Comparison((standing("AA", 40, 80), standing("BB", 20, 20)), None, 0, 1), "t")
    bars = [b for b in parsed(svg).iter(f"{SVG}rect") if b.get("class") != "paper"]
    widths = [float(b.get("width")) for b in bars]
    assert widths[0] == pytest.approx(widths[1], abs=0.2)
    assert widths[2] == pytest.approx(widths[0] / 2, abs=0.2)


def test_a_curve_has_a_dot_a_window() -> None:
    rates = [
        WindowRate(h, 50, 0.3, 0.2, 0.4, 0.1, 0.05, 0.2, 0.1, 0.01, p, 0.01, p) for h, p in ((24, 0.01), (72, 0.2))
    ]
    root = parsed(response_svg(rates, "t"))
    dots = [c.get("fill") for c in root.iter(f"{SVG}circle")]
    assert len(dots) == 3
    assert dots[0] != dots[1]
    assert "chance 10%" in root.find(f"{SVG}desc").text
    assert parsed(response_svg(rates[:1], "one window")) is not None


def test_drift_goes_both_ways_from_the_middle() -> None:
    overall = Drift("all", 10, 4, 2, Bounds(0.1, 0.7), 0.2, 3, 0.04)
    root = parsed(drift_svg(Sources(10, 9, (5, 5), (), (), overall, Bounds(0, 1), (), (), ()), "t"))
    harder, softer = [b for b in root.iter(f"{SVG}rect") if b.get("class") != "paper"]
    middle = float(harder.get("x"))
    assert float(softer.get("x")) + float(softer.get("width")) == pytest.approx(middle, abs=0.2)
    assert float(harder.get("width")) == pytest.approx(2 * float(softer.get("width")), abs=0.2)


def test_a_tally_shows_what_is_not_known() -> None:
    rows = [TallyRow(Interval(17), 3, 1, 0, 0, actor="BE", target="RU"), TallyRow(Interval(2, 2), 1, 0, 0, 0)]
    words = [element.text for element in parsed(tally_svg(rows, "t")).iter(f"{SVG}text")]
    assert "BE → RU" in words
    assert "≥ 17, 1 without a number" in words
    assert "unknown" in words


def test_nothing_is_a_plot_too() -> None:
    assert parsed(tally_svg([], "nothing")) is not None


def test_numbers_are_short_and_attributes_quoted() -> None:
    assert scale(0, 10, 0, 100)(2.5) == 25
    assert scale(3, 3, 0, 100)(3) == 0
    svg = Frame('a "b"', "says").drawn(text("x", 1 / 3, np.float64(2.0)))
    assert 'x="0.3"' in svg
    assert 'y="2"' in svg
