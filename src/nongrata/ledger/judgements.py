"""What reviewers decide about claims: kept by content, so that it outlives a newer reading of the same text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from nongrata.model import Claim, LedgerError


class Verdict(StrEnum):
    """What a judgement says."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    SAME = "same"
    NOT_SAME = "not_same"
    NOTE = "note"
    TAKE_BACK = "take_back"


CORRECTABLE = (
    "type",
    "subtype",
    "actor",
    "actor_state",
    "actors",
    "target",
    "target_state",
    "against",
    "count",
    "share",
    "when",
    "factuality",
    "realis",
    "scope",
    "source_chain",
    "origin_role",
    "origin_state",
    "background",
)
"""Fields of the claims format that a reviewer may correct."""


_CHAIN_FIELDS = ("source_chain", "origin_role", "origin_state")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One reviewer's decision; it is never changed or deleted, only taken back by another.

    ``subject`` and ``other`` name claims by content (see ``subject_of``); ``seen`` is the subject as the reviewer saw
    it, as an object of the claims format. ``field`` and ``value`` belong to a correction, ``takes_back`` (a judgement's
    id) to taking back; ``subject`` is then that judgement's.
    """

    id: str
    verdict: Verdict
    subject: str
    user: str
    at: datetime
    reason: str
    other: str | None = None
    field: str | None = None
    value: Any = None
    takes_back: str | None = None
    seen: Mapping[str, Any] | None = None


def subject_of(content: str, claim: Claim) -> str:
    """A claim's name by content: SHA-256 of its report, place of its trigger (or the trigger's words), type."""
    place = claim.spans.get("trigger")
    where = f"{place.begin}-{place.end}" if place else f"“{claim.trigger[:40]}”"
    return f"{content}:{where}:{claim.type}"


def content_of(subject: str) -> str:
    """The report's SHA-256 in a subject."""
    return subject.partition(":")[0]


def judgement_of(row: sa.RowMapping) -> Judgement:
    """The judgement of a row of ``judgements``."""
    return Judgement(
        id=row["id"],
        verdict=Verdict(row["verdict"]),
        subject=row["subject"],
        user=row["user_name"],
        at=row["at"],
        reason=row["reason"],
        other=row["other"],
        field=row["field"],
        value=row["value"],
        takes_back=row["takes_back"],
        seen=row["seen"],
    )


def judgement_row(judgement: Judgement) -> dict[str, Any]:
    """A judgement's row."""
    return {
        "id": judgement.id,
        "verdict": str(judgement.verdict),
        "subject": judgement.subject,
        "other": judgement.other,
        "seen": dict(judgement.seen) if judgement.seen else None,
        "field": judgement.field,
        "value": judgement.value,
        "takes_back": judgement.takes_back,
        "user_name": judgement.user,
        "at": judgement.at,
        "reason": judgement.reason,
    }


def in_force(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that count, in the order given: not taken back, or only by one that was itself taken back."""
    taken_back: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.verdict is Verdict.TAKE_BACK and judgement.id not in taken_back and judgement.takes_back:
            taken_back.add(judgement.takes_back)
    return [j for j in judgements if j.id not in taken_back and j.verdict is not Verdict.TAKE_BACK]


def corrected(claim: Claim, field: str, value: object) -> Claim:
    """The claim with one field of the claims format set by a reviewer; where a state acts, its ``_state`` follows.

    Raises:
        LedgerError: there is no such field, or the codebook does not allow the value.
    """
    if field not in CORRECTABLE:
        raise LedgerError(f"{field} cannot be corrected: choose one of {', '.join(CORRECTABLE)}")
    before = claim.to_dict()
    fields = before | {"confidence": claim.confidence, field: value}
    if field in ("actor", "target") and before[field] == before[f"{field}_state"]:
        fields[f"{field}_state"] = value
    try:
        new = Claim.from_dict(fields, claim.report_id, claim.published, claim.publisher)
        return new if field in _CHAIN_FIELDS else replace(new, chain=claim.chain)
    except (ValueError, AttributeError) as error:
        raise LedgerError(f"{value!r} is no {field} ({error}): see the codebook for what is allowed") from error


def refers_to(judgement: Judgement, claims: Sequence[Claim]) -> list[Claim]:
    """Which of several claims with one subject a judgement means: the one it was passed on, by its parties."""
    if len(claims) < 2 or judgement.seen is None:
        return list(claims)
    seen = judgement.seen
    return [c for c in claims if (c.actor, c.target) == (seen.get("actor"), seen.get("target"))]
