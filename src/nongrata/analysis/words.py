"""The answers in plain words, with their limits: the same paragraphs on the command line, on pages and in files."""

from __future__ import annotations

import math
from collections.abc import Sequence

from nongrata.analysis.compare import Comparison, Standing
from nongrata.analysis.drift import Drift
from nongrata.analysis.reciprocity import WINDOWS, Ladder, Side
from nongrata.analysis.respond import Response, WindowRate
from nongrata.analysis.sources import Sources
from nongrata.analysis.waves import Wave, Waves

LEVEL = 0.05
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_SURENESS = ("unknown", "possible", "probable", "certain")


def window_name(hours: float) -> str:
    """A window in the unit that suits it: "6 h", "1 day", "2 weeks"."""
    if hours < 24:
        return f"{hours:g} h"
    days = hours / 24
    if days >= 14 and days % 7 == 0:
        return f"{days / 7:g} weeks"
    return f"{days:g} day{'' if days == 1 else 's'}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def places(best: int, worst: int) -> str:
    """One place, or the best and the worst: "1st", "1st to 4th"."""
    return ordinal(best) if best == worst else f"{ordinal(best)} to {ordinal(worst)}"


def count_words(low: float, high: float) -> str:
    """A count as the tables write it: "23", "24–99", "≥ 17"."""
    if math.isinf(high):
        return f"≥ {low:g}"
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def some(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def response_words(response: Response, first: str, then: str) -> list[str]:
    """What ``respond`` found; ``first`` and ``then`` say what A and B are."""
    best = min(response.follows, key=lambda rate: (max(rate.p_shift_all, rate.p_rotation_all), rate.hours))
    period = response.period.interval
    found = [
        f"{some(response.first, 'event')} of A ({first}) and {response.then:,} of B ({then}) in "
        f"{some(response.strata, 'pair of series', 'pairs of series')}, {period.first} to {period.last}.",
        _verdict(best),
    ]
    reverse = min(response.reverse, key=lambda rate: rate.p_shift_all, default=None)
    if reverse and reverse.p_shift_all <= LEVEL:
        found.append(
            f"The other way round, A come after B more often than chance as well (within "
            f"{window_name(reverse.hours)}: {reverse.share:.0%} against {reverse.expected:.0%}): the two come "
            "together, and order alone does not tell which answers which."
        )
    limits = "Limits: coming after is not coming because of; a common cause within the month fools both tests."
    if response.observed < response.period.days:
        limits += f" B was observed on {response.observed:,} of {response.period.days:,} days."
    if response.widest > 1:
        limits += f" Some times are known to within {response.widest:,} days only; they are integrated over and blur."
    if best.events < 20:
        limits += f" {best.events:.0f} events are few: only a strong pattern could be seen."
    return [*found, limits]


def _verdict(rate: WindowRate) -> str:
    facts = (
        f"within {window_name(rate.hours)}, {rate.share:.0%} (95 % interval {rate.low:.0%} to {rate.high:.0%}) of A "
        f"are followed by B; by chance it would be {rate.expected:.0%}, within the month "
        f"{rate.expected_in_month:.0%} (corrected p {rate.p_shift_all:.3f} by shifts, {rate.p_rotation_all:.3f} "
        "within months)"
    )
    if max(rate.p_shift_all, rate.p_rotation_all) <= LEVEL:
        return f"Beyond chance: {facts}."
    if rate.p_shift_all <= LEVEL:
        return f"They share their seasons, and more cannot be said: {facts}."
    if rate.p_rotation_all <= LEVEL:
        return f"Uncertain: they come together within months, yet no more than whole series do by chance: {facts}."
    return f"No pattern beyond chance. Where it is least like chance: {facts}."


def ladder_words(ladder: Ladder) -> list[str]:
    """What ``reciprocity`` found."""
    one, other = ladder.sides
    found = [_side_words(one, other.by), _side_words(other, one.by)]
    found.append(
        f"Limits: an answer is whatever comes first from the other side within {ladder.within} days; no motive is "
        "read. Measures that nobody reported, or whose day is unknown, leave the other side's unanswered."
        + (f" {some(ladder.doubled, 'measure')} that may be the same as another left out." if ladder.doubled else "")
    )
    return found


def _side_words(side: Side, other: str) -> str:
    if not side.measures:
        return f"No measure of {side.by} against {other} has a known time."
    words = (
        f"{other} answered {side.answered} of {some(side.measures, 'measure')} of {side.by} "
        f"({side.answered / side.measures:.0%}, 95 % interval {side.share.low:.0%} to {side.share.high:.0%}); "
        f"{side.measures - side.answered} stayed unanswered, {side.openings} answered nothing themselves."
    )
    if side.lag:
        least, most = side.lag
        span = f"{least:g}" if least == most else f"{least:g} to {most:g}"
        words += f" Half the answers came within {span} days."
    if side.numbered:
        words += (
            f" Of {some(side.numbered, 'answer')} with both numbers known {side.equal} had the same one for certain"
        )
        words += f", {side.maybe} perhaps." if side.maybe else "."
    if side.p_value is None:
        words += " Too little to test against chance."
    elif side.p_value <= LEVEL:
        words += f" {other} acts within {WINDOWS[-1]} days of {side.by} more often than chance (p {side.p_value:.3f})."
    else:
        words += f" Chance alone would bring as much (p {side.p_value:.3f})."
    return words + (f" {some(side.undated, 'measure')} without a known time left out." if side.undated else "")


def standing_words(standing: Standing) -> str:
    """A state's place: "first", "first, or tied with three", "2nd to 4th"."""
    best, worst = standing.rank
    if (best, worst) == (1, 1):
        return "first" if not standing.overlaps else f"first, tied with {some(len(standing.overlaps), 'other')}"
    if best == 1:
        return f"first, or tied with {some(len(standing.overlaps), 'other')}"
    return places(best, worst)


def comparison_words(comparison: Comparison, share: float | None = None) -> list[str]:
    """What ``compare`` found; with ``share``, whether the first state may have that share of the whole."""
    top = comparison.standings[0]
    least, most = (f"{bound:.0%}" for bound in top.share)
    share_of = least if least == most else f"{least} to {most}"
    unknown = any(standing.uncounted or standing.undated for standing in comparison.standings)
    told = "By what has a number and a day, " if unknown else ""
    words = f"{told}{top.name} is {standing_words(top)}: {count_words(top.lo, top.hi)} ({share_of} of the whole)."
    if top.overlaps:
        more = " and others" if len(top.overlaps) > 6 else ""
        words += f" Its interval overlaps with {', '.join(top.overlaps[:6])}{more}."
    found = [words]
    if share is not None:
        found += [f"{s.name} with a share of {share:.0%}: {s.holds(share)}." for s in comparison.standings[:5]]
    if comparison.p_value is None:
        found.append("The period is too short to hold the states' differences against chance.")
    elif comparison.p_value > LEVEL:
        found.append(f"Chance alone would make states differ as much as this (p {comparison.p_value:.3f}).")
    else:
        best, worst = top.chance_rank or (1, len(comparison.standings))
        unit = "quarter by quarter" if comparison.block_months == 3 else "month by month"
        found.append(
            f"The states differ beyond chance (p {comparison.p_value:.3f}, {unit}); by that test {top.name} is "
            f"{places(best, worst)}."
        )
    uncounted, undated = (sum(getattr(s, name) for s in comparison.standings) for name in ("uncounted", "undated"))
    found.append(
        "Limits: a state that reports more looks hit more; the ledger knows what was told, not what happened. Known "
        f"unknowns: {some(uncounted, 'incident')} without a number, {undated} without a time, {comparison.unnamed} "
        f"that name no state, {comparison.joint} of several actors together."
    )
    return found


def waves_words(waves: Waves) -> list[str]:
    """What ``waves`` found."""
    period = waves.period.interval
    count = f"{some(waves.incidents, 'incident')} of {some(waves.hosts, 'host')}"
    found = [f"{count}, {period.first} to {period.last}."]
    if not waves.waves:
        found.append(f"No wave stands out from chance (the greatest score has p {waves.p_value:.3f}).")
    found += [_wave_words(wave) for wave in waves.waves]
    found.append(
        "Limits: chance here is each host acting at its own pace; a year in which all act more often is a wave of that "
        f"year. Hosts of one day have no order. Left out: {some(waves.undated, 'incident')} without a known time, "
        f"{waves.joint} of several actors together."
    )
    return found


def _wave_words(wave: Wave) -> str:
    leaders = [member.host for member in wave.members if member.place[0] == 1]
    counted = [member for member in wave.members if not math.isnan(member.lo)]
    low, high = sum(m.lo for m in counted), sum(m.hi for m in counted)
    uncounted = sum(m.uncounted for m in wave.members)
    first = leaders[0] if len(leaders) == 1 else f"{', '.join(leaders[:4])} (whose order is open)"
    return (
        f"{wave.when.edtf.replace('/', ' to ')}: {len(wave.members)} hosts act together (p {wave.p_value:.3f}; usual "
        f"within {wave.window} days: {wave.expected:.1f}), {count_words(low, high)} in number"
        + (f" and {some(uncounted, 'incident')} without one" if uncounted else "")
        + f"; first was {first}."
    )


def sources_words(sources: Sources) -> list[str]:
    """What ``sources`` found."""
    found = [_chain_words(sources)]
    overall = sources.overall
    if not overall.tellings:
        found.append("No telling can be held against an earlier one of the same story: drift cannot be measured.")
    else:
        low, high = sources.interval
        found.append(
            f"Of {some(overall.tellings, 'telling')} that can be held against the one before, {overall.harder} lost "
            f"doubt ({overall.share.low:.0%} to {overall.share.high:.0%}) and {overall.softer} gained it; on average "
            f"{overall.mean:+.2f} grades (95 % interval {low:+.2f} to {high:+.2f}). {_sure(overall)}"
        )
        found += [
            f"{drift.outlet} {'hardens' if drift.mean > 0 else 'softens'}: {drift.harder} up and {drift.softer} down "
            f"of {drift.tellings} (corrected p {drift.p_value:.3f})."
            for drift in sources.drifts
            if drift.p_value is not None and drift.p_value <= LEVEL
        ]
    found.append(
        "Limits: a grade of doubt is read from words by a machine where no person checked, and a misread origin makes "
        "all that retell it look harder or softer; later tellings may know more than the first."
    )
    return found


def _chain_words(sources: Sources) -> str:
    if not sources.tellings:
        return "No claim has a voice."
    mean = sum(length * many for length, many in enumerate(sources.lengths, 1)) / sources.tellings
    words = f"{some(sources.tellings, 'chain')} in {some(sources.reports, 'report')}, {mean:.1f} voices long on average"
    own = sources.lengths[0] / sources.tellings if sources.lengths else 0.0
    words += f"; {own:.0%} have one voice alone."
    return words + _repeat_words([f"{r.by} repeats {r.voice} ({r.reports})" for r in sources.repeats[:3]])


def _repeat_words(repeats: Sequence[str]) -> str:
    return f" Most often {'; '.join(repeats)}." if repeats else ""


def _sure(drift: Drift) -> str:
    if drift.p_value is None or drift.p_value > LEVEL:
        shown = "" if drift.p_value is None else f" (p {drift.p_value:.3f})"
        return f"Doubt is lost no more often than chance would have it{shown}."
    return f"Doubt is {'lost' if drift.mean > 0 else 'gained'} beyond chance (p {drift.p_value:.3f})."


def sureness_word(grade: int) -> str:
    """A grade of sureness in a word."""
    return _SURENESS[grade]
