from __future__ import annotations

import re
from pathlib import Path

import pytest

from nongrata.ledger import ClaimFilter, Ledger
from nongrata.publishing import FORMATS, Options, export
from nongrata.publishing.parties import PartyKind, kind_of
from nongrata.publishing.redaction import WITHHELD, Redactor, is_free
from tests.publishing import made
from tests.publishing.test_parquet import rows_of


def place_in(folder: Path) -> Path:
    (folder / "out").mkdir()
    return folder / "out" / "x"


def written(folder: Path) -> bytes:
    """All bytes under a folder, names of files included."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return b"\n".join(path.name.encode() + b"\n" + path.read_bytes() + unpacked(path) for path in paths)


def unpacked(path: Path) -> bytes:
    """What a compressed file holds."""
    return str(rows_of(path)).encode() if path.suffix == ".parquet" else b""


@pytest.mark.parametrize("format", FORMATS)
def test_a_withheld_name_is_in_no_byte(format: str, tmp_path: Path) -> None:
    with made.make(tmp_path / "a.db") as ledger:
        only = ClaimFilter(targets=("Corvin Dask", "RU", "NO"))
        outcome = export(ledger, format, place_in(tmp_path), Options(only=only, redact=True))
        assert any(loss.field.endswith("persons") for loss in outcome.losses)
    data = written(tmp_path / "out").lower()
    assert len(data) > 500
    for name in made.PERSONS:
        assert name.lower().encode() not in data


@pytest.mark.parametrize("format", FORMATS)
def test_no_person_of_the_samples_is_left(format: str, samples: Ledger, tmp_path: Path) -> None:
    export(samples, format, place_in(tmp_path), Options(redact=True))
    data = written(tmp_path / "out").decode("utf-8", "replace")
    names = {voice.name for claim in samples.live_claims() for voice in claim.chain if voice.role}
    names |= {n for c in samples.live_claims() for n in (c.actor, c.target) if n and kind_of(n) is PartyKind.PERSON}
    names |= {"Alexander De Croo", "De Croo", "Croo"}
    people = {name for name in names if not is_free(name)}
    assert len(people) > 5
    for name in people:
        assert not re.search(rf"\b{re.escape(name)}\b", data, re.IGNORECASE), name


def test_what_is_no_person_stays() -> None:
    redactor = Redactor(["Ottilie Brask", "Harbour Gazette", "NO"], {"Harbour Gazette"})
    for name in ("NO", "GRU", "NATO", "RTL", "Russian Foreign Ministry", "foreign ministry", "Harbour Gazette", "EU"):
        assert redactor.name(name) == name
    for name in ("Ottilie Brask", "Minister Brask", "Brask's office", "Jürgen Conings", "习近平", "the Brask ministry"):
        assert redactor.name(name) == WITHHELD
    assert redactor.text("brask_affair") == WITHHELD
    assert redactor.name(None) is None


def test_a_claim_keeps_what_counts() -> None:
    redactor = Redactor(["Ottilie Brask", "Corvin Dask"], {"Harbour Gazette"})
    claim = redactor.claim(made.EXPULSION)
    assert (claim.type, claim.count, claim.when) == ("expulsion", made.EXPULSION.count, made.EXPULSION.when)
    assert claim.actor == "NO"
    assert claim.chain.names == [WITHHELD, "Harbour Gazette"]
    assert claim.when_text == "in March"
    assert redactor.claim(made.ARREST).target == WITHHELD
