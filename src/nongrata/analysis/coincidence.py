"""How likely it is that something follows within a window, day by day: event coincidence with uncertain times.

Event coincidence analysis counts the share of events of one kind that are followed by one of another kind within a
window (Donges, Schleussner, Siegmund and Donner 2016, "Event coincidence analysis for quantifying statistical
interrelationships between event time series", European Physical Journal Special Topics 225: the *trigger* coincidence
rate), and the share of the second kind that is preceded by one of the first (the *precursor* rate). There an event is a
point. Here it is an interval of days, and both are integrated over it.
"""

from __future__ import annotations

import numpy as np

from nongrata.analysis.events import Days, Events, Period, Reals, binned

NODES = 8
"""Instants a day at which the chance of a follower is evaluated (midpoints of three hours each)."""
_SURELY = 1e-12
"""A follower that is certain leaves this much doubt, so that its logarithm is finite."""


def chance_of_follower(events: Events, period: Period, hours: float) -> Reals:
    """For each day of a period, the chance that at least one event comes within ``hours`` after an instant of it.

    For an instant t the window is (t, t + hours]. Event j lies in it with the share p_j(t) of its interval that the
    window covers; the events' places within their intervals are taken as independent, so the chance of at least one is
    1 - prod_j (1 - p_j(t)). Its mean over the instants of the day (midpoint rule, ``NODES`` of them) is the value of
    that day. A follower on the same day counts as far as it may lie later on that day.

    Returns:
        Shape ``(period.days,)``, each between 0 and 1.
    """
    doubt = np.zeros(NODES * period.days)
    starts = events.first - period.start
    offsets = np.arange(NODES)[:, None] * period.days
    for length in np.unique(events.lengths):
        where, many = np.unique(starts[events.lengths == length], return_counts=True)
        lags, miss = _misses(int(length), hours / 24.0)
        days = where[:, None] - lags[None, :]
        rows, columns = np.nonzero((days >= 0) & (days < period.days))
        at = (offsets + days[rows, columns]).ravel()
        doubt += binned(at, (many[rows] * miss[:, columns]).ravel(), len(doubt))
    return np.asarray(-np.expm1(doubt).reshape(NODES, period.days).mean(axis=0))


def _misses(length: int, window: float) -> tuple[Days, Reals]:
    """The logarithm of 1 - p by instant of a day and by lag, for events known to within ``length`` days.

    A lag is the number of days from the day to the event's first day; it is negative where the event may have begun
    before. Both arrays end where the window (in days) reaches no further.
    """
    lags = np.arange(1 - length, int(np.ceil(window)) + 1)
    instants = (np.arange(NODES)[:, None] + 0.5) / NODES
    covered = np.minimum(instants + window, lags + length) - np.maximum(instants, lags)
    share = np.clip(covered, 0.0, None) / length
    return lags, np.log(np.maximum(1.0 - share, _SURELY))


def chance_of_any(events: Events, period: Period, days: int) -> Reals:
    """For each day of a period, the chance that at least one event falls on it or on the ``days - 1`` days after it.

    Returns:
        Shape ``(period.days,)``; windows that reach past the period's end see nothing there.
    """
    doubt = np.zeros(period.days)
    starts = events.first - period.start
    for length in np.unique(events.lengths):
        where, many = np.unique(starts[events.lengths == length], return_counts=True)
        lags = np.arange(1 - int(length), days)
        covered = np.minimum(days, lags + length) - np.maximum(0, lags)
        miss = np.log(np.maximum(1.0 - covered / length, _SURELY))
        at = where[:, None] - lags[None, :]
        rows, columns = np.nonzero((at >= 0) & (at < period.days))
        doubt += binned(at[rows, columns], many[rows] * miss[columns], period.days)
    return np.asarray(-np.expm1(doubt))
