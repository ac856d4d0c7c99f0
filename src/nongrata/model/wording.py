"""Values as a reader of tables sees them, on a terminal and on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nongrata.model.dates import DateInterval
from nongrata.model.interval import Interval
from nongrata.model.scales import Factuality, Realis, Scope

if TYPE_CHECKING:
    from nongrata.model import Claim, Incident

NOTHING = "–"
ARROW = " → "

_SURE = {
    Factuality.CERTAIN: "certain",
    Factuality.PROBABLE: "probable",
    Factuality.POSSIBLE: "possible",
    Factuality.DENIED: "denied",
    Factuality.UNKNOWN: "open",
}


def parties(actor: str | None, actors: tuple[str, ...] | None, target: str | None) -> str:
    """Who did it to whom; several actors are listed up to three."""
    if actors and not actor:
        more = f" +{len(actors) - 3}" if len(actors) > 3 else ""
        actor = ", ".join(actors[:3]) + more
    return f"{actor or '?'}{ARROW}{target or '?'}"


def number(count: Interval | None, share: float | None = None) -> str:
    """A count, or a share in per cent."""
    if count is not None:
        return str(count)
    return f"{share:.0%}" if share is not None else NOTHING


def days(when: DateInterval | None) -> str:
    """A stretch of days, the second day without what it shares with the first ("2022-03-27–30")."""
    if when is None:
        return NOTHING
    text = when.edtf
    if "/" not in text:
        return text
    first, last = when.first, when.last
    if first.year != last.year:
        return f"{first}–{last}"
    return f"{first}–{last:%d}" if first.month == last.month else f"{first}–{last:%m-%d}"


def sureness(claim: Claim) -> str:
    """Factuality in a word, with realis, scope and background where they are not the usual ones."""
    words = [_SURE[claim.factuality]]
    if claim.realis is not Realis.ACTUAL:
        words.append(str(claim.realis))
    if claim.scope is Scope.TOTAL:
        words.append("total")
    if claim.background:
        words.append("background")
    return ", ".join(words)


def origins(incident: Incident) -> str:
    """Independent origins / reports, and how many origins deny it ("1/6", "2/9 -1")."""
    denials = sum(origin.denies for origin in incident.origins)
    return f"{incident.independent_origins}/{len(incident.reports)}" + (f" -{denials}" if denials else "")


def plural(count: int, noun: str) -> str:
    """A number with its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def rate(done: int, seconds: float) -> str:
    """Reports a second ("80 reports/s", "0.3 reports/s")."""
    found = done / max(seconds, 1e-9)
    return f"{found:,.0f} reports/s" if found >= 10 or not done else f"{found:.1f} reports/s"


def rate_words(done: int, seconds: float) -> str:
    """How many reports in what time ("1,000 reports in 12.5 s, 80 reports/s")."""
    return f"{plural(done, 'report')} in {seconds:.1f} s, {rate(done, seconds)}"
