"""What is odd about a report's day of publication, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from nongrata.model.claim import Claim
from nongrata.model.report import Report
from nongrata.model.scales import Realis
from nongrata.model.wording import days

FUTURE = "published-in-the-future"
UNREADABLE = "published-unreadable"
ONLY_UPDATED = "published-unknown-updated-known"
_WORDS = {
    FUTURE: "the day of publication lies after the day on which the page was fetched",
    UNREADABLE: "the day of publication that was given cannot be read",
    ONLY_UPDATED: "the day is that of the last change: that of publication is not known",
}
_ZONES = timedelta(days=1)
"""Outlets and happenings may lie on two sides of the date line."""


def remarks(report: Report, claims: Iterable[Claim]) -> list[str]:
    """The report's flags, and the first of its claims that tells as done what only comes after its publication."""
    found = [_WORDS.get(flag, flag) for flag in report.flags]
    ahead = next((claim for claim in claims if is_ahead(claim)), None)
    if ahead is not None:
        found.append(f"it was published before the happening that it tells of ({days(ahead.when)}): one day is wrong")
    return found


def is_ahead(claim: Claim) -> bool:
    """True when a claim tells as done what lies wholly after its report's day of publication."""
    if claim.published is None or claim.when is None or claim.realis is not Realis.ACTUAL:
        return False
    return claim.when.first > claim.published + _ZONES
