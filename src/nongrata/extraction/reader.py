"""The reader: a report in, its claims out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from nongrata._version import __version__
from nongrata.extraction.attribution import attributions_of
from nongrata.extraction.chains import Chains
from nongrata.extraction.confidence import Calibration
from nongrata.extraction.decoding import Decided, decide
from nongrata.extraction.explaining import Explanation, explain
from nongrata.extraction.merging import merge
from nongrata.extraction.modality import governed
from nongrata.extraction.own_types import OwnTypes
from nongrata.extraction.parties import Party
from nongrata.extraction.report_names import Names
from nongrata.extraction.scoring import Model, Scored, score
from nongrata.extraction.sisters import settled
from nongrata.extraction.subtypes import subtype
from nongrata.extraction.units import Unit, units
from nongrata.language.gate import Gate, shipped_gate
from nongrata.model import BlockRole, Claim, Report, Span
from nongrata.vocabulary.states import states

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_CHUNK = 48
"""Reports that pass the gate and are read together."""
_DRAWN = 512
"""Reports that are held for it at most."""


class TrainedReader:
    """Reads claims with the trained model; implements :class:`nongrata.extraction.interface.Reader`.

    Reports without a stem of the vocabulary are let go by the gate before anything heavy runs, and so are the stretches
    of a long one; with ``gated`` false everything is read (for measuring).
    """

    def __init__(
        self,
        model: Model,
        tokenizer: Tokenizer,
        calibration: Calibration | None = None,
        own_types: OwnTypes | None = None,
        gated: bool = True,
    ) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._calibration = calibration or Calibration()
        self._own_types = own_types or OwnTypes()
        self._gate = shipped_gate() if gated else None

    @property
    def name(self) -> str:
        """The reader's name and version, with a mark of the types that a user added: other types, another reading."""
        mark = self._own_types.mark
        return f"nongrata {__version__}+own.{mark}" if mark else f"nongrata {__version__}"

    def read(self, report: Report) -> list[Claim]:
        """The claims of one report, in the order of the text."""
        return next(claims for _, claims in self.read_many([report]))

    def read_many(self, reports: Iterable[Report]) -> Iterator[tuple[Report, list[Claim]]]:
        """Each report with its claims, in the order given; so many are drawn that the network has enough to read."""
        for chunk in self._chunks(reports):
            yield from zip(chunk, self._claims(chunk, self._scores(chunk, self._calibration.may_be_claim)), strict=True)

    def _chunks(self, reports: Iterable[Report]) -> Iterator[list[Report]]:
        """Reports in order, some dozens of which pass the gate; the last chunk may hold fewer."""
        chunk: list[Report] = []
        passing = 0
        for report in reports:
            chunk.append(report)
            passing += self._gate is None or self._gate.passes(report.text)
            if passing >= _CHUNK or len(chunk) >= _DRAWN:
                yield chunk
                chunk, passing = [], 0
        if chunk:
            yield chunk

    def scores(self, reports: Sequence[Report]) -> list[list[Scored]]:
        """The possible claims of each report, before anything is decided: every trigger that the tagger thinks of."""
        return self._scores(reports)

    def _scores(
        self, reports: Sequence[Report], worth: Callable[[Unit, str, float], bool] | None = None
    ) -> list[list[Scored]]:
        """The same, without the triggers that are not ``worth`` reading."""
        owners: list[int] = []
        every: list[Unit] = []
        own: list[list[Scored]] = [[] for _ in reports]
        for at, report in enumerate(reports):
            some = self._units(report, self._gate)
            every += some
            owners += [at] * len(some)
            if self._own_types.passes(report.text):
                own[at] = self._own_types.scores(self._units(report, self._own_types.gate))
        found: list[list[Scored]] = [[] for _ in reports]
        for owner, scored in zip(owners, score(self._model, every, worth), strict=True):
            found[owner] += settled(scored)
        return [[*some, *added] for some, added in zip(found, own, strict=True)]

    def _units(self, report: Report, gate: Gate | None) -> list[Unit]:
        """The stretches of a report to be read: of one that passes, those that pass by themselves."""
        if gate is None:
            return units(report, self._tokenizer)
        return units(report, self._tokenizer, wanted=gate.passing) if gate.passes(report.text) else []

    def explain(self, report: Report) -> list[Explanation]:
        """Every trigger of a report that was considered, and why it became a claim or did not."""
        return explain(self.scores([report])[0], self._calibration)

    def claims(self, report: Report, scored: Sequence[Scored], calibration: Calibration | None = None) -> list[Claim]:
        """The claims that some scores amount to."""
        return next(self._claims([report], [scored], calibration))

    def _claims(
        self,
        reports: Sequence[Report],
        scored: Sequence[Sequence[Scored]],
        calibration: Calibration | None = None,
    ) -> Iterator[list[Claim]]:
        """The claims of some reports, whose voices are read in one run."""
        parts = [
            (at, some)
            for at, one in enumerate(scored)
            for some in _decided(one, calibration or self._calibration)
            if some
        ]
        voices = attributions_of([(reports[at].text, [d.trigger for d in some]) for at, some in parts])
        found: list[list[Claim]] = [[] for _ in reports]
        for (at, some), attributions in zip(parts, voices, strict=True):
            chains = Chains.of(reports[at], attributions)
            found[at] += [_claim(reports[at], one, chains, self.name) for one in some]
        return (
            merge(sorted(claims, key=lambda c: c.spans["trigger"]), report)
            for report, claims in zip(reports, found, strict=True)
        )


