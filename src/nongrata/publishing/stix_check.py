"""What the OASIS validator says of a bundle (extra ``stix``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from nongrata.model import MissingExtraError

_CODE = re.compile(r"^.*?\{(\d+)\}\s*", re.DOTALL)
_ON_PURPOSE = {
    "103": "{103} ids of version 5 of UUID, which stay the same",
    "202": '{202} "attributed-to" and "targets" from an incident',
    "302": "{302} addresses of reports without a hash, their texts not being kept",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The errors of a bundle, and its warnings with how often each came; the former make it invalid."""

    errors: tuple[str, ...]
    warnings: Mapping[str, int]


def validator() -> Callable[[Path], Judgement]:
    """Judges a bundle in a file; it is read into memory whole.

    Raises:
        MissingExtraError: the validator is not installed.
    """
    try:
        from stix2validator import ValidationOptions, validate_instance
    except ImportError as error:
        raise MissingExtraError("stix") from error

    def judge(path: Path) -> Judgement:
        found = validate_instance(msgspec.json.decode(path.read_bytes()), ValidationOptions(version="2.1"))
        warnings = Counter(_named(str(one)) for one in found.warnings)
        return Judgement(tuple(str(error) for error in found.errors), dict(sorted(warnings.items())))

    return judge


def _named(warning: str) -> str:
    code = _CODE.match(warning)
    return _ON_PURPOSE.get(code[1], warning) if code else warning
