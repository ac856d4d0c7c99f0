"""The pages of ``nongrata show``: an incident, a report, a claim, each with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from nongrata.cli.claimview import headline, print_claim, print_indented, print_reading, report_line
from nongrata.cli.highlight import sentence_text
from nongrata.model.voice import Chain
from nongrata.model.wording import days, number, parties, plural, sureness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from nongrata.ledger import LedgerView
    from nongrata.ledger.copies import CopyLineage
    from nongrata.model import Claim, Contradiction, Incident, Origin, Report, Total


def print_incident(console: Console, view: LedgerView, incident: Incident, asked: str) -> None:
    """An incident: what is claimed, by how many independent origins, why its claims belong together, what disagrees."""
    claims = view.claims(incident.claims)
    reports = view.reports(incident.reports)
    if asked != incident.id:
        console.print(Text(f"{asked} is now {incident.id}", style="yellow"))
    _print_head(console, incident)
    why = {placement.claim: placement.reasons for placement in incident.placements}
    _print_origins(console, incident.origins, claims, reports, why)
    _print_disputes(console, incident, claims)
    _print_links(console, view, incident)


def print_total(console: Console, view: LedgerView, total: Total) -> None:
    """A figure over several happenings: who gives it, the incidents it spans, and what these come to."""
    claims, reports = view.claims(total.claims), view.reports(total.reports)
    console.print(
        Text.assemble((f"{total.type}  {parties(total.actor, total.actors, total.target)}", "bold"), f"  {total.id}")
    )
    console.print(f"a figure over several happenings: count {number(total.count)}, when {days(total.when)}")
    console.print(Text(total.words, style="bold"))
    spanned = view.incidents_of(total.incidents)
    if spanned:
        more = f"; {plural(total.uncounted, 'incident')} of them without a number" if total.uncounted else ""
        console.print(f"held against {plural(len(spanned), 'incident')}, which sum up to {number(total.summed)}{more}:")
    for one in sorted(spanned.values(), key=lambda i: (str(i.when.first) if i.when else "9999", i.id)):
        print_indented(console, Text(incident_line(one)), 2)
    _print_origins(console, total.origins, claims, reports, {})


def incident_line(incident: Incident) -> str:
    """An incident in a line: id, who to whom, how many, when."""
    who = parties(incident.actor, incident.actors, incident.target)
    return f"{incident.id}  {incident.type}  {who}  {number(incident.count)}  {days(incident.when)}"


def _print_origins(
    console: Console,
    origins: Sequence[Origin],
    claims: dict[str, Claim],
    reports: dict[str, Report],
    why: dict[str, tuple[str, ...]],
) -> None:
    for position, origin in enumerate(origins, 1):
        verb = "denies it" if origin.denies else "says so"
        console.print()
        console.print(Text.assemble((f"Origin {position}: {origin.label}", "bold"), f" {verb}"))
        for reason in origin.reasons:
            print_indented(console, Text(f"one origin: {reason}", style="dim"), 2)
        _print_tellings(console, [claims[key] for key in origin.claims if key in claims], reports, why)
    told = {key for origin in origins for key in origin.claims}
    rest = [claim for key, claim in claims.items() if key not in told]
    if rest:
        console.print()
        console.print(Text("Lineage unknown: counted as no further origin", style="bold"))
    _print_tellings(console, rest, reports, why)


def print_report_page(console: Console, view: LedgerView, report: Report, claims: list[Claim]) -> None:
    """A report: where it comes from, its claims, whom it copies and who copies it."""
    print_reading(console, report, claims)
    _print_copies(console, view.copy_lineage(report.id))
    if report.url:
        console.print(Text(report.url, style="dim"))
    console.print(Text(f"SHA-256 {report.sha256}" if report.text else "kept without text", style="dim"))


def _print_copies(console: Console, lineage: CopyLineage) -> None:
    more = lineage.copied - len(lineage.copies)
    parts = (
        ("Copies", lineage.originals, ""),
        (f"Copied by {plural(lineage.copied, 'report')}", lineage.copies, f"and {more:,} more" if more else ""),
    )
    for label, links, rest in parts:
        if links:
            console.print(Text(label, style="bold"))
        for link in links:
            where = [link.publisher or "unknown publisher", str(link.published or "no date"), link.report_id]
            print_indented(console, Text(f"{' · '.join(where)}: {link.likeness}"), 2)
        if rest:
            print_indented(console, Text(rest, style="dim"), 2)


def print_claim_page(console: Console, view: LedgerView, claim: Claim) -> None:
    """A claim, with the report that makes it."""
    report = view.reports([claim.report_id])[claim.report_id]
    console.print(report_line(report))
    print_claim(console, claim, report.text)
    quoted = [f"count read from “{claim.count_text}”"] if claim.count_text else []
    quoted += [f"time read from “{claim.when_text}”"] if claim.when_text else []
    for words in [*quoted, f"read by {claim.reader}, confidence {claim.confidence:.2f}", f"key {claim.key}"]:
        print_indented(console, Text(words, style="dim"), 5)


def drawn(chain: Chain) -> Text:
    """A chain from its origin to its publisher, the origin's role and state with it."""
    text = Text()
    for position, voice in enumerate(chain):
        text.append(" → " if position else "")
        text.append(voice.name, style="bold" if not position else "")
        given = ", ".join(part for part in (voice.role, voice.state) if part)
        if given and not position:
            text.append(f" ({given})", style="dim")
    return text


