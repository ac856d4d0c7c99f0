"""Run the case study "Is De Croo right?" and write its result, plots and figures; the method is in the page itself.

    python docs/case-studies/is_de_croo_right.py [--data ../shared/data] [--quick]

``--quick`` takes the hand-coded stands alone, skips what takes long, and prints without writing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from nongrata.analysis import Events, Pair, Period, Response, respond
from nongrata.analysis.respond import follow_draws
from nongrata.analysis.uncertainty import wilson
from nongrata.analysis.words import window_name
from nongrata.ledger.claimfile import read_claims
from nongrata.model import Claim, DateInterval, Factuality, Realis
from nongrata.publishing.plots import response_svg
from nongrata.publishing.plots.svg import FAINT, MARK, OTHER, Frame, dot, line, scale, text
from nongrata.reading.stats import ReadingStats
from nongrata.reading.structured import read_structured

HERE = Path(__file__).parent
PAGE = HERE / "is-de-croo-right.md"
STANDS = HERE / "stands.jsonl"
SPAN = DateInterval(date(2023, 6, 6), date(2025, 11, 5))
WINDOWS = (24.0, 48.0, 72.0, 168.0, 336.0)
AGAINST = frozenset({"expulsion", "sanction", "protest"})
SURE = frozenset({Factuality.CERTAIN, Factuality.PROBABLE})
REAL = frozenset({Realis.ACTUAL, Realis.PLANNED})
WIDEST = 7
QUIET = 7
QUIET_SEEN = 5
LEVEL = 0.05
PLACEBOS = 200
PLANTINGS = 100
SHARES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


@dataclass(frozen=True)
class Act:
    """What a state did, when, and whether a person coded it or the reader read it."""

    state: str
    when: DateInterval
    hand: bool
    family: str


@dataclass(frozen=True)
class Lists:
    """The target lists: which days have one, and on which days each state is on it."""

    seen: np.ndarray
    listed: dict[str, np.ndarray]

    def newly(self, state: str, quiet: int) -> np.ndarray:
        """Days on which a state is listed after so many days without; at least five sevenths of those have lists."""
        days = self.listed[state]
        found = np.zeros_like(days)
        for day in np.flatnonzero(days & self.seen_after(quiet)):
            found[day] = not days[day - quiet : day].any()
        return found

    def seen_after(self, quiet: int) -> np.ndarray:
        """Days with a list on which "newly" can be told."""
        needed = int(np.ceil(quiet * QUIET_SEEN / QUIET))
        before = np.array([self.seen[max(0, day - quiet) : day].sum() for day in range(len(self.seen))])
        return self.seen & (before >= needed) & (np.arange(len(self.seen)) >= quiet)


def acts_of(claims: Iterable[Claim], *, hand: bool) -> Iterator[tuple[str | None, Act | None]]:
    """The acts that claims tell: (None, act), or (why it is left out, None)."""
    for claim in claims:
        if not _counts(claim):
            continue
        if claim.when is None:
            yield "no time", None
        elif claim.when.days > WIDEST:
            yield "time too wide", None
        elif not claim.when.overlaps(SPAN):
            yield "outside the period", None
        else:
            states = claim.actors or ((claim.actor_state or claim.actor,) if claim.actor else ())
            for state in states:
                if state and len(state) == 2 and state not in ("UA", "RU", "EU"):
                    yield None, Act(state, claim.when, hand, claim.subtype or "")


def _counts(claim: Claim) -> bool:
    if claim.factuality not in SURE or claim.realis not in REAL:
        return False
    if claim.type == "stand":
        return "UA" in (claim.target, claim.target_state) or claim.against == "RU"
    return claim.type in AGAINST and "RU" in (claim.target, claim.target_state)


def merged(acts: Iterable[Act]) -> list[Act]:
    """Acts of one state whose days overlap or touch, as one."""
    by_state: dict[str, list[Act]] = defaultdict(list)
    for act in sorted(acts, key=lambda act: (act.when.first, act.when.last)):
        mine = by_state[act.state]
        if mine and mine[-1].when.gap(act.when) <= 1:
            last = mine[-1]
            when = last.when.intersection(act.when) or last.when.hull(act.when)
            mine[-1] = replace(last, when=when, hand=last.hand or act.hand)
        else:
            mine.append(act)
    return [act for mine in by_state.values() for act in mine]


def hand_coded() -> list[Act]:
    """The acts of the claims file."""
    claims = (claim for _, found in read_claims(STANDS, ReadingStats()) for claim in found)
    return [act for _, act in acts_of(claims, hand=True) if act]


def read_by_machine(summaries: Path) -> tuple[list[Act], dict[str, int]]:
    """The acts that our own reader finds in the summaries of the period, and how many were left out and why."""
    from nongrata.extraction.reader import default_reader
    from nongrata.reading.sources import open_reports

    reports = (r for r in open_reports(summaries) if r.published and r.published in SPAN)
    kept: list[Act] = []
    left: dict[str, int] = defaultdict(int)
    for _, claims in default_reader().read_many(reports):
        for why, act in acts_of(claims, hand=False):
            if act:
                kept.append(act)
            else:
                left[str(why)] += 1
    return kept, dict(left)


def target_lists(path: Path) -> Lists:
    """The lists of each day, by the shipped mapping."""
    days = SPAN.days
    seen = np.zeros(days, dtype=bool)
    listed: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(days, dtype=bool))
    for report, claims in read_structured(path, "ddosia", stats=ReadingStats()):
        at = (report.published - SPAN.first).days if report.published else -1
        if not 0 <= at < days:
            continue
        seen[at] = True
        for claim in claims:
            if claim.target and claim.target not in ("UA", "RU", "EU"):
                listed[claim.target][at] = True
    return Lists(seen, dict(listed))


def on(days: np.ndarray) -> Events:
    """Events on the marked days of the period."""
    first = np.flatnonzero(days) + SPAN.first.toordinal()
    return Events(first, first)


def pairs_of(acts: Sequence[Act], then: dict[str, np.ndarray]) -> list[Pair]:
    """Each state's acts beside its own (new) listings."""
    by_state: dict[str, list[Act]] = defaultdict(list)
    for act in merged(acts):
        by_state[act.state].append(act)
    states = sorted(state for state in by_state if then.get(state, np.zeros(1)).any())
    return [Pair(s, Events.of(act.when for act in by_state[s]), on(then[s])) for s in states]


