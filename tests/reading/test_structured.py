"""Sets of others as claims: each shipped mapping on rows of the set's shape, and mappings of one's own."""

import gzip
import json
from pathlib import Path

import pytest

from nongrata.model import Claim, InputError, Report
from nongrata.reading import ReadingStats
from nongrata.reading.mapping import load_mapping, shipped_mappings
from nongrata.reading.structured import read_structured

DATA = Path(__file__).parents[3] / "shared" / "data"


def read(
    tmp_path: Path, mapping: str | Path, *rows: dict[str, object]
) -> tuple[list[tuple[Report, list[Claim]]], ReadingStats]:
    path = tmp_path / "set.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    stats = ReadingStats()
    return list(read_structured(path, mapping, stats=stats)), stats


def test_eurepoc(tmp_path: Path) -> None:
    row = {
        "id": "eurepoc-1",
        "start_date": ["2021-03-01"],
        "receiver_country": ["Estonia", "Global (region)", "NATO (institutions)"],
        "initiator_country": ["Iran, Islamic Republic of"],
        "incident_type": ["Data theft & Doxing", "Disruption"],
        "initiator_name": ["Grey Heron"],
        "initiator_category": ["Non-state actor, state-affiliation suggested"],
    }
    unknown = {
        "id": "eurepoc-2",
        "initiator_country": ["Unknown"],
        "initiator_name": ["Unknown"],
        "incident_type": [None],
    }
    found, stats = read(tmp_path, "eurepoc", row, unknown)
    (report, claims), (_, others) = found
    assert (report.id, report.publisher) == ("eurepoc-1", "EuRepoC")
    assert [(claim.actor, claim.actor_state, claim.target) for claim in claims] == [
        ("Grey Heron", "IR", "EE"),
        ("Grey Heron", "IR", "NATO"),
    ]
    assert {(claim.subtype, claim.when.edtf, str(claim.factuality)) for claim in claims if claim.when} == {
        ("leak", "2021-03", "PR+")
    }
    assert claims[0].chain.names == ["EuRepoC"]
    assert (others[0].actor, others[0].actor_state, others[0].target, others[0].when) == (None, None, None, None)
    assert (stats.reports, stats.unknown_states) == (2, 1)


def test_cfr(tmp_path: Path) -> None:
    row = {
        "id": "cfr-1",
        "date": "1/20/2022",
        "title": "Targeting of the port",
        "text": "A crew broke into the port.",
        "actor": "Grey Heron",
        "sponsor": "Korea (Democratic People's Republic of)",
        "victims": "Estonian port authority and firms in Latvia",
        "type": "Denial of service",
    }
    ((report, claims),), _ = read(tmp_path, "cfr", row)
    assert (str(report.published), report.title) == ("2022-01-20", row["title"])
    assert report.text == f"{row['text']}\n\nCFR Cyber Operations Tracker: cfr-1"
    assert [(claim.actor_state, claim.target, claim.subtype) for claim in claims] == [
        ("KP", "EE", "ddos"),
        ("KP", "LV", "ddos"),
    ]
    assert (claims[0].when, str(claims[0].factuality), claims[0].trigger) == (None, "PR+", "Targeting of the port")


@pytest.mark.parametrize(
    ("told", "actor"),
    [
        ("Believed to be the work of the Grey Heron.", "Grey Heron"),
        ("believed to be the work of Grey Heron", "Grey Heron"),
        ("Believed to be an offshoot of a crew that nobody has named so far", None),
    ],
)
def test_actors_told_in_sentences(tmp_path: Path, told: str, actor: str | None) -> None:
    ((_, (claim,)),), _ = read(tmp_path, "cfr", {"id": "cfr-1", "title": "T", "victims": "Latvia", "actor": told})
    assert claim.actor == actor


def test_rows_that_say_the_same_stay_apart(tmp_path: Path) -> None:
    case = {"publisher": "Channel Aurora", "targets": "Latvia", "text": "It was not."}
    found, _ = read(tmp_path, "euvsdisinfo", {"id": "euvd-1", **case}, {"id": "euvd-2", **case})
    assert len({report.sha256 for report, _ in found}) == 2


def test_ddosia(tmp_path: Path) -> None:
    hosts = ["www.port.ee", "bank.ee", "gov.uk", "ec.europa.eu", "example.com", "x.invalid"]
    ((report, claims),), _ = read(tmp_path, "ddosia", {"date": "2024-02-03", "publisher": "x", "hosts": hosts})
    assert report.id == "ddosia-2024-02-03"
    assert [(claim.target, claim.count.to_list() if claim.count else None) for claim in claims] == [
        ("EE", [2, 2]),
        ("GB", [1, 1]),
        ("EU", [1, 1]),
    ]
    assert {claim.when.edtf for claim in claims if claim.when} == {"2024-02-03"}


def test_euvsdisinfo(tmp_path: Path) -> None:
    row = {
        "id": "euvd-1",
        "date": "10/03/17",
        "publisher": "Channel Aurora",
        "targets": "Ukraine, the Netherlands, The West",
        "reported_by": "Readers' Watch",
        "title": "A lake was poisoned",
        "text": "It was not.",
        "url": "https://aurora.example/1",
    }
    ((report, claims),), _ = read(tmp_path, "euvsdisinfo", row)
    assert report.url == row["url"]
    assert [(claim.type, claim.actor, claim.target) for claim in claims] == [
        ("disinformation", "Channel Aurora", "UA"),
        ("disinformation", "Channel Aurora", "NL"),
    ]
    assert claims[0].chain.names == ["Readers' Watch", "EUvsDisinfo"]


