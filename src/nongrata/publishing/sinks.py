"""Where an export goes: a file that replaces the one at its path only when everything is written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from nongrata.model import InputError


class Sink:
    """A stream of bytes that counts and hashes what goes through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Write some bytes."""
        self._stream.write(data)
        self._hash.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of what was written so far."""
        return self._hash.hexdigest()


class PartFile:
    """The path beside ``path`` to write to; it takes its place when the block ends without an error.

    Raises:
        InputError: the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.part = path.with_name(path.name + ".part")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                os.replace(self.part, self._path)
        except OSError as failed:
            raise unwritable(self._path, failed) from failed
        finally:
            self.part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise unwritable(self._path, error) from error


@contextmanager
def sink_to(path: Path) -> Iterator[Sink]:
    """A sink into a file, which is there only when the block ends without an error.

    Raises:
        InputError: the file cannot be written.
    """
    with PartFile(path) as file, file.part.open("wb") as stream:
        yield Sink(stream)


def unwritable(path: Path, error: OSError) -> InputError:
    """What to tell when a file cannot be written."""
    return InputError(f"{path} cannot be written ({error.strerror}): give another place for the export")
