from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from nongrata.ledger import Ledger
from nongrata.model import (
    Block,
    BlockRole,
    Chain,
    Claim,
    Contradiction,
    DateInterval,
    Factuality,
    Incident,
    Interval,
    MissingExtraError,
    Origin,
    Placement,
    Realis,
    Report,
    Span,
    Voice,
)
from nongrata.publishing import export
from tests.publishing import made

Row = dict[str, Any]


def rows_of(path: Path) -> list[Row]:
    with duckdb.connect() as database:
        found = database.execute("SELECT * FROM read_parquet(?)", [str(path)])
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def number(row: Row, name: str) -> Interval | None:
    return None if row[f"{name}_lo"] is None else Interval(row[f"{name}_lo"], row[f"{name}_hi"])


def days(row: Row, name: str) -> DateInterval | None:
    return None if row[f"{name}_first"] is None else DateInterval(row[f"{name}_first"], row[f"{name}_last"])


def decoded(text: str | None) -> Any:
    return json.loads(text) if text else []


def origin_from(row: Row) -> Origin:
    return Origin(row["label"], tuple(row["claims"]), tuple(row["reasons"]), row["denies"])


def incident_from(row: Row) -> Incident:
    return Incident(
        id=row["id"], type=row["type"], subtype=row["subtype"], actor=row["actor"], target=row["target"],
        actor_state=row["actor_state"], target_state=row["target_state"], actors=tuple(row["actors"]) or None,
        count=number(row, "count"), when=days(row, "when"), best_count=number(row, "best_count"),
        best_when=days(row, "best_when"), reports=tuple(row["reports"]), claims=tuple(row["claims"]),
        origins=tuple(map(origin_from, decoded(row["origins_all"]))),
        contradictions=tuple(Contradiction(f, tuple(v), tuple(c)) for f, v, c in decoded(row["contradictions"])),
        placements=tuple(Placement(c, tuple(r), s) for c, r, s in decoded(row["placements"])),
        credibility=row["credibility"], credibility_reason=row["credibility_reason"],
        in_response_to=tuple(row["in_response_to"]), possibly_same=tuple(row["possibly_same"]),
        realis=Realis(row["realis"]), factuality=Factuality(row["factuality"]),
    )  # fmt: skip


def claim_from(row: Row) -> Claim:
    fields = row | {"count": None, "when": None, "source_chain": [], "spans": None, "also": None}
    claim = Claim.from_dict(fields, row["report"], row["published"], row["publisher"])
    return replace(
        claim,
        count=number(row, "count"),
        when=days(row, "when"),
        count_text=row["count_phrase"],
        when_text=row["when_phrase"],
        chain=Chain(tuple(Voice(*voice) for voice in decoded(row["chain_voices"]))),
        spans={name: Span(*bounds) for name, bounds in dict(decoded(row["spans"])).items()},
        also=tuple(Span(*bounds) for bounds in decoded(row["also"])),
    )


def report_from(row: Row) -> Report:
    fields = row | {name: tuple(row[name]) for name in ("sources", "topics", "flags")}
    return Report(**fields | {"blocks": tuple(Block(BlockRole(r), Span(b, e)) for r, b, e in decoded(row["blocks"]))})


def check_equal(ledger: Ledger, folder: Path) -> None:
    incidents = [incident_from(row) for row in rows_of(folder / "incidents.parquet")]
    assert incidents == ledger.incidents()
    assert [claim_from(row) for row in rows_of(folder / "claims.parquet")] == ledger.live_claims()
    reports = [report_from(row) for row in rows_of(folder / "reports.parquet")]
    assert {report.id: report for report in reports} == ledger.reports([report.id for report in reports])
    assert len(reports) == ledger.counts()["reports"]


def test_parquet_read_back_is_the_ledger(ledger: Ledger, tmp_path: Path) -> None:
    losses = export(ledger, "parquet", tmp_path / "p").losses
    assert {loss.field for loss in losses} <= {"incidents.parquet: total"}
    check_equal(ledger, tmp_path / "p")


def test_every_field_survives(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        export(ledger, "parquet", tmp_path / "it's")
        check_equal(ledger, tmp_path / "it's")


def test_types_are_typed(samples: Ledger, tmp_path: Path) -> None:
    export(samples, "parquet", tmp_path / "p")
    with duckdb.connect() as database:
        found = database.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / "p" / "claims.parquet")])
        kinds = {column[0]: str(column[1]) for column in found.description}
    assert (kinds["when_first"], kinds["count_lo"], kinds["source_chain"]) == ("DATE", "BIGINT", "VARCHAR[]")


def test_without_duckdb_the_error_names_the_extra(
    samples: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(MissingExtraError, match="analytics"):
        export(samples, "parquet", tmp_path / "p")