OWN = """
name = "Expulsions of the harbour"
id = "harbour-{number}"
published = {column = "known", kind = "day", format = "%d.%m.%Y"}

[[claim]]
type = "expulsion"
only = {what = ["expulsion"]}
actor = {column = "host", kind = "state"}
target = {column = "sender", kind = "party"}
count = {column = "names", kind = "count", split = ";"}
when = {column = "known", kind = "day", format = "%d.%m.%Y"}
"""


def test_own_mapping_and_csv(tmp_path: Path) -> None:
    mapping = tmp_path / "own.toml"
    mapping.write_text(OWN, encoding="utf-8")
    table = tmp_path / "set.csv"
    table.write_text(
        "number,what,host,sender,names,known\n"
        "1,expulsion,Norway,the Harbour League,Orr; Quill,05.03.2024\n2,protest,Norway,,,\n",
        encoding="utf-8",
    )
    stats = ReadingStats()
    ((report, (claim,)),) = list(read_structured(table, mapping, stats=stats))
    assert (report.id, claim.actor, claim.target) == ("harbour-1", "NO", "the Harbour League")
    assert claim.count is not None
    assert claim.count.to_list() == [2, 2]
    assert [skipped.reason for skipped in stats.skipped] == ["no claim is mapped from the row"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name = 1", "'claim'"),
        (OWN + 'colour = "red"', "unknown key 'colour'"),
        (OWN.replace('kind = "state"', 'kind = "town"'), "unknown kind 'town'"),
        (OWN.replace('type = "expulsion"', ""), "a claim has no type"),
        (OWN.replace('{column = "host", kind = "state"}', "7"), "actor is neither a word nor a table"),
        ("[[claim", "malformed"),
    ],
)
def test_malformed_mappings(tmp_path: Path, content: str, message: str) -> None:
    mapping = tmp_path / "own.toml"
    mapping.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_mapping(mapping)


def test_missing_mapping_and_bad_rows(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no mapping"):
        load_mapping("nobody")
    path = tmp_path / "set.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1}\n[1]\nnonsense\n{"no": "id"}\n' + b"[" * 100_000))
    stats = ReadingStats()
    assert len(list(read_structured(path, "eurepoc", stats=stats))) == 1
    assert [skipped.line for skipped in stats.skipped] == [2, 3, 4, 5]
    with pytest.raises(InputError, match="cannot be read"):
        list(read_structured(tmp_path / "none.jsonl", "eurepoc", stats=stats))


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared")
@pytest.mark.parametrize("name", shipped_mappings())
def test_the_sets_themselves(name: str) -> None:
    path = next(DATA.glob(f"{name}_*.jsonl.gz"))
    stats = ReadingStats()
    claims = [claim for _, claims in read_structured(path, name, stats=stats) for claim in claims]
    assert stats.skipped_count == 0
    assert len(claims) >= stats.reports >= 700
    assert sum(claim.target is not None for claim in claims) > 0.75 * len(claims)


FJORD = """
name = "Fjord Register"
id = "fjord-{no}"
published = {column = "announced", kind = "day", format = "%d.%m.%Y"}

[[claim]]
type = "expulsion"
actor = {column = "host", kind = "state"}
target = {column = "sender", kind = "state"}
count = {column = "number", kind = "number"}
when = {column = "announced", kind = "day", format = "%d.%m.%Y"}
"""
TABLE = [
    ("1", "Belgium", "Russia", "9", "05.03.2024"),
    ("2", "Norway", "Russia", "dozens", "06.03.2024"),
    ("3", "Latvia", "Russia", "12-15", "31.02.2024"),
    ("4", "Estonia", "Russia", "nobody knows", "07.03.2024"),
    ("5", "Estonia", "Russia", "2024", "07.03.2024"),
]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_with_a_mapping_of_ones_own(tmp_path: Path, separator: str) -> None:
    (tmp_path / "fjord.toml").write_text(FJORD, encoding="utf-8")
    rows = [("no", "host", "sender", "number", "announced"), *TABLE]
    path = tmp_path / ("fjord.tsv" if separator == "\t" else "fjord.csv")
    path.write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    stats = ReadingStats()
    claims = [claims[0] for _, claims in read_structured(path, tmp_path / "fjord.toml", stats=stats)]
    assert [claim.count and str(claim.count) for claim in claims] == ["9", "24–99", "12–15", None, "2024"]
    assert [claim.when and claim.when.edtf for claim in claims][1:3] == ["2024-03-06", None]
    # Of the third row both days, of the fourth the number.
    assert (stats.reports, stats.unread_values) == (5, 3)


def test_a_column_that_a_table_lacks_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "fjord.toml").write_text(FJORD, encoding="utf-8")
    (tmp_path / "fjord.csv").write_text("no,host,sender,announced\n1,Belgium,Russia,05.03.2024\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column number "):
        list(read_structured(tmp_path / "fjord.csv", tmp_path / "fjord.toml", stats=ReadingStats()))
    none, stats = read(tmp_path, tmp_path / "fjord.toml", {"nr": "1", "host": "Belgium", "sender": "Russia"})
    assert none == []
    assert "the row has no no, of which its id is made" in stats.skipped[0].reason
