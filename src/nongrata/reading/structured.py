"""Structured incident sets of others as claims with their origin, by a mapping file and without code."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import msgspec

from nongrata.language.names import find_mentions
from nongrata.language.quantities import find_quantities
from nongrata.model import Claim, DateInterval, InputError, Interval, Report
from nongrata.reading.jsonl import bounded_lines
from nongrata.reading.mapping import ClaimRule, SetMapping, ValueRule, load_mapping
from nongrata.reading.stats import Limits, ReadingStats
from nongrata.reading.tables import separator_of
from nongrata.vocabulary.states import states

Row = Mapping[str, Any]
_FIGURES = re.compile(r"(\d{1,9})(?:\.0+)?")
_TOP_LEVEL = {"uk": "GB", "eu": "EU", "su": "RU", "gov": "US", "mil": "US"}


@dataclass(frozen=True, slots=True)
class _Value:
    """A value of a claim and, for numbers and counted hosts, how many it stands for."""

    text: str
    count: Interval | None = None


def read_structured(
    path: Path, mapping: str | Path, *, stats: ReadingStats, limits: Limits | None = None
) -> Iterator[tuple[Report, list[Claim]]]:
    """The rows of a set, each as a report with its claims.

    Args:
        path: JSON lines or CSV, also packed with gzip.
        mapping: the name of a shipped mapping or the path of one.
        limits: longer lines are skipped.
        stats: counts the rows read as reports; rows without an id or any claim are skipped, and names of states that
            nobody knows are counted.

    Raises:
        InputError: the file or the mapping is missing or malformed.
    """
    rules = load_mapping(mapping)
    reader = _SetReader(rules, stats, str(path))
    for number, row in _rows(path, stats, limits or Limits(), rules.columns()):
        try:
            report, claims = reader.read(row)
        except KeyError as error:
            stats.skip(str(path), f"the row has no {error.args[0]}, of which its id is made", line=number, kind="no id")
            continue
        except ValueError as error:
            stats.skip(str(path), f"the row does not fit the mapping: {error}", line=number, kind="row does not fit")
            continue
        if not claims:
            stats.skip(str(path), "no claim is mapped from the row", line=number)
            continue
        stats.reports += 1
        yield report, claims


def _rows(path: Path, stats: ReadingStats, limits: Limits, columns: set[str]) -> Iterator[tuple[int, Row]]:
    try:
        with path.open("rb") as raw:
            stream = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw
            if {".csv", ".tsv"} & set(path.suffixes):
                with io.TextIOWrapper(stream, "utf-8-sig", newline="") as lines:
                    yield from _table(lines, path, columns)
                return
            for number, line in bounded_lines(stream, limits.line):  # type: ignore[arg-type]
                row = _decoded(line)
                if isinstance(row, dict):
                    yield number, row
                elif line is None or line.strip():
                    stats.skip(str(path), "not an object in JSON", line=number)
    except (OSError, UnicodeDecodeError, csv.Error, EOFError) as error:
        raise InputError(f"{path} cannot be read ({error}); give JSON lines or CSV in UTF-8") from error


def _table(lines: io.TextIOWrapper, path: Path, columns: set[str]) -> Iterator[tuple[int, Row]]:
    """The rows of a table separated by commas, semicolons or tabs.

    Raises:
        InputError: a column is missing.
    """
    header = lines.readline()
    names = next(csv.reader([header], delimiter=separator_of(header)), [])
    if missing := sorted(columns - set(names)):
        there = ", ".join(names[:12]) or "none"
        raise InputError(f"{path} has no column {missing[0]} (its columns: {there}); name it as the mapping does")
    table = csv.DictReader(lines, names, delimiter=separator_of(header))
    yield from ((table.line_num + 1, row) for row in table)


def _decoded(line: bytes | None) -> object:
    try:
        return msgspec.json.decode(line) if line and line.strip() else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


class _SetReader:
    """One set's mapping at work."""

    def __init__(self, mapping: SetMapping, stats: ReadingStats, where: str) -> None:
        self.mapping = mapping
        self.stats = stats
        self.where = where

    def read(self, row: Row) -> tuple[Report, list[Claim]]:
        """The report and claims of a row.

        Raises:
            KeyError: a column of the id is missing.
            ValueError: a value breaks the codebook.
        """
        fields = {name: self._first(rule, row) for name, rule in self.mapping.report.items()}
        published = self._interval(self.mapping.report.get("published"), row)
        day = published.first if published and published.days == 1 else None
        identifier = self.mapping.id.format_map(row)
        text = fields.get("text")
        report = Report(
            id=identifier,
            # Sets repeat themselves word for word: the row's id tells such records apart.
            text=f"{text}\n\n{self.mapping.name}: {identifier}" if text else "",
            title=fields.get("title"),
            publisher=self.mapping.name,
            published=day,
            published_from="given" if day else None,
            url=fields.get("url"),
        )
        return report, [claim for rule in self.mapping.claims for claim in self._claims(rule, row, report)]

    def _claims(self, rule: ClaimRule, row: Row, report: Report) -> Iterator[Claim]:
        if not all(set(_cells(row.get(column), None)) & set(allowed) for column, allowed in rule.only.items()):
            return
        columns: dict[str, list[_Value | None]] = {
            name: [*self._values(value, row)] or [None] for name, value in rule.values.items() if value.kind != "day"
        }
        when = self._interval(rule.values.get("when"), row)
        names = list(columns)
        for chosen in product(*columns.values()):
            fields = {name: value.text for name, value in zip(names, chosen, strict=True) if value is not None}
            count = next((value.count for value in chosen if value is not None and value.count is not None), None)
            count = count or _number(fields.get("count", ""))
            origin = fields.pop("origin", None)
            chain = [origin, self.mapping.name] if origin else [self.mapping.name]
            entry: dict[str, object] = {
                **fields,
                "source_chain": chain,
                "origin_state": fields.pop("origin_state", None),
            }
            entry["count"] = count.to_list() if count is not None else None
            entry["when"] = when.to_list() if when else None
            entry["reader"] = f"set ({self.mapping.name})"
            yield Claim.from_dict(entry, report.id, report.published, report.publisher)

    def _first(self, rule: ValueRule, row: Row) -> str | None:
        return next((value.text for value in self._values(rule, row)), None)

    def _values(self, rule: ValueRule, row: Row) -> list[_Value]:
        """The values that a rule finds in a row: at most one, unless it asks for each."""
        if rule.constant is not None:
            return [_Value(rule.constant)]
        cells = [cell for cell in _cells(row.get(rule.column or ""), rule.split) if cell not in rule.skip]
        if rule.kind == "count":
            return [_Value("", Interval.exact(len(cells)))] if cells else []
        if rule.kind == "number":
            return self._numbers(cells)
        if rule.kind == "hosts":
            counted = Counter(map(_state_of_host, cells)).items()
            return [_Value(state, Interval.exact(count)) for state, count in counted if state]
        if rule.kind == "named":
            cells = [mention.code for cell in cells for mention in find_mentions(cell) if mention.code in states()]
        found = list(dict.fromkeys(text for cell in cells if (text := self._text(rule, cell))))
        if not found and rule.default is not None:
            found = [rule.default]
        chosen = found if rule.each else found[:1] if rule.first or len(found) == 1 else []
        return [_Value(text) for text in chosen]

    def _numbers(self, cells: list[str]) -> list[_Value]:
        found = [_number(cell) for cell in cells]
        self.stats.unread_values += sum(number is None for number in found)
        return [_Value("", number) for number in found if number is not None][:1]

    def _text(self, rule: ValueRule, cell: str) -> str | None:
        cell = _bare(cell, rule.without)
        if rule.longest is not None and len(cell) > rule.longest:
            return None
        if rule.map:
            return rule.map.get(cell)
        if rule.kind in ("text", "named"):
            return cell
        name = cell.casefold().removeprefix("the ")
        state = self.mapping.names.get(name) or _state_names().get(name)
        if state is None and rule.kind == "state":
            self.stats.unknown_states += 1
        return state or (cell if rule.kind == "party" else None)

    def _interval(self, rule: ValueRule | None, row: Row) -> DateInterval | None:
        """The days that a cell means; None for none, or one that is no date in the rule's format."""
        if rule is None or rule.column is None:
            return None
        cells = [cell for cell in _cells(row.get(rule.column), rule.split) if cell not in rule.skip]
        for cell in cells:
            try:
                day = datetime.strptime(cell, rule.format).date()
            except ValueError:
                continue
            return _widened(day) if rule.widen else DateInterval.day(day)
        self.stats.unread_values += bool(cells)
        return None


