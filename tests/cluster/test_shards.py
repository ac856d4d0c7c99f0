from __future__ import annotations

from pathlib import Path

import fsspec
import pytest

from nongrata.cluster.reading import claims_file, claims_files, done_before, read_shard
from nongrata.cluster.shards import Shard, at_hand, list_shards
from nongrata.ledger.claimfile import read_claims
from nongrata.model import InputError
from nongrata.reading.stats import ReadingStats
from tests.cluster.readers import sound

TEXT = "BE expelled 21 RU envoys, and nothing more was said."


def filled(folder: Path, number: int) -> Path:
    folder.mkdir(exist_ok=True)
    for at in range(number):
        lines = "".join(
            f'{{"id": "r{at}-{n}", "publisher": "Lantern", "published": "2024-03-05", "text": "{at}{n} {TEXT}"}}\n'
            for n in range(3)
        )
        (folder / f"part {at}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_a_folder_is_its_files(tmp_path: Path) -> None:
    folder = filled(tmp_path / "in", 3)
    (folder / ".hidden").write_text("x", encoding="utf-8")
    shards = list_shards(str(folder))
    assert [Path(shard.source).name for shard in shards] == ["part 0.jsonl", "part 1.jsonl", "part 2.jsonl"]
    assert len({shard.name for shard in shards}) == 3
    assert all(" " not in shard.name for shard in shards)
    assert list_shards(str(folder)) == shards


def test_a_listing_names_paths_and_addresses(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("# of today\na.warc.gz\nmemory://b/c.warc.gz\n\n", encoding="utf-8")
    sources = {shard.source for shard in list_shards(f"@{tmp_path / 'list.txt'}")}
    assert sources == {str(tmp_path / "a.warc.gz"), "memory://b/c.warc.gz"}


def test_a_store_is_listed_and_fetched_from(tmp_path: Path) -> None:
    store = fsspec.filesystem("memory")
    for name in ("news/1.jsonl", "news/2.jsonl", "other/3.jsonl"):
        store.pipe(f"/{name}", f'{{"id": "{name}", "text": "{TEXT}"}}\n'.encode())
    shards = list_shards("memory://news/*.jsonl")
    assert [shard.source for shard in shards] == ["memory:///news/1.jsonl", "memory:///news/2.jsonl"]
    assert list_shards("memory://news") == shards
    done = read_shard(sound(), shards[0], tmp_path)
    assert (done.reports, done.claims) == (1, 1)
    with pytest.raises(InputError, match="check your access"), at_hand(Shard("memory://gone.jsonl", "gone")):
        pass


def test_a_folder_named_by_its_address_is_the_folder(tmp_path: Path) -> None:
    folder = filled(tmp_path / "in", 3)
    shards = list_shards(f"{folder.as_uri()}/*.jsonl")
    assert [shard.source for shard in shards] == [one.as_uri().replace("%20", " ") for one in sorted(folder.iterdir())]
    assert list_shards(folder.as_uri()) == shards
    out = tmp_path / "out"
    out.mkdir()
    done = [read_shard(sound(), shard, out) for shard in shards]
    assert [(one.reports, one.claims) for one in done] == [(3, 3)] * 3
    assert len(claims_files(out)) == 3


@pytest.mark.parametrize("source", ["nowhere", "@nowhere", "memory://empty/*", "nosuch://x/*"])
def test_what_is_not_there_is_told(source: str) -> None:
    with pytest.raises(InputError):
        list_shards(source)


def test_a_claims_file_is_whole_or_not_there(tmp_path: Path) -> None:
    (shard,) = list_shards(str(filled(tmp_path / "in", 1)))
    out = tmp_path / "out"
    out.mkdir()

    class Broken:
        name = "broken 1"

        def read_many(self, reports):
            for number, report in enumerate(reports):
                if number == 2:
                    raise RuntimeError("no")
                yield report, []

    with pytest.raises(RuntimeError):
        read_shard(Broken(), shard, out)  # type: ignore[arg-type]
    assert list(out.iterdir()) == []
    assert done_before(out, shard, sound().name) is None
    done = read_shard(sound(), shard, out)
    assert done_before(out, shard, sound().name) == done
    assert done_before(out, shard, "another 2") is None
    assert claims_files(out) == [(claims_file(out, shard), sound().name)]
    assert sum(len(claims) for _, claims in read_claims(claims_file(out, shard), ReadingStats())) == done.claims == 3


def test_reports_without_a_claim_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("The choir met.", encoding="utf-8")
    (shard,) = list_shards(str(tmp_path / "in.txt"))
    read_shard(sound(), shard, tmp_path, silent=False)
    assert claims_file(tmp_path, shard).read_bytes() == b""
    assert claims_files(tmp_path) == []