def primary(acts: Sequence[Act], lists: Lists, *, quiet: int = QUIET, step: int = 7, draws: int = 1999) -> Response:
    """The test of the primary outcome, newly listed."""
    then = {state: lists.newly(state, quiet) for state in lists.listed}
    return respond(
        pairs_of(acts, then), Period.of(SPAN), windows=WINDOWS, observed=lists.seen_after(quiet), step=step, draws=draws
    )


def any_listing(acts: Sequence[Act], lists: Lists) -> Response:
    """The test of the secondary outcome, listed at all."""
    pairs = pairs_of(acts, lists.listed)
    return respond(pairs, Period.of(SPAN), windows=WINDOWS, observed=lists.seen, step=7)


def without_summits(acts: Sequence[Act]) -> list[Act]:
    """The acts of days on which fewer than three states acted."""
    states: dict[date, set[str]] = defaultdict(set)
    for act in acts:
        states[act.when.first].add(act.state)
    return [act for act in acts if len(states[act.when.first]) < 3]


def left_out_in_turn(acts: Sequence[Act], lists: Lists) -> list[tuple[str, float, float]]:
    """For each state, what comes out without it: share within the first window and the decision's least p."""
    found = []
    for state in sorted({act.state for act in acts}):
        got = primary([act for act in acts if act.state != state], lists, draws=399)
        found.append((state, got.follows[0].share, decisive(got)))
    return found


