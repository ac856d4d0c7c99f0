"""Hold the ledger against what is known of two waves of expulsions and write ``docs/expulsions.md``.

    python docs/make_expulsions.py          (needs ``../shared``; reads some 4,700 summaries, about a minute)

The summaries of two stretches of time are read as anybody would read them, and incidents and sums are those that
``nongrata incidents`` and ``nongrata tally`` show. Each row of the truth table is looked up among the incidents and
each incident among the rows. What the ledger has and the truth has not is listed as wrong; nothing is explained away.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from nongrata.evaluation.truth import Row, Truth, Verdict, compare
from nongrata.extraction.reader import default_reader
from nongrata.ledger import IncidentFilter, Ledger, import_readings, ingest
from nongrata.ledger.claimfile import read_claims
from nongrata.model import Claim, DateInterval, Incident, Interval, Report
from nongrata.reading.plain import parse_text
from nongrata.reading.stats import ReadingStats
from nongrata.vocabulary.bodies import bodies
from nongrata.vocabulary.states import states

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
WINDOWS = {
    "March and April 2018": DateInterval(date(2018, 3, 1), date(2018, 4, 30)),
    "February to July 2022": DateInterval(date(2022, 2, 1), date(2022, 7, 31)),
}
DONE = ("actual", "planned")
"""What a tally counts: told as done or as announced."""
LEAVING = re.compile(r"\b(?:expel|expuls|non grata|ordered? .{0,40}to leave|deport)", re.IGNORECASE)
"""How a summary may say that diplomats have to leave; wide on purpose, so that a miss of the reader counts as one."""
TOLD_WITHIN = 21
"""A summary that tells of an expulsion comes within so many days of it: the answer to it recalls it."""
NUMBER = re.compile(r"\d+")


def main() -> None:
    """Write the page."""
    page = (HERE / "expulsions.template.md").read_text(encoding="utf-8")
    parts = []
    with tempfile.TemporaryDirectory() as folder:
        for name, window in WINDOWS.items():
            summaries = list(summaries_of(window))
            with Ledger.open(str(Path(folder) / f"{window.first}.db")) as ledger:
                reader = default_reader()
                ingest(ledger, summaries, reader, ledger.start_run("ingest"))
                ledger.refresh()
                parts.append(section(name, window, summaries, ledger))
                claims = ledger.claims(key for i in ledger.incidents() for key in i.claims).values()
                parts.append(conflicts(f"Contradictory numbers, {name}", list(claims), ledger.incidents()))
        parts.append(hand_coded(str(Path(folder) / "stories.db")))
    (HERE / "expulsions.md").write_text(page.replace("{tables}", "\n\n".join(parts)), encoding="utf-8")


def summaries_of(window: DateInterval) -> Iterator[Report]:
    """The summaries published in a stretch of time."""
    with gzip.open(SHARED / "data" / "current_events.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            day = date.fromisoformat(row["published"])
            if window.first <= day <= window.last:
                yield parse_text(
                    row["text"],
                    id=row["id"],
                    publisher=row["publisher"],
                    published=day,
                    sources=tuple(row["sources"]),
                )


@cache
def codes() -> dict[str, str]:
    """Names of states and bodies → as the ledger has them."""
    found = {name: state.code for state in states().values() for name in (state.name, *state.other_names)}
    return found | {name: body.name for body in bodies().values() for name in (body.name, *body.aliases)}


def truths(window: DateInterval) -> list[Truth]:
    """The rows of the truth table that fall in a stretch of time; one without a day goes by the year of its wave."""
    found = []
    with (SHARED / "data" / "expulsions_truth.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            told = row["announced_date"]
            when = DateInterval.from_edtf(told) if told else None
            inside = when.overlaps(window) if when else row["wave"].startswith(str(window.first.year))
            if inside:
                actor, target = (codes()[row[side]] for side in ("expelling", "expelled_nationality"))
                found.append(Truth(actor, target, int(row["count"]), when))
    return found


def section(name: str, window: DateInterval, summaries: Sequence[Report], ledger: Ledger) -> str:
    """One stretch of time: how many rows came out how, the rows, and what the ledger has beyond them."""
    incidents = [i for i in ledger.incidents(IncidentFilter(types=("expulsion",))) if str(i.realis) in DONE]
    known = truths(window)
    rows, beyond = compare(known, incidents, lambda truth: says(truth, summaries))
    votes = Counter(row.verdict for row in rows)
    sums = {(row.actor, row.target): row.count for row in ledger.tally(IncidentFilter(types=("expulsion",)))}
    head = f"## {name}\n\n{len(summaries):,} summaries; {len(known)} rows of the truth: "
    head += ", ".join(f"**{votes[verdict]}** {verdict}" for verdict in Verdict if votes[verdict])
    hub = Counter(side for truth in known for side in (truth.actor, truth.target)).most_common(1)[0][0]
    touching = [i for i in beyond if hub in (i.actor, i.target, *(i.actors or ()))]
    others = [i for i in beyond if i not in touching]
    head += (
        f". Beside them the ledger has **{len(touching)}** incidents about {hub} that are in no row of the truth.\n\n"
    )
    lines = ["| who → whom | known | in the ledger | sum of the pair | verdict |", "|---|---|---|---|---|"]
    lines += [_line(row, sums) for row in sorted(rows, key=_shelf)]
    wrong, silent = "In no row of the truth", f"Not about {hub}, so that the truth table is silent"
    return head + "\n".join(lines) + _beyond(wrong, touching) + _beyond(silent, others)


def _shelf(row: Row) -> tuple[int, str, str]:
    return (list(Verdict).index(row.verdict), row.truth.actor, row.truth.target)


def _line(row: Row, sums: dict[tuple[str | None, str | None], Interval]) -> str:
    truth, incident = row.truth, row.incident
    told = f"{truth.count}, {truth.when.edtf}" if truth.when else f"{truth.count}, no day"
    has = "–"
    if incident:
        has = f"{incident.count or 'no number'}, {incident.when.edtf if incident.when else 'no day'}"
        has += f" ({', '.join(incident.actors)})" if incident.actors else ""
    elif row.reports:
        has = f"– ({', '.join(row.reports[:3])})"
    pair = sums.get((truth.actor, truth.target))
    return f"| {truth.actor} → {truth.target} | {told} | {has} | {pair or '–'} | {row.verdict} |"


def _beyond(title: str, incidents: Sequence[Incident]) -> str:
    if not incidents:
        return ""
    lines = [f"\n\n{title}:\n\n| who → whom | count | when | reports |", "|---|---|---|---|"]
    for i in incidents:
        who = i.actor or ", ".join(i.actors or ()) or "?"
        facts = [f"{who} → {i.target or '?'}", i.count or "–", i.when.edtf if i.when else "–", ", ".join(i.reports)]
        lines.append("| " + " | ".join(map(str, facts)) + " |")
    return "\n".join(lines)


@cache
def _forms(code: str) -> re.Pattern[str]:
    known = states().get(code)
    if known:
        words = (known.name, *known.other_names, *known.adjectives, *known.people, *known.capitals)
    else:
        words = (code, *bodies()[code].aliases)
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words if len(word) > 1) + r")\b")


def says(truth: Truth, summaries: Iterable[Report]) -> list[str]:
    """The summaries of those days that name both parties and somebody's having to leave, in any order and sense."""
    days = truth.when.widened(TOLD_WITHIN) if truth.when else None
    return [
        report.id
        for report in summaries
        if LEAVING.search(report.text)
        and (days is None or report.published is None or days.overlaps(DateInterval.day(report.published)))
        and _forms(truth.actor).search(report.text)
        and _forms(truth.target).search(report.text)
    ]


