"""Questions asked of a ledger: does the pattern hold, and how surely.

The statistics are functions on arrays and small frozen values; ``happenings`` and ``tellings`` read them from a ledger.
"""

from nongrata.analysis.compare import Comparison, Standing, compare
from nongrata.analysis.drift import Drift, Step
from nongrata.analysis.events import Events, Period
from nongrata.analysis.happenings import Happenings, happenings, response_pairs
from nongrata.analysis.reciprocity import Ladder, Rung, Side, reciprocity
from nongrata.analysis.respond import Pair, Response, WindowRate, respond
from nongrata.analysis.sources import Outlet, Repeat, Sources, sources
from nongrata.analysis.tellings import Tellings, tellings
from nongrata.analysis.waves import Member, Wave, Waves, waves

__all__ = [
    "Comparison",
    "Drift",
    "Events",
    "Happenings",
    "Ladder",
    "Member",
    "Outlet",
    "Pair",
    "Period",
    "Repeat",
    "Response",
    "Rung",
    "Side",
    "Sources",
    "Standing",
    "Step",
    "Tellings",
    "Wave",
    "Waves",
    "WindowRate",
    "compare",
    "happenings",
    "reciprocity",
    "respond",
    "response_pairs",
    "sources",
    "tellings",
    "waves",
]
