"""How the rows of someone else's set become claims: a mapping file, read and checked.

A mapping is a TOML file. At the top: ``name`` (the set, the last link of every chain) and ``id`` (a template such as
``"harbour-{id}"``); perhaps ``title``, ``text``, ``url``, ``published``. Then one ``[[claim]]`` table for each claim
that a row can give, whose keys are fields of the codebook, and ``[names]`` for names of states that the vocabulary
lacks. A claim with ``only = {column = ["word", ...]}`` is made of rows alone where one of the words stands there.

A value is a constant (``type = "cyberattack"``) or a table::

    target = {column = "receiver_country", kind = "state", each = true}

``column``: where it stands. ``kind``: "text" (the default), "state" (an ISO code), "party" (an ISO code, or the words
as they stand), "named" (the states that a text names), "day", "number" (what stands there, in figures or words: "12",
"12-15", "dozens"), "count" (how many values there are), "hosts" (the states of top-level domains, with their counts).
``format``: of a day, as in ``strptime``. ``widen``: 1 January means the year, 1 March the month.
``split``: what separates several values in one cell. ``each``: a claim for each value. ``first``: the first alone.
``without``: openings that are cut off ("Believed to be the work of "). ``longest``: longer texts are passed over.
``map``: from the set's words to ours. ``skip``: words that mean unknown. ``default``: where nothing remains.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

from nongrata.model import InputError

_KINDS = frozenset({"text", "state", "party", "day", "number", "count", "hosts", "named"})
_TOP = frozenset({"name", "id", "title", "text", "url", "published", "claim", "names"})
_CLAIM = frozenset(
    {
        "type",
        "subtype",
        "actor",
        "actor_state",
        "target",
        "target_state",
        "count",
        "when",
        "factuality",
        "realis",
        "scope",
    }
    | {"origin", "origin_state", "trigger", "only"}
)


@dataclass(frozen=True, slots=True)
class ValueRule:
    """Where a value comes from; see the module's description."""

    constant: str | None = None
    column: str | None = None
    kind: str = "text"
    format: str = "%Y-%m-%d"
    widen: bool = False
    split: str | None = None
    each: bool = False
    first: bool = False
    map: Mapping[str, str] = field(default_factory=dict)
    skip: tuple[str, ...] = ()
    default: str | None = None
    without: tuple[str, ...] = ()
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """A claim that a row can give. ``only`` names columns and the values of which one must stand there."""

    values: Mapping[str, ValueRule]
    only: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SetMapping:
    """A whole mapping file."""

    name: str
    id: str
    report: Mapping[str, ValueRule]
    claims: tuple[ClaimRule, ...]
    names: Mapping[str, str]

    def columns(self) -> set[str]:
        """Every column that it reads."""
        rules = [*self.report.values(), *(rule for claim in self.claims for rule in claim.values.values())]
        named = {rule.column for rule in rules if rule.column}
        asked = {column for claim in self.claims for column in claim.only}
        return named | asked | {name for _, name, _, _ in Formatter().parse(self.id) if name}


def shipped_mappings() -> list[str]:
    """The names of the mappings that come with the package."""
    folder = files("nongrata.vocabulary").joinpath("sets")
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


def load_mapping(source: str | Path) -> SetMapping:
    """A mapping by the name of a shipped one or by its path.

    Raises:
        InputError: missing or malformed; the message names the field.
    """
    known = str(source) in shipped_mappings()
    file = files("nongrata.vocabulary").joinpath("sets", f"{source}.toml") if known else Path(source)
    try:
        return _mapping(tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        names = ", ".join(shipped_mappings())
        raise InputError(f"there is no mapping {source}; give a file, or one of: {names}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"the mapping {source} is malformed ({error}); compare it with a shipped one") from error


def _mapping(table: dict[str, Any]) -> SetMapping:
    _refuse_unknown(table, _TOP, "the mapping")
    report: dict[str, ValueRule] = {
        name: _rule(table[name], name) for name in ("title", "text", "url", "published") if name in table
    }
    names = {str(name).casefold(): str(code) for name, code in table.get("names", {}).items()}
    claims = tuple(_claim(entry) for entry in table["claim"])
    return SetMapping(str(table["name"]), str(table["id"]), report, claims, names)


def _claim(entry: dict[str, Any]) -> ClaimRule:
    _refuse_unknown(entry, _CLAIM, "a claim")
    if "type" not in entry:
        raise ValueError("a claim has no type")
    only = {str(column): tuple(map(str, allowed)) for column, allowed in entry.get("only", {}).items()}
    return ClaimRule({name: _rule(value, name) for name, value in entry.items() if name != "only"}, only)


def _rule(value: object, name: str) -> ValueRule:
    if isinstance(value, str):
        return ValueRule(constant=value)
    if not isinstance(value, dict) or not isinstance(value.get("column"), str):
        raise ValueError(f"{name} is neither a word nor a table with a column")
    _refuse_unknown(value, set(ValueRule.__dataclass_fields__) - {"constant"}, name)
    rule = ValueRule(**{**value, **{key: tuple(value.get(key, ())) for key in ("skip", "without")}})
    if rule.kind not in _KINDS:
        raise ValueError(f"{name} has the unknown kind {rule.kind!r}")
    return rule


def _refuse_unknown(table: Mapping[str, object], known: set[str] | frozenset[str], where: str) -> None:
    unknown = set(table) - known
    if unknown:
        raise ValueError(f"{where} has the unknown key {min(unknown)!r}")
