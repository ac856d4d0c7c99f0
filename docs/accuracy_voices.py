"""Measure who-says-what, chains and hedges, and write that part of ``docs/accuracy.md``.

``python docs/accuracy_voices.py`` (needs ``../shared``) fills the part between the marks, as ``make_accuracy.py`` does.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from training.reports.hedges import Kept

    from nongrata.extraction.onnx_model import OnnxModel
    from nongrata.extraction.scoring import Scored
    from nongrata.model import Report, Span

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SHARED = ROOT.parent / "shared"
MARKS = ("<!-- voices -->", "<!-- /voices -->")
sys.path[:0] = [str(HERE), str(ROOT)]


def attribution() -> tuple[dict[str, Any], int]:
    """The project's scorer on PolNeAR's development part, and the number of articles."""
    from nongrata.extraction.attribution import outermost, read_attributions

    sys.path.insert(0, str(SHARED / "eval"))
    import score_attribution as scorer

    gold = scorer.load(str(SHARED / "data" / "polnear_dev.jsonl.gz"))
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
    from make_accuracy import load

    score, articles = attribution()
    dev, dev_labels = load("dev")
    more, more_labels = load("articles")
    summaries = [r for r in dev if r.id.startswith("wce")]
    longer = [r for r in dev if not r.id.startswith("wce")] + more
    rows = [("summaries", chains(summaries, dev_labels)), ("articles", chains(longer, {**dev_labels, **more_labels}))]
    hedge = hedges()
    return "\n".join([*_attribution_lines(score, articles), *_chain_lines(rows), *_hedge_lines(hedge)])


def _attribution_lines(score: Mapping[str, Any], articles: int) -> Iterator[str]:
    yield f"`nongrata voices` on PolNeAR's development part ({articles} articles, {score['gold']} attributions;"
    yield "nothing was trained on it, its kinds of errors were looked at), by `../shared/eval/score_attribution.py`:"
    yield ""
    yield "| | P | R | F1 | hand rules | BBC Citron | two people |"
    yield "|---|---|---|---|---|---|---|"
    for name, label, others in (
        ("content", "content", "63 | 63 | 82"),
        ("source", "+ source", "52 | 55 | 76"),
        ("cue", "+ cue", "51 | 52 | 74"),
    ):
        one = score[name]
        yield f"| {label} | {one['p']} | {one['r']} | **{one['f1']}** | {others} |"
    forms = ", ".join(f"{form} {value}" for form, value in score["recall_by_form"].items())
    yield ""
    yield f"Recall by form: {forms}."


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
