from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

from nongrata.ledger import ClaimFilter, Ledger
from nongrata.model import Chain, Claim, Voice
from nongrata.publishing import Options, export
from nongrata.publishing.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS
from nongrata.vocabulary.events import event_types
from nongrata.vocabulary.mappings import event_code, technique
from tests.publishing import made


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_one_row_an_incident(ledger: Ledger, tmp_path: Path) -> None:
    export(ledger, "csv", tmp_path / "a.csv")
    rows = rows_of(tmp_path / "a.csv")
    incidents = ledger.incidents()
    assert [row["id"] for row in rows] == [incident.id for incident in incidents]
    assert list(rows[0]) == [column.name for column in INCIDENT_COLUMNS]
    for row, incident in zip(rows, incidents, strict=True):
        assert row["count_lo"] == (str(incident.count.lo) if incident.count else "")
        assert row["when_last"] == (incident.when.last.isoformat() if incident.when else "")
        assert row["independent_origins"] == str(incident.independent_origins)
        assert row["claims"].split("|") == list(incident.claims)


def claim_from(row: dict[str, str]) -> Claim:
    """A claim from its row: what a user of the table would write."""
    fields: dict[str, object] = {name: value or None for name, value in row.items()}
    fields |= {"count_text": row["count_phrase"] or None, "when_text": row["when_phrase"] or None}
    fields["count"] = (
        [int(row["count_lo"]), int(row["count_hi"]) if row["count_hi"] else None] if row["count_lo"] else None
    )
    fields["when"] = [row["when_first"], row["when_last"]] if row["when_first"] else None
    fields["actors"] = row["actors"].split("|") if row["actors"] else None
    fields["background"] = row["background"] == "true"
    fields["share"] = float(row["share"]) if row["share"] else None
    fields["source_chain"] = []
    fields |= {name: json.loads(row[name]) if row[name] else None for name in ("spans", "also")}
    claim = Claim.from_dict(fields, row["report"], None, row["publisher"] or None)
    voices = json.loads(row["chain_voices"]) if row["chain_voices"] else []
    return Claim(**{name: getattr(claim, name) for name in Claim.__slots__ if name != "chain"},
                 chain=Chain(tuple(Voice(*voice) for voice in voices)))  # fmt: skip


def test_claims_can_be_made_again_from_their_rows(ledger: Ledger, tmp_path: Path) -> None:
    export(ledger, "claims-csv", tmp_path / "a.csv")
    rows = rows_of(tmp_path / "a.csv")
    assert list(rows[0]) == [column.name for column in CLAIM_COLUMNS]
    claims = ledger.live_claims()
    assert [row["key"] for row in rows] == [claim.key for claim in claims]
    assert [claim_from(row).to_dict() for row in rows] == [claim.to_dict() for claim in claims]


def test_phrases_stand_beside_their_intervals(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        export(ledger, "csv", tmp_path / "a.csv", Options(only=ClaimFilter(types=("expulsion",))))
        lost = export(ledger, "claims-csv", tmp_path / "b.csv").losses
    (row,) = rows_of(tmp_path / "a.csv")
    assert (row["count_lo"], row["count_hi"], row["count_phrase"]) == ("17", "", "at least 17")
    assert (row["when_first"], row["when_last"], row["when_phrase"]) == ("2024-03-01", "2024-03-31", "in March")
    assert (row["plover_event"], row["plover_mode"], row["cameo_code"]) == ("SANCTION", "expel", "166")
    assert row["denials"] == "1"
    fields = {loss.field: loss.count for loss in lost}
    assert fields["report.text"] == 3
    assert fields["report.blocks"] == fields["report.topics"] == fields["report"] == 1
    assert fields["judgement"] == fields["total"] == 1


def test_formulas_and_separators_are_made_harmless(tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        lost = export(ledger, "csv", tmp_path / "a.csv", Options(only=ClaimFilter(types=("expulsion",)))).losses
    (row,) = rows_of(tmp_path / "a.csv")
    assert row["denied_by"].startswith("'=")
    assert any(loss.field == "denied_by" and "formula" in loss.reason for loss in lost)


def test_the_descriptor_describes_its_files(samples: Ledger, tmp_path: Path) -> None:
    only = ClaimFilter(types=("expulsion",), since=made.REPORT.published)
    outcome = export(samples, "package", tmp_path / "pkg", Options(only=only, licence="CC0-1.0"))
    found = json.loads((tmp_path / "pkg" / "datapackage.json").read_text(encoding="utf-8"))
    assert found["licenses"] == [{"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/"}]
    assert found["nongrata"]["filter"] == {"types": ["expulsion"], "since": "2024-04-02"}
    assert found["nongrata"]["readers"] == ["hand"]
    assert found["nongrata"]["codebook"]
    assert found["nongrata"]["counts"] == {
        "claims": outcome.rows["claims.csv"],
        "incidents": outcome.rows["incidents.csv"],
    }
    assert [loss["field"] for loss in found["nongrata"]["losses"]] == [loss.field for loss in outcome.losses]
    assert [path.name for path in outcome.files] == ["incidents.csv", "claims.csv", "claims.jsonl", "datapackage.json"]
    for resource in found["resources"]:
        data = (tmp_path / "pkg" / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        assert resource["bytes"] == len(data)
        assert resource["rows"] == outcome.rows[resource["path"]]
        if "schema" in resource:
            assert data.decode().splitlines()[0] == ",".join(field["name"] for field in resource["schema"]["fields"])


def test_every_type_has_codes_or_none_on_purpose() -> None:
    without = {name for name in event_types() if not event_code(name, None).event}
    assert without == {"capability"}
    assert event_code("protest", "recall").event == "SANCTION"
    assert event_code("expulsion", "never heard of") == event_code("expulsion", None)
    assert technique("disinformation", "impersonation") is not None
    assert technique("sabotage", "impersonation") is None
