"""Chains on the claims that are right on who, cross-validated over reports, as Markdown (needs ``../shared``).

``python docs/accuracy_voices.py`` writes the table. The settings of the chains (how sure the network must be of a
voice, how far back a pronoun looks) are chosen on four fifths of the reports and used on the other fifth. The words and
rules are not chosen anew: they were written looking at some of these reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from zlib import crc32

if TYPE_CHECKING:
    from nongrata.extraction.scoring import Scored
    from nongrata.extraction.speech import Attribution
    from nongrata.model import Report, Span

FOLDS = 5
SHIPPED = (0.5, 700)
SETTINGS = [SHIPPED, *(one for one in product((0.35, 0.5, 0.65), (300, 700, 1500)) if one != SHIPPED)]
Counts = tuple[int, int, int]
"""Claims right on who; of these, right origins and right chains."""


def crossed(
    reports: Sequence[Report], labels: Mapping[str, Sequence[Mapping[str, Any]]]
) -> tuple[Counts, list[Counts]]:
    """The counts over all reports, each under the setting that is best on the other folds; and those of each fold."""
    from nongrata.extraction.reader import default_reader

    scores = [found for report in reports for found in default_reader().scores([report])]
    tried = [_folds(reports, labels, scores, setting) for setting in SETTINGS]
    folds = []
    for held in range(FOLDS):
        rest = [added(one for i, one in enumerate(folded) if i != held) for folded in tried]
        best = max(range(len(SETTINGS)), key=lambda n: (rest[n][1] + rest[n][2], -n))
        folds.append(tried[best][held])
    return added(folds), folds


def _folds(
    reports: Sequence[Report],
    labels: Mapping[str, Sequence[Mapping[str, Any]]],
    scores: Sequence[Sequence[Scored]],
    setting: tuple[float, int],
) -> list[Counts]:
    """The counts of each fold under a setting."""
    from nongrata.evaluation.matching import origin_of, pair, same_chain, same_name, same_parties
    from nongrata.extraction.reader import default_reader

    folds = [(0, 0, 0)] * FOLDS
    sure, far = setting
    with ExitStack() as stack:
        stack.enter_context(patch("nongrata.extraction.chains._VOICE", sure))
        stack.enter_context(patch("nongrata.extraction.voices._FAR", far))
        stack.enter_context(patch("nongrata.extraction.reader.attributions_of", _read))
        for report, scored in zip(reports, scores, strict=True):
            gold = labels[report.id]
            found = [claim.to_dict() for claim in default_reader().claims(report, scored)]
            right = [(gold[i], found[j]) for i, j in pair(gold, found) if same_parties(gold[i], found[j])]
            counts = (
                len(right),
                sum(same_name(origin_of(g), origin_of(f)) for g, f in right),
                sum(same_chain(g["source_chain"], f["source_chain"]) for g, f in right),
            )
            fold = crc32(report.id.encode()) % FOLDS
            folds[fold] = added([folds[fold], counts])
    return folds


def _read(texts: Sequence[tuple[str, Sequence[Span]]]) -> list[list[Attribution]]:
    """The attributions of some texts, each parsed once whatever the setting."""
    return [_parsed(text, tuple(places)) for text, places in texts]


@cache
def _parsed(text: str, places: tuple[Span, ...]) -> list[Attribution]:
    from nongrata.extraction.attribution import read_attributions

    return read_attributions(text, places)


def added(counts: Iterator[Counts] | Sequence[Counts]) -> Counts:
    """The sums of some counts."""
    some = list(counts)
    return (sum(c[0] for c in some), sum(c[1] for c in some), sum(c[2] for c in some))
