"""Waves over hosts: one row a wave, its hosts in order on the days between which each acted."""

from __future__ import annotations

from nongrata.analysis import Wave, Waves
from nongrata.analysis.words import places
from nongrata.publishing.plots.svg import FAINT, INK, Frame, bar, line, scale, text

_LEFT, _RIGHT, _TOP, _GAP = 90.0, 500.0, 44.0, 18.0
MOST = 4
"""Waves that are drawn, those with most hosts."""
HOSTS = 40
"""Hosts that are drawn of each."""


def waves_svg(waves: Waves, title: str) -> str:
    """The greatest waves, each with its hosts; a bar is the days between which a host's first act there lies."""
    shown = sorted(waves.waves, key=lambda wave: -len(wave.members))[:MOST]
    shown.sort(key=lambda wave: wave.when.first)
    parts, y = [], _TOP
    for wave in shown:
        drawn, y = _wave(wave, y)
        parts += drawn
    if not shown:
        parts.append(text("no wave stands out from chance", 12, y + 16))
        y += 24
    return Frame(title, _says(waves), height=y + 16).drawn(*parts)


def _wave(wave: Wave, top: float) -> tuple[list[str], float]:
    members = wave.members[:HOSTS]
    first = min(member.when.first for member in members).toordinal()
    last = max(member.when.last for member in members).toordinal() + 1
    x = scale(first, last, _LEFT, _RIGHT)
    head = f"{wave.when.edtf.replace('/', ' – ')}: {len(wave.members)} hosts, p {wave.p_value:.3f}"
    parts = [text(head, 12, top + 14, size=13)]
    y = top + 30
    for member in members:
        begin, end = member.when.first.toordinal(), member.when.last.toordinal() + 1
        parts.append(line(_LEFT, y, _RIGHT, y, colour=FAINT, width=0.3))
        parts.append(text(member.host, _LEFT - 8, y + 4, anchor="end", size=11))
        parts.append(bar(x(begin), y - 5, x(end) - x(begin), 10))
        parts.append(
            text(
                f"{places(*member.place)}, {member.when.edtf.replace('/', ' – ')}",
                _RIGHT + 8,
                y + 4,
                size=10,
                faint=True,
            )
        )
        y += _GAP
    parts.append(line(_LEFT, top + 24, _LEFT, y - 8, colour=INK))
    if len(wave.members) > HOSTS:
        parts.append(text(f"and {len(wave.members) - HOSTS} hosts more", _LEFT, y + 4, size=11, faint=True))
        y += _GAP
    return parts, y + 12


def _says(waves: Waves) -> str:
    found = [f"{w.when.edtf}: {', '.join(m.host for m in w.members)}" for w in waves.waves]
    return "; ".join(found) or "no wave"