def conflicts(title: str, claims: Sequence[Claim], incidents: Sequence[Incident]) -> str:
    """For each pair of the table of conflicts: what the claims say, and how the ledger shows what disagrees."""
    pairs = known_conflicts()
    lines = []
    for actor, target in pairs:
        mine = [c for c in claims if (c.type, c.actor, c.target) == ("expulsion", actor, target) and c.count]
        told = sorted({str(c.count) for c in mine})
        clash = any(a.count.contradicts(b.count) for a in mine for b in mine if a.count and b.count)
        if not told:
            continue
        shown = [
            " against ".join(dispute.values)
            for i in incidents
            if (i.type, i.actor, i.target) == ("expulsion", actor, target)
            for dispute in i.contradictions
            if dispute.field == "count"
        ]
        apart = [str(i.count) for i in incidents if (i.type, i.actor, i.target) == ("expulsion", actor, target)]
        shown_as = "; ".join(shown) or (f"as incidents apart: {', '.join(apart)}" if clash else "no contradiction told")
        lines.append(f"| {actor} → {target} | {', '.join(pairs[actor, target])} | {', '.join(told)} | {shown_as} |")
    if not lines:
        return f"## {title}\n\nThe texts give no number for any pair of the table of conflicts."
    header = "| who → whom | published in contradiction | the texts say | the ledger shows |\n|---|---|---|---|\n"
    return f"## {title}\n\n{header}" + "\n".join(lines)


def known_conflicts() -> dict[tuple[str, str], list[str]]:
    """Pairs of one host and one sending state → the numbers published of them."""
    found: dict[tuple[str, str], list[str]] = {}
    with (SHARED / "data" / "expulsions_conflicts.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            sides = (row["expelling"], row["expelled_nationality"])
            number = NUMBER.search(row["reported"])
            if number and all(side in codes() for side in sides):
                pair = (codes()[sides[0]], codes()[sides[1]])
                found.setdefault(pair, []).append(number[0])
    return {pair: list(dict.fromkeys(numbers)) for pair, numbers in found.items()}


def hand_coded(where: str) -> str:
    """The same for the hand-coded claims of real reports, which hold more contradictions than the summaries."""
    with Ledger.open(where) as ledger:
        told = list(read_claims(SHARED / "eval" / "stories" / "claims.jsonl", ReadingStats()))
        import_readings(ledger, told, ledger.start_run("import"))
        ledger.refresh()
        claims = [claim for _, found in told for claim in found]
        return conflicts("Contradictory numbers, hand-coded claims of 129 reports", claims, ledger.incidents())


if __name__ == "__main__":
    main()
