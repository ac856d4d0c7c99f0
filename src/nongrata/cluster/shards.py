"""Shards: the files of a folder or of a listing, local or in an object store, each read by one worker."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nongrata.model import InputError, MissingExtraError

_REMOTE = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Shard:
    """One file: where it is (a path, or an address that fsspec opens), and the name of what is made of it."""

    source: str
    name: str


def list_shards(source: str) -> list[Shard]:
    """The shards of a source, by name.

    Args:
        source: a file; a folder (every file below it); an address with wildcards that fsspec lists
            (``s3://bucket/2024/*.warc.gz``); or ``@FILE``, a file with one path or address a line, as the listings of
            Common Crawl are.

    Raises:
        InputError: nothing is there, or the listing is empty.
        MissingExtraError: fsspec is not installed.
    """
    shards = sorted((Shard(one, _name_of(one)) for one in _sources(source)), key=lambda shard: shard.name)
    if not shards:
        raise InputError(f"{source} names no files: give a folder, a file, an address with * or @LISTING")
    return shards


def _sources(source: str) -> Iterable[str]:
    if source.startswith("@"):
        return _listed(Path(source[1:]))
    if _REMOTE.match(source):
        return _remote(source)
    path = Path(source)
    if not path.exists():
        raise InputError(f"{source} does not exist: check the path")
    if path.is_dir():
        found = (one for one in path.rglob("*") if one.is_file())
        return {str(one.absolute()) for one in found if not any(p.startswith(".") for p in one.relative_to(path).parts)}
    return {str(path.absolute())}


def _listed(path: Path) -> set[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the listing {path} cannot be read ({error}): give a text file of addresses") from error
    named = (line.strip() for line in lines if line.strip() and not line.startswith("#"))
    return {one if _REMOTE.match(one) else str(path.parent.joinpath(one).absolute()) for one in named}


def _remote(source: str) -> set[str]:
    files, path = _filesystem(source)
    try:
        found = files.glob(path) if "*" in path else [path] if files.isfile(path) else files.find(path)
    except Exception as error:  # fsspec has no error of its own: each store raises what it likes
        raise InputError(f"{source} cannot be listed ({error}): check the address and your access") from error
    return {files.unstrip_protocol(one) for one in found}


def _filesystem(source: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise MissingExtraError("cluster") from error
    try:
        found: tuple[Any, str] = fsspec.url_to_fs(source)
    except (ImportError, ValueError) as error:
        raise InputError(
            f"{source} cannot be opened ({error}): install what fsspec names, or copy the files"
        ) from error
    return found


def _name_of(source: str) -> str:
    """A file name that tells the shard and is no other's: its last part and a hash of the whole."""
    last = _UNSAFE.sub("-", posixpath.basename(source))[:80]
    return f"{last}-{hashlib.sha256(source.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


@contextmanager
def at_hand(shard: Shard) -> Iterator[Path]:
    """The shard as a local file; one from an object store is there only for the time of the block.

    Raises:
        InputError: it cannot be fetched.
    """
    if not _REMOTE.match(shard.source):
        yield Path(shard.source)
        return
    files, path = _filesystem(shard.source)
    with TemporaryDirectory() as folder:
        place = Path(folder) / _UNSAFE.sub("-", posixpath.basename(path))
        try:
            files.get_file(path, str(place))
        except Exception as error:  # as above
            raise InputError(f"{shard.source} cannot be fetched ({error}): check your access") from error
        yield place