def _decided(scored: Sequence[Scored], calibration: Calibration) -> tuple[list[Decided], list[Decided]]:
    """What some scores amount to before voices are known: of the trained types, and of a user's own.

    Apart, so that no type of a user's own changes what is read of the shipped ones.
    """
    governed_ = (governed(d, d.sentence) for d in decide(scored, calibration))
    kept = [d for d in governed_ if d is not None]
    return [d for d in kept if not d.scored.structural], [d for d in kept if d.scored.structural]


def _claim(report: Report, decided: Decided, chains: Chains, reader: str) -> Claim:
    unit = decided.scored.unit
    chain, source = chains.chain(decided)
    actors = [_named(party, chains.names) for party in decided.actors]
    target = _named(decided.target, chains.names) if decided.target else None
    single = actors[0] if len(actors) == 1 else None
    trigger = decided.trigger
    at = unit.sentence_at(trigger.begin)
    read_from = {
        "trigger": trigger,
        "sentence": unit.sentences[at],
        "actor": _nearest(actors[0], trigger) if actors else None,
        "target": _nearest(target, trigger) if target else None,
        "count": decided.count_span,
        "when": decided.when_span,
        "source": source,
    }
    text = report.text
    return Claim(
        report_id=report.id,
        type=decided.type,
        subtype=subtype(decided.type, unit.sentences[at].of(text), trigger.of(text)),
        actor=single.name if single else None,
        actor_state=_state(single),
        target=target.name if target else None,
        target_state=_state(target),
        actors=tuple(party.name for party in actors) if len(actors) > 1 else None,
        count=decided.count,
        share=decided.share,
        when=decided.when,
        factuality=chains.factuality(decided),
        realis=decided.realis,
        scope=decided.scope,
        chain=chain,
        background=decided.background or unit.roles[at] is BlockRole.BACKGROUND,
        trigger=trigger.of(text),
        sentence=unit.sentences[at].of(text),
        spans={field: span for field, span in read_from.items() if span is not None},
        when_text=decided.when_span.of(text) if decided.when_span else None,
        count_text=decided.count_span.of(text) if decided.count_span else None,
        confidence=decided.confidence,
        reader=reader,
        published=report.published,
        publisher=report.publisher,
    )


def _named(party: Party, names: Names) -> Party:
    """A party that no table knows by the fullest name that its report has for it."""
    return party if party.known else replace(party, name=names.of_party(party.name))


def _nearest(party: Party, trigger: Span) -> Span:
    return min(party.spans, key=lambda s: abs(s.begin - trigger.begin))


def _state(party: Party | None) -> str | None:
    """The state of a party: itself, or the one that a table gives its body or group."""
    if party is None:
        return None
    return party.name if party.name in states() else party.state


@cache
def default_reader() -> TrainedReader:
    """The reader with the shipped model."""
    from nongrata.extraction.onnx_model import OnnxModel, load_calibration, load_tokenizer

    return TrainedReader(OnnxModel.shipped(), load_tokenizer(), load_calibration())