def decisive(response: Response) -> float:
    """The least over the windows of the greater of both corrected p-values: what the decision looks at."""
    return min(max(rate.p_shift_all, rate.p_rotation_all) for rate in response.follows)


def placebo(acts: Sequence[Act], lists: Lists) -> float:
    """In which share of random reassignments of lists to other states stands are followed as often within a day."""
    pairs = pairs_of(acts, {state: lists.newly(state, QUIET) for state in lists.listed})
    seen, real = lists.seen_after(QUIET), primary(acts, lists, draws=19).follows[0].share
    rng = np.random.default_rng(7)
    reached = 0
    for _ in range(PLACEBOS):
        order = rng.permutation(len(pairs))
        while (order == np.arange(len(pairs))).any():
            order = rng.permutation(len(pairs))
        moved = [Pair(pair.name, pair.first, pairs[at].then) for pair, at in zip(pairs, order, strict=True)]
        shifts, _ = follow_draws(moved, Period.of(SPAN), WINDOWS[:1], seen, 7, 1, 0)
        reached += shifts.observed[0] >= real - 1e-9
    return (1 + reached) / (1 + PLACEBOS)


def power(acts: Sequence[Act], lists: Lists) -> list[tuple[float, float]]:
    """For each share of stands that is answered on the next day, how often the decision would say that it holds.

    The lists are first shifted by a random number of weeks, so that what pattern they have themselves is gone.
    """
    then = {state: lists.newly(state, QUIET) for state in lists.listed}
    pairs, seen = pairs_of(acts, then), lists.seen_after(QUIET)
    rng = np.random.default_rng(11)
    found = []
    for share in SHARES:
        held = 0
        for planting in range(PLANTINGS):
            turn = 7 * int(rng.integers(4, SPAN.days // 7 - 4))
            planted = [Pair(pair.name, pair.first, _answered(pair, share, turn, rng)) for pair in pairs]
            shifts, turns = follow_draws(planted, Period.of(SPAN), WINDOWS, np.roll(seen, turn), 7, 199, planting)
            held += bool((np.maximum(shifts.corrected(), turns.corrected()) <= LEVEL).any())
        found.append((share, held / PLANTINGS))
        if held / PLANTINGS >= 0.9:
            break
    return found


def _answered(pair: Pair, share: float, turn: int, rng: np.random.Generator) -> Events:
    start = SPAN.first.toordinal()
    shifted = (pair.then.first - start + turn) % SPAN.days + start
    drawn = pair.first.last[rng.random(len(pair.first)) < share] + 1
    days = np.unique(np.concatenate([shifted, drawn]))
    return Events(days, days)


def rate_rows(response: Response) -> list[str]:
    """A table of the windows."""
    head = (
        "| within | stands | followed | 95 % interval | chance | chance in month | p shifts | p months |\n"
        "|---|---|---|---|---|---|---|---|"
    )
    return [head] + [
        f"| {window_name(r.hours)} | {r.events:.0f} | {r.share:.1%} | {r.low:.1%} to {r.high:.1%} | {r.expected:.1%} | "
        f"{r.expected_in_month:.1%} | {r.p_shift:.3f} ({r.p_shift_all:.3f}) | "
        f"{r.p_rotation:.3f} ({r.p_rotation_all:.3f}) |"
        for r in response.follows
    ]


def verdict(response: Response) -> str:
    """The decision that the method fixed."""
    holds = [r for r in response.follows if max(r.p_shift_all, r.p_rotation_all) <= LEVEL]
    if any(r.hours == WINDOWS[0] for r in holds):
        return "**The pattern holds, and within one day.**"
    if holds:
        return f"**The pattern holds within {window_name(holds[0].hours)}; within one day it is not shown.**"
    if any(r.p_shift_all <= LEVEL for r in response.follows):
        return "**Stands and new listings share their seasons; more cannot be said.**"
    return "**Null: these data show no pattern beyond chance.**"


def belgium(acts: Sequence[Act], lists: Lists) -> str:
    """Belgium by itself: few events, so only a description."""
    mine = [act for act in merged(acts) if act.state == "BE"]
    newly = lists.newly("BE", QUIET)
    followed = 0
    for act in mine:
        at = (act.when.first - SPAN.first).days
        followed += bool(newly[at : (act.when.last - SPAN.first).days + 2].any())
    days = ", ".join(str(act.when) for act in mine)
    bounds = wilson(followed, len(mine))
    return (
        f"Belgium by itself: {len(mine)} stands ({days}); {followed} of them with a new listing on the day or the next "
        f"({bounds.low:.0%} to {bounds.high:.0%}). Belgium is on {int(lists.listed['BE'].sum())} lists, newly on "
        f"{int(newly.sum())}: {', '.join(str(SPAN.first + timedelta(int(d))) for d in np.flatnonzero(newly))}."
    )


def days_svg(acts: Sequence[Act], lists: Lists) -> str:
    """One row a state: stands above the line, new listings below, days without a list in grey."""
    pairs = pairs_of(acts, {state: lists.newly(state, QUIET) for state in lists.listed})
    x = scale(0, SPAN.days, 50, 950)
    height = 70 + 18 * len(pairs)
    parts = [
        line(x(day + 0.5), 36, x(day + 0.5), height - 24, colour="#dddddd", width=900 / SPAN.days)
        for day in np.flatnonzero(~lists.seen)
    ]
    for year, month in ((2023, 7), (2024, 1), (2024, 7), (2025, 1), (2025, 7)):
        at = x((date(year, month, 1) - SPAN.first).days)
        parts += [
            line(at, 36, at, height - 24, colour=FAINT, width=0.5),
            text(f"{year}-{month:02}", at + 3, 46, size=10),
        ]
    for row, pair in enumerate(pairs):
        y = 62 + 18 * row
        parts += [text(pair.name, 12, y + 4, size=11), line(50, y, 950, y, colour=FAINT, width=0.3)]
        start = SPAN.first.toordinal()
        parts += [
            line(x(d - start + 0.5), y, x(d - start + 0.5), y + 6, colour=OTHER, width=1.5) for d in pair.then.first
        ]
        parts += [
            dot(x(float(f + g) / 2 - start + 0.5), y - 4, radius=2.5, colour=MARK)
            for f, g in zip(pair.first.first, pair.first.last, strict=True)
        ]
    parts.append(
        text("dots: stands; strokes: newly on a target list; grey: days without a list", 12, height - 8, size=11)
    )
    return Frame("Stands and new listings, by state", "see the table", 970, height).drawn(*parts)


def report(acts: Sequence[Act], left: dict[str, int], lists: Lists) -> str:
    """The section "Result" of the page."""
    main = primary(acts, lists)
    rows = [verdict(main), "", *_counted(acts, left, lists), "", "Newly listed (primary):", "", *rate_rows(main), ""]
    rows += ["p by itself, and in brackets corrected for the five windows.", ""]
    rows += ["![Newly listed after a stand](is-de-croo-right.svg)", "", "Listed at all:", ""]
    rows += [
        *rate_rows(any_listing(acts, lists)),
        "",
        "Both directions, within a week, newly listed:",
        "",
        *_both(main),
        "",
    ]
    rows += [
        belgium(acts, lists),
        "",
        "![Stands and new listings](is-de-croo-right-days.svg)",
        "",
        "### Sensitivity",
        "",
    ]
    rows += _sensitivity(acts, lists)
    rows += ["", "### What these data could have shown", ""]
    rows += ["| planted: stands answered on the next day | found |", "|---|---|"]
    rows += [f"| {share:.0%} | {found:.0%} |" for share, found in power(acts, lists)]
    return "\n".join(rows)


def _counted(acts: Sequence[Act], left: dict[str, int], lists: Lists) -> list[str]:
    hand, machine = [a for a in acts if a.hand], [a for a in acts if not a.hand]
    words = ", ".join(f"{many} {why}" for why, many in sorted(left.items())) or "none"
    newly = sum(int(lists.newly(state, QUIET).sum()) for state in lists.listed)
    return [
        f"{len(hand)} stands coded by hand and {len(machine)} read ({words} left out) make {len(merged(acts))} acts of "
        f"{len({a.state for a in acts})} states. {int(lists.seen.sum())} of {SPAN.days} days have a list; "
        f"{len(lists.listed)} states are on one at least once, {newly} times newly."
    ]


def _both(response: Response) -> list[str]:
    at = WINDOWS.index(168.0)
    named = (
        ("stands followed by a new listing", response.follows[at]),
        ("new listings preceded by a stand", response.preceded[at]),
        ("new listings followed by a stand", response.reverse[at]),
    )
    rows = ["| | share | chance | p shifts, corrected |", "|---|---|---|---|"]
    return rows + [f"| {name} | {r.share:.1%} | {r.expected:.1%} | {r.p_shift_all:.3f} |" for name, r in named]


def _sensitivity(acts: Sequence[Act], lists: Lists) -> list[str]:
    family = [act for act in acts if act.family == "security_agreement"]
    variants = {
        "hand-coded alone": primary([act for act in acts if act.hand], lists),
        "read alone": primary(machine, lists) if (machine := [act for act in acts if not act.hand]) else None,
        "security agreements alone": primary(family, lists),
        "without days of three or more states": primary(without_summits(acts), lists),
        "shifts by single days": primary(acts, lists, step=1),
        "three quiet days": primary(acts, lists, quiet=3),
        "fourteen quiet days": primary(acts, lists, quiet=14),
    }
    rows = ["| variant | stands | followed within 1 day | chance | within 7 days | chance | least p, both nulls |"]
    rows.append("|---|---|---|---|---|---|---|")
    for name, got in variants.items():
        if got is None:
            continue
        day, week = got.follows[0], got.follows[3]
        rows.append(
            f"| {name} | {day.events:.0f} | {day.share:.1%} | {day.expected:.1%} | {week.share:.1%} | "
            f"{week.expected:.1%} | {decisive(got):.3f} |"
        )
    turns = left_out_in_turn(acts, lists)
    low, high = min(turns, key=lambda turn: turn[2]), max(turns, key=lambda turn: turn[2])
    rows += [
        "",
        f"Each state left out in turn: least p from {low[2]:.3f} (without {low[0]}) to {high[2]:.3f} (without "
        f"{high[0]}).",
    ]
    rows.append(
        f"Placebo, the lists of another state: {placebo(acts, lists):.3f} of the reassignments are followed as often "
        "within one day."
    )
    return rows


def main() -> int:
    """Run the study; 2 where the data are not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parent.parent.parent / "shared" / "data")
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    lists_file, summaries = (args.data / f"{n}.jsonl.gz" for n in ("ddosia_targets_by_day", "current_events"))
    if not lists_file.exists():
        sys.stderr.write(f"{lists_file} is not there: give the folder with --data\n")
        return 2
    lists = target_lists(lists_file)
    if args.quick:
        got = primary(hand_coded(), lists, draws=199)
        sys.stdout.write("\n".join([verdict(got), *rate_rows(got), belgium(hand_coded(), lists)]) + "\n")
        return 0
    read, left = read_by_machine(summaries)
    acts = hand_coded() + read
    body = report(acts, left, lists)
    page = PAGE.read_text(encoding="utf-8")
    made = re.sub(
        r"<!-- result -->.*<!-- /result -->", lambda _: f"<!-- result -->\n{body}\n<!-- /result -->", page, flags=re.S
    )
    PAGE.write_text(made, encoding="utf-8")
    (HERE / "is-de-croo-right.svg").write_text(
        response_svg(primary(acts, lists).follows, "Newly listed after a stand") + "\n", encoding="utf-8"
    )
    (HERE / "is-de-croo-right-days.svg").write_text(days_svg(acts, lists) + "\n", encoding="utf-8")
    sys.stdout.write(body + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
