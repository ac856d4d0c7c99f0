"""The README's table: each statement of the report that started it, what other tools make of it, what we make of it.

Our column is read, not written: the sample ``decroo-original`` retells that report in our own words; each cell holds
what the shipped reader finds there, with the fields in which it departs from the hand-coded claim.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

Claim = Mapping[str, Any]

SAMPLE = "decroo-original"
ROWS = [
    (
        'Belgium expelled dozens of Russian "diplomats" in recent months',
        "dictionary coders (PETRARCH2, UniversalPetrarch): an expulsion, without number, time or speaker; "
        '"did not expel" and "may expel" come out the same',
        "has expelled dozens of supposed Russian diplomats",
    ),
    ("they were clearly spies", "coders: who says so, and how surely, is lost", "they were plainly spies"),
    ("Russia tries to unsettle our democracy", "coders: the speaker is lost", "it was trying already"),
    ("if we take a stand ...", "coders: a supposition and a fact look alike", "takes a position against Russia"),
    (
        "... our websites are attacked within hours",
        'coders: miss "targets of cyber attacks"',
        "very often come under cyberattack",
    ),
    ("many disinformation campaigns", "coders: an act of cooperation", "has run many disinformation campaigns"),
    (
        "our security services had suspicions in 2021",
        "coders: neither doubt nor year nor speaker",
        "suspected organised disinformation campaigns",
    ),
    (
        "nowhere in Europe as many antennas, a study found",
        "coders: the study and the comparison are lost",
        "as many satellite antennas",
    ),
    ("the head of a mission is likely a spy", "coders: miss it", "is probably a spy under diplomatic cover"),
    ("a fifth of all spies in Europe", "coders: the share is lost", "home to a fifth of all Russian spies"),
]
HEAD = ["| the report says, in short | what other tools make of it | what nongrata makes of it |", "|---|---|---|"]
SURE = {"CT+": "certain", "PR+": "probable", "PS+": "possible", "CT-": "denied", "Uu": "open"}


def table() -> str:
    """The whole table as Markdown; reads the samples into a ledger of its own."""
    with tempfile.TemporaryDirectory() as folder:
        found, interview = read_samples(str(Path(folder) / "table.db"))
    wanted = hand_coded()
    partners = partners_of(wanted, found)
    rows = [(says, others, cell(wanted[mark], partners.get(mark))) for says, others, mark in ROWS]
    rows.insert(1, ("he said it on RTL, as a newspaper quoted", CHAIN_ELSEWHERE, chain_cell(found)))
    rows.append(("other outlets carry the interview", COPIES_ELSEWHERE, interview))
    return "\n".join([*HEAD, *(f"| {' | '.join(row)} |" for row in rows)])


CHAIN_ELSEWHERE = (
    "quotation extractors (textacy, GenderGapTracker, BBC Citron): quotations with their speakers; no chain, no event"
)
COPIES_ELSEWHERE = "GDELT counts mentions, copies included; OpenCTI keeps what was written last"


def read_samples(place: str) -> tuple[list[Claim], str]:
    """What is read in the retelling, and how the ledger sums up who tells the interview."""
    from nongrata import Ledger
    from nongrata.extraction.reader import default_reader
    from nongrata.ledger import ingest
    from nongrata.reading.sources import open_reports

    reader = default_reader()
    with as_file(files("nongrata").joinpath("samples", "reports.jsonl")) as path, Ledger.open(place) as ledger:
        ingest(ledger, open_reports(path), reader, ledger.start_run("ingest", "samples", reader.name))
        ledger.refresh()
        told = [
            total
            for total in ledger.totals()
            if (total.type, total.actor, total.target) == ("expulsion", "BE", "RU") and "decroo-1" in total.reports
        ]
        interview = "; ".join(
            f"{len(total.reports)} of 6 tellings together, {len(total.origins)} independent "
            f"origin{'s' if len(total.origins) != 1 else ''}, each link with its reason"
            for total in told
        )
        claims = [claim.to_dict() for claim in ledger.claims_of_report(SAMPLE)]
    return claims, interview or "not brought together"


def hand_coded() -> dict[str, Claim]:
    """The hand-coded claims of the retelling by their trigger."""
    text = files("nongrata").joinpath("samples", "expected.jsonl").read_text(encoding="utf-8")
    row = next(row for row in map(json.loads, text.splitlines()) if row["id"] == SAMPLE)
    return {claim["trigger"]: claim for claim in row["claims"]}


def partners_of(wanted: Mapping[str, Claim], found: list[Claim]) -> dict[str, Claim]:
    """For each hand-coded claim the one found that agrees with it most, by the scorer's pairing."""
    from nongrata.evaluation.matching import pair

    gold = list(wanted.items())
    return {gold[i][0]: found[j] for i, j in pair([claim for _, claim in gold], found)}


def cell(wanted: Claim, found: Claim | None) -> str:
    """A claim found in words, with what is wrong about it; or that it is not found."""
    if found is None:
        return "not found yet"
    wrong = departures(wanted, found)
    return in_words(found) + (f" (wrong: {', '.join(wrong)})" if wrong else "")


def departures(wanted: Claim, found: Claim) -> list[str]:
    """The fields in which a claim departs from the hand-coded one."""
    from nongrata.evaluation.matching import same_name
    from nongrata.evaluation.scoring import compare_fields

    right = {name: same_name(wanted[name], found[name]) for name in ("actor", "target")}
    right |= {
        name: same
        for name, same in compare_fields(wanted, found).items()
        if name in ("count", "when", "factuality", "realis", "chain", "background")
    }
    right |= {name: wanted[name] == found[name] for name in ("share", "scope")}
    return [name for name, same in right.items() if not same]


def in_words(claim: Claim) -> str:
    """A claim in a line."""
    words = [f"`{claim['type']}` {claim['actor'] or '?'} → {claim['target'] or '?'}"]
    if claim["count"]:
        lo, hi = claim["count"]
        words.append(f"{lo} or more" if hi is None else str(lo) if lo == hi else f"{lo}–{hi}")
    if claim["share"] is not None:
        words.append(f"a share of {claim['share']:g}")
    if claim["when"]:
        words.append(" to ".join(dict.fromkeys(claim["when"])))
    words.append(SURE[claim["factuality"]])
    words += [claim["realis"]] if claim["realis"] != "actual" else []
    words += ["a total, no incident"] if claim["scope"] == "total" else []
    words += ["background"] if claim["background"] else []
    return ", ".join(words) + (f"; from {claim['source_chain'][0]}" if claim["source_chain"] else "")


def chain_cell(found: list[Claim]) -> str:
    """The longest chain that is read."""
    return " → ".join(max((claim["source_chain"] for claim in found), key=len, default=["not found yet"]))
