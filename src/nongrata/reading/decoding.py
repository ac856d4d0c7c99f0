"""Bytes into text: byte order marks, UTF-8, a named encoding; and errors that say which byte is wrong."""

from __future__ import annotations

import codecs

from nongrata.model import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive (or an office document)",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"SQLite format 3\x00": "an SQLite database",
    b"\x7fELF": "a program",
    b"7z\xbc\xaf": "a 7z archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
}
_CONTROLS = bytes(byte for byte in range(32) if byte not in (9, 10, 11, 12, 13, 27))
_CONTROL_SHARE = 0.02
_SAMPLE = 8192


def decode(data: bytes, *, name: str, encoding: str | None = None) -> str:
    """The text of ``data``, without a byte order mark.

    Args:
        data: a whole document.
        name: how the document is called in an error.
        encoding: the encoding to use where no byte order mark says otherwise; default UTF-8.

    Raises:
        InputError: it is binary, or not in that encoding.
    """
    marked = marked_encoding(data)
    if marked is None and looks_binary(data):
        raise InputError(f"{name} is {_kind(data)}, not text; convert it to plain text or HTML and give that")
    try:
        return data.decode(marked or encoding or "utf-8")
    except UnicodeDecodeError as error:
        raise InputError(_complaint(data, name, error)) from error
    except LookupError as error:
        raise InputError(
            f"{name}: no encoding is called {encoding!r}; give one such as utf-8 or windows-1251"
        ) from error


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark announces."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def looks_binary(data: bytes) -> bool:
    """True when the opening holds a known signature, a zero byte or many control characters."""
    sample = data[:_SAMPLE]
    if sample.startswith(tuple(_SIGNATURES)) or b"\x00" in sample:
        return True
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(sample)


def _kind(data: bytes) -> str:
    return next((kind for signature, kind in _SIGNATURES.items() if data.startswith(signature)), "a binary file")


def _complaint(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    encoding = "UTF-8" if error.encoding.replace("_", "-").startswith("utf-8") else error.encoding
    return (
        f"{name} is not {encoding}: byte 0x{data[error.start]:02x} at position {error.start} (line {line}) "
        "does not belong there; convert it (iconv -f WINDOWS-1252 -t UTF-8) or name its encoding"
    )
