"""Measure who-says-what, chains and hedges, and write that part of ``docs/accuracy.md``.

``python docs/accuracy_voices.py`` (needs ``../shared``) fills the part between the marks, as ``make_accuracy.py`` does.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chains_crossed import Counts
    from tokenizers import Tokenizer
    from training.reports.hedges import Kept

    from nongrata.extraction.onnx_model import OnnxModel
    from nongrata.extraction.scoring import Scored
    from nongrata.model import Report, Span

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
UNREAD = 20261130
MARKS = ("<!-- voices -->", "<!-- /voices -->")
sys.path[:0] = [str(HERE), str(ROOT)]


def attribution(part: str = "dev") -> tuple[dict[str, Any], int]:
    """The project's scorer on a part of PolNeAR, and the number of articles.

    "dev" is the development part; "unread" a hundred articles of the training part, drawn by chance, that nobody looked
    at while the frames were written.
    """
    from nongrata.extraction.attribution import outermost, read_attributions

    sys.path.insert(0, str(SHARED / "eval"))
    import score_attribution as scorer

    gold = scorer.load(str(SHARED / "data" / f"polnear_{'dev' if part == 'dev' else 'train'}.jsonl.gz"))
    if part == "unread":
        random.Random(UNREAD).shuffle(gold)  # noqa: S311 (a draw that can be repeated)
        gold = gold[100:200]
    found = {row["id"]: [a.to_dict() for a in outermost(read_attributions(row["text"]))] for row in gold}
    return scorer.score(gold, found), len(gold)


def marked(report: Report, kind: str, place: Span) -> Scored | None:
    """What the network reads off a labelled trigger; None where no unit holds it."""
    from nongrata.extraction.scoring import score_marked
    from nongrata.extraction.units import units

    model, tokenizer = _shipped()
    middle = (place.begin + place.end) // 2
    for unit in units(report, tokenizer):
        if unit.span.begin <= middle < unit.span.end and unit.tokens(place):
            return score_marked(model, unit, kind, unit.tokens(place))
    return None


@cache
def _shipped() -> tuple[OnnxModel, Tokenizer]:
    from nongrata.extraction.onnx_model import OnnxModel, load_tokenizer

    return OnnxModel.shipped(), load_tokenizer()


def chains(reports: list[Any], labels: Mapping[str, list[dict[str, Any]]]) -> tuple[int, float, float]:
    """Claims with their labelled trigger given: how many, and the shares of right origins and right chains."""
    from types import SimpleNamespace

    from nongrata.evaluation.matching import origin_of, same_chain, same_name
    from nongrata.extraction.attribution import read_attributions
    from nongrata.extraction.chains import Chains
    from nongrata.model import Span

    origins = wholes = count = 0
    for report in reports:
        read = None
        for claim in labels[report.id]:
            begin = report.text.find(claim["trigger"])
            place = Span(begin, begin + len(claim["trigger"])) if begin >= 0 else None
            scored = marked(report, claim["type"], place) if place else None
            if scored is None:
                continue
            read = read or Chains.of(report, read_attributions(report.text))
            decided = SimpleNamespace(trigger=place, scored=scored, background=bool(claim.get("background")))
            names = read.chain(decided)[0].names  # type: ignore[arg-type]
            count += 1
            origins += same_name(origin_of(claim), names[0] if names else None)
            wholes += same_chain(claim["source_chain"], names)
    return count, origins / count, wholes / count


def hedges() -> Kept:
    """The forty retellings, each with its labelled trigger given."""
    from training.reports.hedges import Pair, kept

    from nongrata.extraction.attribution import read_attributions
    from nongrata.extraction.chains import Chains
    from nongrata.extraction.decoding import decide
    from nongrata.extraction.modality import governed
    from nongrata.extraction.onnx_model import load_calibration
    from nongrata.model import Span
    from nongrata.reading.plain import parse_text

    def factuality(pair: Pair) -> str | None:
        one = pair.later
        report = parse_text(one.text, id=one.id, publisher=one.publisher, published=date.fromisoformat(one.published))
        place = Span(*pair.retold["spans"]["trigger"][0])
        scored = marked(report, pair.retold["type"], place)
        for decided in decide([scored], load_calibration()) if scored else ():
            found = governed(decided, decided.sentence)
            read = Chains.of(report, read_attributions(report.text, [place]))
            return str(read.factuality(found)) if found else None
        return None

    return kept(factuality)


def section() -> str:
    """The part in Markdown."""
    import chains_crossed
    from make_accuracy import load

    dev, dev_labels = load("dev")
    more, more_labels = load("articles")
    summaries = [r for r in dev if r.id.startswith("wce")]
    longer = [r for r in dev if not r.id.startswith("wce")] + more
    labels = {**dev_labels, **more_labels}
    seed = [r for r in dev if r.id == "seed"]
    sets = [("summaries", summaries), ("articles", longer), ("the report that started it", seed)]
    rows = [(name, chains(some, labels)) for name, some in sets]
    crossed = [(name, chains_crossed.crossed(some, labels)) for name, some in sets]
    parts = (
        _attribution_lines(attribution("dev"), attribution("unread")),
        _crossed_lines(crossed),
        _chain_lines(rows),
        _hedge_lines(hedges()),
    )
    return "\n".join(line for part in parts for line in part)


def _attribution_lines(dev: tuple[dict[str, Any], int], unread: tuple[dict[str, Any], int]) -> Iterator[str]:
    (score, articles), (fresh, more) = dev, unread
    yield f"`nongrata voices` on PolNeAR's development part ({articles} articles, {score['gold']} attributions;"
    yield "nothing was trained on it, its kinds of errors were looked at), by `../shared/eval/score_attribution.py`,"
    yield f"and on {more} articles of its training part ({fresh['gold']} attributions), drawn by chance, that nobody"
    yield "looked at:"
    yield ""
    yield "| | P | R | F1 | F1 unread | hand rules | BBC Citron | two people |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, label, others in (
        ("content", "content", "63 | 63 | 82"),
        ("source", "+ source", "52 | 55 | 76"),
        ("cue", "+ cue", "51 | 52 | 74"),
    ):
        one = score[name]
        yield f"| {label} | {one['p']} | {one['r']} | **{one['f1']}** | **{fresh[name]['f1']}** | {others} |"
    yield ""
    for what, one in (("development part", score), ("unread", fresh)):
        forms = ", ".join(f"{form} {value}" for form, value in one["recall_by_form"].items())
        yield f"Recall by form, {what}: {forms}."


def _crossed_lines(rows: Sequence[tuple[str, tuple[Counts, list[Counts]]]]) -> Iterator[str]:
    yield ""
    yield "Chains of the reader's own claims that are right on who, cross-validated over reports"
    yield "(`docs/chains_crossed.py`: how sure the network must be of a voice, and how far back a pronoun looks, are"
    yield "chosen on four fifths and used on the fifth; the rules are the same in all, and were written looking at"
    yield "the summaries and at half of the articles)."
    yield ""
    yield "| | right on who | origin | chain | origin by fold | chain by fold |"
    yield "|---|---|---|---|---|---|"
    for name, ((count, origins, wholes), folds) in rows:
        spread = [[one[at] / one[0] for one in folds if one[0]] for at in (1, 2)]
        by_fold = " | ".join(f"{min(s):.2f}-{max(s):.2f}" for s in spread)
        yield f"| {name} | {count} | **{origins / count:.3f}** | **{wholes / count:.3f}** | {by_fold} |"


def _chain_lines(rows: list[tuple[str, tuple[int, float, float]]]) -> Iterator[str]:
    yield ""
    yield "Chains alone: the labelled trigger is given to the reader, and every labelled claim counts, whether or not"
    yield "the reader would have found it."
    yield ""
    yield "| | claims | origin | chain |"
    yield "|---|---|---|---|"
    for name, (count, origin, whole) in rows:
        yield f"| {name} | {count} | {origin:.3f} | {whole:.3f} |"


def _hedge_lines(hedge: Kept) -> Iterator[str]:
    yield ""
    yield f"Hedges kept: {hedge.pairs} retellings of the written reports that are more or less sure than an earlier"
    yield f"telling of the same act, the labelled trigger given: {hedge.own} come out with their own factuality,"
    yield f"{hedge.earlier} with the earlier telling's."


def written(page: str, part: str) -> str:
    """The page with the part between its marks."""
    begin, end = MARKS
    return re.sub(
        re.escape(begin) + r".*?" + re.escape(end),
        f"{begin}\n{part}\n{end}".replace("\\", r"\\"),
        page,
        flags=re.DOTALL,
    )


def main() -> None:
    """Fill the part in the page."""
    path = HERE / "accuracy.md"
    path.write_text(written(path.read_text(encoding="utf-8"), section()), encoding="utf-8")


if __name__ == "__main__":
    main()
