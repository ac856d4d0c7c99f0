"""``nongrata evaluate``: how well the reader reads, against hand labels."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from nongrata.cli.console import output_to, say, write_jsonl
from nongrata.cli.progress import meter
from nongrata.cli.sourcing import skipped_words
from nongrata.model.errors import InputError
from nongrata.model.wording import plural

if TYPE_CHECKING:
    from nongrata.evaluation import Score

Labels = dict[str, list[dict[str, Any]]]


def evaluate(
    labels: Annotated[
        Path, typer.Argument(help="Labelled claims as JSON lines.", metavar="LABELS", show_default=False)
    ],
    reports: Annotated[
        str, typer.Argument(help="The reports that were labelled.", metavar="REPORTS", show_default=False)
    ],
    first: Annotated[
        int | None, typer.Option(help="Only the first N labelled reports.", metavar="N", min=1, show_default=False)
    ] = None,
    misses: Annotated[int, typer.Option(help="Show N claims that fall short, and why.", metavar="N", min=0)] = 0,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read reports with the shipped reader and score the claims against hand labels."""
    from nongrata.evaluation import score

    gold = dict(islice(load_labels(labels).items(), first))
    result = score(gold, _predictions(reports, gold), misses)
    with output_to(None) as stream:
        if json:
            write_jsonl(stream, [result.to_dict() | ({"misses": result.misses} if misses else {})])
        else:
            _print_score(stream, result)


def load_labels(path: Path) -> Labels:
    """Claims by report id, from JSON lines with ``id`` and ``claims``.

    Raises:
        InputError: the file is missing or a line of it is malformed.
    """
    import msgspec

    found: Labels = {}
    number = 0
    try:
        with path.open("rb") as stream:
            for line in stream:
                number += 1
                if line.strip():
                    row = msgspec.json.decode(line)
                    found[str(row["id"])] = list(row.get("claims") or [])
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): give a file of labelled claims") from error
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{path}, line {number} is no labelled report: give JSON lines with id and claims") from error
    return found


def _predictions(source: str, gold: Labels) -> Labels:
    from nongrata.extraction.reader import default_reader
    from nongrata.reading.sources import open_reports
    from nongrata.reading.stats import ReadingStats

    stats = ReadingStats()
    wanted = (report for report in open_reports(source, stats=stats) if report.id in gold)
    found: Labels = {}
    with meter("evaluate") as show:
        for report, claims in default_reader().read_many(wanted):
            found[report.id] = [claim.to_dict() for claim in claims]
            show(len(found), f"{len(found):,} of {len(gold):,} reports")
    if stats.skipped_count:
        say(f"nongrata: {skipped_words(stats)}")
    if len(found) < len(gold):
        say(f"nongrata: {plural(len(gold) - len(found), 'labelled report')} not among the reports, counted as empty")
    return found


def _print_score(stream: TextIO, result: Score) -> None:
    """The figures in the words of the project's own scorer."""
    shown = result.to_dict()
    d, w = shown["detect"], shown["who"]
    lines = [
        f"reports {shown['reports']}   clean {'–' if shown['clean'] is None else shown['clean']}",
        f"detect  P {d['p']:.3f}  R {d['r']:.3f}  F1 {d['f1']:.3f}   "
        f"({d['tp']} of {d['gold']} labelled, {d['pred']} found)",
        f"who     P {w['p']:.3f}  R {w['r']:.3f}  F1 {w['f1']:.3f}",
        "fields  " + "  ".join(f"{name} {share:.2f}" for name, share in shown["fields"].items()),
    ]
    lines += [
        f"  {kind:15} who {one['who']:.2f}  detect {one['detect']:.2f}  labelled {one['gold']:4} found {one['pred']:4}"
        for kind, one in shown["by_type"].items()
    ]
    stream.write("\n".join(lines) + "\n")
    write_jsonl(stream, result.misses)
