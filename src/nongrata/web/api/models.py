"""The shapes of what the API takes and gives, for its description; fields as in ``docs/formats.md``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from nongrata.vocabulary.events import event_types

Bounds = Annotated[list[int | None], Field(min_length=2, max_length=2, description="lower and upper bound; null: open")]
Days = Annotated[list[date], Field(min_length=2, max_length=2, description="first and last day, both included")]
TypeName = Annotated[str, Field(pattern=f"^({'|'.join(event_types())})$")]
FactualityName = Literal["CT+", "PR+", "PS+", "CT-", "Uu"]
Grade = Annotated[int, Field(ge=1, le=6)]
Party = Annotated[str, Field(min_length=1, max_length=200)]


class Problem(BaseModel):
    """What went wrong, in one sentence that says what to do."""

    detail: str


class _Query(BaseModel):
    model_config = ConfigDict(extra="forbid")

    type: list[TypeName] = Field(default=[], max_length=30, description="types of the codebook")
    who: list[Party] = Field(default=[], max_length=30, description="actors: codes of states, bodies, groups")
    whom: list[Party] = Field(default=[], max_length=30, description="targets")
    since: date | None = Field(default=None, description="may have happened on or after this day")
    until: date | None = Field(default=None, description="may have happened on or before this day")
    factuality: list[FactualityName] = Field(default=[], max_length=5)
    credibility: list[Grade] = Field(default=[], max_length=6, description="Admiralty scale, 1 to 6")
    reviewed: Literal["yes", "no"] | None = None

    def getlist(self, key: str) -> list[str]:
        """The values of a name, as ``web.query`` asks for them."""
        value = getattr(self, key, None)
        if value is None:
            return []
        return [str(one) for one in (value if isinstance(value, list) else [value])]


class IncidentQuery(_Query):
    """A filter of incidents."""


class IncidentPageQuery(_Query):
    """A filter of incidents, and which page."""

    after: str | None = Field(default=None, max_length=80, description="the mark ``next`` of the page before")
    limit: int = Field(default=50, ge=1, le=200)


class ClaimQuery(_Query):
    """A filter of claims."""

    q: str = Field(default="", max_length=200, description='words in sentences and headlines; "a phrase", -without')
    publisher: list[Party] = Field(default=[], max_length=30)


class ClaimPageQuery(ClaimQuery):
    """A filter of claims, and which page."""

    after: str | None = Field(default=None, max_length=80, description="the mark ``next`` of the page before")
    limit: int = Field(default=50, ge=1, le=200)


class OriginOut(BaseModel):
    """One independent origin of an incident."""

    label: str
    claims: list[str]
    reasons: list[str]
    denies: bool


class ContradictionOut(BaseModel):
    """A field on which claims cannot all be right."""

    field: str
    values: list[str]
    claims: list[str]


class IncidentOut(BaseModel):
    """An incident, as ``nongrata incidents --format jsonl`` gives it, with its hedged sentence."""

    id: str
    type: str
    subtype: str | None
    sentence: str
    actor: str | None
    actor_state: str | None
    actors: list[str] | None
    target: str | None
    target_state: str | None
    count: Bounds | None
    best_count: Bounds | None
    when: Days | None
    best_when: Days | None
    realis: str
    factuality: FactualityName
    independent_origins: int
    origins: list[OriginOut]
    reports: list[str]
    claims: list[str]
    credibility: Grade
    credibility_reason: str
    contradictions: list[ContradictionOut]
    in_response_to: list[str]
    possibly_same: list[str]
    unknown_lineage: list[str]
    tellings: int | None


class IncidentPage(BaseModel):
    """A page of incidents; ``next`` asks for what follows, null: nothing does."""

    items: list[IncidentOut]
    next: str | None


class ClaimOut(BaseModel):
    """A claim of the claims format, with its key, report and incident."""

    model_config = ConfigDict(extra="allow")

    key: str
    report: str
    publisher: str | None
    published: date | None
    incident: str | None
    type: str
    actor: str | None
    target: str | None
    count: Bounds | None
    when: Days | None
    factuality: FactualityName
    source_chain: list[str]
    sentence: str
    spans: dict[str, Annotated[list[int], Field(min_length=2, max_length=2)]]
    confidence: float
    reader: str


class ClaimPage(BaseModel):
    """A page of claims; ``next`` asks for what follows, null: nothing does."""

    items: list[ClaimOut]
    next: str | None


class CopyOut(BaseModel):
    """A report that is copied or copies; ``similarity`` is Jaccard's over runs of four words, 1: the same words."""

    id: str
    publisher: str | None
    published: date | None
    kind: Literal["exact", "near"]
    similarity: float


class ReportOut(BaseModel):
    """A report with its text and claims, whom it copies and who copies it (the first of ``copied``)."""

    model_config = ConfigDict(extra="allow")

    id: str
    published: date | None
    publisher: str | None
    sha256: str | None
    claims: list[ClaimOut]
    copies: list[CopyOut]
    copied_by: list[CopyOut]
    copied: int


class RelationOut(BaseModel):
    """Incidents of one type by one actor against one target."""

    type: str
    actor: str | None
    actor_state: str | None
    target: str | None
    target_state: str | None
    incidents: int
    count: Bounds | None
    uncounted: int
    disputed: int


class OverviewOut(BaseModel):
    """What the overview draws; ``complete`` false: only the newest incidents were counted."""

    incidents: int
    complete: bool
    months: dict[str, int]
    relations: list[RelationOut]


class FacetsOut(BaseModel):
    """By property, its values with their numbers of claims."""

    values: dict[str, dict[str, int]]
    complete: bool


class SourceOut(BaseModel):
    """A source: whom it takes from, who passes it on, whose texts it copies, its reliability (newest first)."""

    name: str
    origin: int
    published: int
    takes_from: dict[str, int]
    passed_on_by: dict[str, int]
    copies: dict[str, int]
    copied_by: dict[str, int]
    complete: bool
    ratings: list[dict[str, str]]


class Health(BaseModel):
    """Whether the server answers, and how far the incidents are behind the claims."""

    status: Literal["ok"]
    version: str
    reports: int
    claims: int
    incidents: int
    behind: int


class JudgementIn(BaseModel):
    """A reviewer's decision on a claim."""

    model_config = ConfigDict(extra="forbid")

    verdict: Literal["accept", "reject", "correct", "same", "not_same", "note"]
    claim: str = Field(pattern="^[0-9a-f]{20}$", description="the claim's key")
    other: str | None = Field(default=None, pattern="^[0-9a-f]{20}$", description="for same and not_same")
    field: str | None = Field(default=None, max_length=20, description="for correct: a field of the claims format")
    value: Any = Field(default=None, description="for correct: its right value")
    reason: str = Field(default="", max_length=2000)


class TakeBackIn(BaseModel):
    """Why a judgement is taken back."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(default="", max_length=2000)


class JudgementOut(BaseModel):
    """A judgement as it is kept."""

    id: str
    verdict: str
    subject: str
    user: str
    at: str
    reason: str
    field: str | None
    value: Any
    takes_back: str | None


class RatingIn(BaseModel):
    """A source's reliability."""

    model_config = ConfigDict(extra="forbid")

    grade: Literal["A", "B", "C", "D", "E", "F"]
    reason: str = Field(min_length=1, max_length=2000)


class LogOut(BaseModel):
    """One change of the ledger's state."""

    at: str
    user: str
    action: str
    subject: str | None
    reason: str | None