def _print_head(console: Console, incident: Incident) -> None:
    subtype = f" ({incident.subtype.replace('_', ' ')})" if incident.subtype else ""
    console.print(
        Text.assemble(
            (f"{incident.type}{subtype}  {parties(incident.actor, incident.actors, incident.target)}", "bold"),
            f"  {incident.id}",
        )
    )
    facts = [f"count {_with_best(number(incident.count), number(incident.best_count))}"]
    facts += [f"when {_with_best(days(incident.when), days(incident.best_when))}"]
    console.print(", ".join(facts))
    denials = sum(origin.denies for origin in incident.origins)
    denied = f", {plural(denials, 'denial')}" if denials else ""
    console.print(
        f"{plural(len(incident.reports), 'report')}, "
        f"{plural(incident.independent_origins, 'independent origin')}{denied}; "
        f"credibility {incident.credibility}"
        + (f": {incident.credibility_reason}" if incident.credibility_reason else "")
    )
    if unknown := _unknown(incident):
        console.print(f"not known: {', '.join(unknown)}")


def _unknown(incident: Incident) -> list[str]:
    """What no claim of an incident says."""
    said = {
        "who did it": incident.actor or incident.actors,
        "to whom": incident.target,
        "how many": incident.count,
        "when": incident.when,
    }
    return [words for words, value in said.items() if not value]


def _with_best(hull: str, best: str) -> str:
    return hull if best in (hull, "–") else f"{hull} (best supported: {best})"


def _print_tellings(
    console: Console, claims: list[Claim], reports: dict[str, Report], why: dict[str, tuple[str, ...]]
) -> None:
    for claim in sorted(claims, key=_nearness):
        _print_telling(console, claim, reports.get(claim.report_id), why.get(claim.key, ()))


def _print_telling(console: Console, claim: Claim, report: Report | None, reasons: tuple[str, ...]) -> None:
    text = report.text if report else ""
    where = [claim.publisher or "unknown publisher", str(claim.published or "no date"), claim.report_id]
    print_indented(console, Text("• " + " · ".join(where), style="cyan"), 2)
    if report and report.text:
        print_indented(console, Text(headline(report), style="italic"), 4)
    if len(claim.chain):
        print_indented(console, drawn(claim.chain), 4)
    if claim.sentence:
        print_indented(console, sentence_text(claim, text, colour=console.is_terminal), 4)
    facts = f"count {number(claim.count, claim.share)}, when {days(claim.when)}, {sureness(claim)}"
    print_indented(console, Text(f"{facts}  [{claim.key[:8]}]", style="dim"), 4)
    if reasons:
        print_indented(console, Text(f"here because: {'; '.join(reasons)}", style="dim"), 4)


def _nearness(claim: Claim) -> tuple[int, str, str]:
    """Tellings nearest to the origin first, then the earliest."""
    return (len(claim.chain), str(claim.published or "9999"), claim.report_id)


def _print_disputes(console: Console, incident: Incident, claims: dict[str, Claim]) -> None:
    if not incident.contradictions:
        return
    console.print()
    console.print(Text("Contradictions", style="bold"))
    for dispute in incident.contradictions:
        print_indented(console, Text(f"{dispute.field}: {' against '.join(dispute.values)}", style="red"), 2)
        for value, voices in _sides(dispute, claims).items():
            print_indented(console, Text(f"{value}: {'; '.join(voices)}", style="dim"), 4)


def _sides(dispute: Contradiction, claims: dict[str, Claim]) -> dict[str, list[str]]:
    """Value of a contradiction → the chains that tell it."""
    sides: dict[str, list[str]] = {value: [] for value in dispute.values}
    for claim in (claims[key] for key in dispute.claims if key in claims):
        told = str({"actor": claim.actor, "target": claim.target}.get(dispute.field) or getattr(claim, dispute.field))
        chain = str(claim.chain)
        if chain not in sides.setdefault(told, []):
            sides[told].append(chain)
    return {value: voices for value, voices in sides.items() if voices}


def _print_links(console: Console, view: LedgerView, incident: Incident) -> None:
    links = (
        ("In response to", incident.in_response_to),
        ("Possibly the same as (nothing was merged: judge it with nongrata review)", incident.possibly_same),
    )
    for label, ids in links:
        found = view.incidents_of(ids)
        if found:
            console.print()
            console.print(Text(label, style="bold"))
        for one in found.values():
            print_indented(console, Text(incident_line(one)), 2)
