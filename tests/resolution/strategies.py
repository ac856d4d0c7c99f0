"""Claims, tellings and judgements for property tests: few parties and days, so that claims meet."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from nongrata.model import Chain, Claim, DateInterval, Factuality, Interval, Realis, Scope
from nongrata.resolution import Telling

START = date(2024, 3, 1)
PARTIES = ("NO", "MA", "CL", "EU", "GRU", "Grey Heron Brigade", "coastal hackers", None)
TYPES = ("expulsion", "cyberattack", "espionage", "legal_action")
VOICES = (
    ("Mara Lindqvist", "Prime Minister", "NO"),
    ("Norwegian police", "police", "NO"),
    ("Grey Heron Brigade", "hacker group", None),
    ("Radio Norra", "broadcaster", "NO"),
    ("embassy of Chile", "embassy", "CL"),
    ("sources", None, None),
)

days = (st.integers(0, 40) | st.integers(300, 330)).map(lambda n: START + timedelta(n))
whens = st.none() | st.builds(lambda d, n: DateInterval(d, d + timedelta(n)), days, st.sampled_from((0, 0, 2, 30)))
counts = st.none() | st.sampled_from((Interval(1, 1), Interval(6, 6), Interval(21, 21), Interval(24, 99), Interval(2)))


@st.composite
def claims(draw: st.DrawFn, report_id: str, published: date | None) -> Claim:
    """One claim of a report."""
    voice = draw(st.none() | st.sampled_from(VOICES))
    names = [voice[0]] if voice else []
    chain = Chain.of([*names, f"Outlet of {report_id}"], *(voice[1:] if voice else ()))
    return Claim(
        report_id=report_id,
        type=draw(st.sampled_from(TYPES)),
        actor=draw(st.sampled_from(PARTIES)),
        target=draw(st.sampled_from(PARTIES)),
        count=draw(counts),
        when=draw(whens),
        factuality=draw(
            st.sampled_from((Factuality.CERTAIN, Factuality.CERTAIN, Factuality.POSSIBLE, Factuality.DENIED))
        ),
        realis=draw(st.sampled_from((Realis.ACTUAL, Realis.ACTUAL, Realis.PLANNED, Realis.HABITUAL))),
        scope=draw(st.sampled_from((Scope.EVENT, Scope.EVENT, Scope.EVENT, Scope.TOTAL))),
        chain=chain,
        background=draw(st.booleans()),
        trigger=draw(st.sampled_from(("expelled", "hit", "spied", "charged"))),
        published=published,
    )


@st.composite
def reports(draw: st.DrawFn, most: int = 9) -> list[tuple[list[Claim], Telling]]:
    """Several reports of a few claims each, some without a date."""
    out = []
    for n in range(draw(st.integers(1, most))):
        report_id = f"r{n:02d}"
        published = draw(st.none() | days)
        told = draw(st.lists(claims(report_id, published), min_size=1, max_size=4))
        out.append((told, Telling.of(report_id, outlet=f"Outlet of {report_id}", published=published)))
    return out