def _number(cell: str) -> Interval | None:
    """The number that a cell gives, in figures or words."""
    plain = _FIGURES.fullmatch(cell)
    if plain:
        return Interval.exact(int(plain[1]))
    found = [quantity.interval for quantity in find_quantities(cell) if quantity.interval is not None]
    return found[0] if len(found) == 1 else None


def _bare(cell: str, openings: tuple[str, ...]) -> str:
    """The cell without the longest of the openings it has, and without a full stop where it had one."""
    found = max((opening for opening in openings if cell.lower().startswith(opening.lower())), key=len, default="")
    return cell[len(found) :].strip().rstrip(".") if found else cell


def _widened(day: date) -> DateInterval:
    if day.day > 1:
        return DateInterval.day(day)
    return DateInterval.year(day.year) if day.month == 1 else DateInterval.month(day.year, day.month)


def _cells(value: object, split: str | None) -> list[str]:
    """The texts in a cell: a list's items, or the parts of a text; blanks are left out."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    parts = [part for item in items for part in (str(item).split(split) if split else [str(item)])]
    return [part.strip() for part in parts if part.strip()]


def _state_of_host(host: str) -> str | None:
    """The state of a country's top-level domain; None for others."""
    last = host.rstrip(".").rsplit(".", 1)[-1].lower()
    code = _TOP_LEVEL.get(last, last.upper())
    return code if code in states() or code == "EU" else None


@cache
def _state_names() -> Mapping[str, str]:
    """Codes of states by their names in small letters."""
    return {
        name.casefold(): code for code, state in states().items() for name in (state.name, *state.other_names, code)
    }
