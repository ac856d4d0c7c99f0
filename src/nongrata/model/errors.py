"""The exceptions nongrata raises on purpose.

    NongrataError
    ├── InputError          a file, folder or stream cannot be read as reports or claims
    │   └── FetchError      an address cannot or must not be fetched
    ├── VocabularyError     a vocabulary file is malformed
    ├── LedgerError         a ledger cannot be opened, read or written
    └── MissingExtraError   a feature needs an extra that is not installed

Each message is one sentence for a person and ends with what to do next.
"""

from __future__ import annotations


class NongrataError(Exception):
    """Base of every error that is told to the user without a stack trace."""


class InputError(NongrataError):
    """Input cannot be read: missing, empty, binary, wrong encoding, malformed."""


class FetchError(InputError):
    """An address is not allowed, not reachable, or its answer is over a limit."""


class VocabularyError(NongrataError):
    """A vocabulary file breaks its documented format."""


class LedgerError(NongrataError):
    """The ledger cannot be opened, read or written."""


class MissingExtraError(NongrataError):
    """A feature needs an optional dependency.

    >>> str(MissingExtraError("web"))
    'this needs the extra "web": pip install "nongrata[web]"'
    """

    def __init__(self, extra: str) -> None:
        super().__init__(f'this needs the extra "{extra}": pip install "nongrata[{extra}]"')
        self.extra = extra
