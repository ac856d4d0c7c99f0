"""News outlets, wires, fact-checkers, think tanks and platforms (``outlets.tsv``)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from nongrata.vocabulary.tables import read_text, rows, values

KINDS = (
    "wire",
    "daily",
    "weekly",
    "broadcaster",
    "radio",
    "online",
    "magazine",
    "thinktank",
    "fact-checker",
    "government",
    "platform",
)
"""What an outlet can be; a "platform" (Telegram, X) carries others' words and has none of its own."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet under its usual English name; a namesake has its place in brackets ("The Star (Kenya)").

    ``aliases`` are other spellings, short forms and domain names. ``kind`` is one of ``KINDS``, ``language`` an ISO
    639-1 code, ``state`` the ISO alpha-2 code of the seat. ``family`` is the owner that several outlets share, None
    when none is known. ``wire`` is true when others republish it. ``weak`` holds those of its forms that are common
    words ("Time", "Today") and stand for it only next to a cue.
    """

    name: str
    aliases: tuple[str, ...]
    kind: str
    language: str
    state: str
    family: str | None
    wire: bool
    weak: frozenset[str]

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


@cache
def outlets() -> Mapping[str, Outlet]:
    """All outlets by name; read-only.

    Raises:
        VocabularyError: the file breaks its format.
    """
    return MappingProxyType(
        {
            row["name"]: Outlet(
                name=row["name"],
                aliases=values(row["aliases"]),
                kind=row["kind"],
                language=row["language"],
                state=row["state"],
                family=row["family"] or None,
                wire=row["wire"] == "1",
                weak=frozenset(values(row["weak"])),
            )
            for row in rows("outlets.tsv")
        }
    )


def outlet(name: str) -> Outlet | None:
    """The outlet of that name, alias, domain name or web address; None for an unknown one.

    Capitals, accents, typographic apostrophes and a leading "The" make no difference. A subdomain stands for its domain
    ("edition.cnn.com").
    """
    table = _by_form()
    key = _folded(name)
    found = table.get(key) or table.get(key.removeprefix("the "))
    if found is None and "." in key and " " not in key:
        host = key.split("://")[-1].split("/")[0].split(":")[0]
        while found is None and "." in host:
            found = table.get(host)
            host = host.partition(".")[2]
    return outlets()[found] if found else None


_DESCRIPTORS = (" newspaper", " magazine", " news agency", " daily", " weekly", " television", " Telegram channel")
"""What an alias may add to a name so that it can be looked up; in a text the name alone is the mention."""


def surface_forms() -> list[tuple[str, str, bool]]:
    """Every form as it may stand in a text, with the outlet's name and whether the form is weak; no form twice.

    "The Brussels Times" is also found as "Brussels Times", "Hürriyet" as "Hurriyet". A form with a place in brackets
    sets the outlet apart from a namesake, stands in hardly any text, and is left out.
    """
    found: dict[str, tuple[str, bool]] = {}
    added: list[tuple[str, str, bool]] = []
    # Straight from the file, without building rows: this runs in every short-lived process that reads a report.
    for line in _lines():
        name, aliases, *_, weak = line.split("\t")
        weak_forms = weak.split("|") if weak else ()
        forms = (name, *aliases.split("|")) if aliases else (name,)
        for form in forms:
            if form.endswith(_DESCRIPTORS) and any(form == other + tail for other in forms for tail in _DESCRIPTORS):
                continue
            if form[-1] == ")":
                continue
            is_weak = form in weak_forms
            found[form] = (name, is_weak)
            if not form.isascii():
                added.append((_plain(form), name, is_weak))
            if form.startswith("The ") and form.count(" ") > 1 and not is_weak:
                added.append((form[4:], name, False))
    for form, name, is_weak in added:
        found.setdefault(form, (name, is_weak))
    return [(form, name, is_weak) for form, (name, is_weak) in found.items()]


def _lines() -> list[str]:
    kept = [line for line in read_text("outlets.tsv").splitlines() if line and not line.startswith("#")]
    return kept[1:]


def _plain(form: str) -> str:
    """The form without accents and with straight apostrophes."""
    decomposed = unicodedata.normalize("NFKD", form.replace("’", "'").replace("ı", "i").replace("ł", "l"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _folded(form: str) -> str:
    return " ".join(_plain(form).casefold().split())


@cache
def _by_form() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in outlets().values():
        for form in row.forms:
            table.setdefault(_folded(form), row.name)
    for row in outlets().values():
        for form in row.forms:
            table.setdefault(_folded(form).removeprefix("the "), row.name)
    return table
