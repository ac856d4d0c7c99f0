"""Opening archives: from disk, or from an object store through fsspec."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, cast

from nongrata.model import InputError, MissingExtraError


def is_remote(source: str) -> bool:
    """True for an address of an object store ("s3://...", "gs://...") and the like; web pages are no archives."""
    scheme, mark, _ = source.partition("://")
    return bool(mark) and scheme.isalnum() and scheme not in ("http", "https")


def open_archive(source: str) -> BinaryIO:
    """A stream that can seek.

    Raises:
        InputError: it is not there or cannot be opened.
        MissingExtraError: an object store is named and fsspec is not installed.
    """
    if not is_remote(source):
        try:
            return Path(source).open("rb")
        except OSError as error:
            raise InputError(f"{source} cannot be read ({error.strerror}); check the path") from error
    try:
        import fsspec
    except ImportError as error:
        raise MissingExtraError("remote") from error
    try:
        return cast("BinaryIO", fsspec.open(source, "rb").open())
    except (OSError, ValueError, ImportError) as error:
        raise InputError(
            f"{source} cannot be opened ({error}); check the address and the store's credentials"
        ) from error
