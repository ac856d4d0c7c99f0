"""A dated, self-contained snapshot of a ledger: the public pages as files, the data package, and the hashes of all."""

from __future__ import annotations

import hashlib
import html
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from nongrata._version import __version__
from nongrata.ledger import ClaimFilter, IncidentFilter, LedgerView
from nongrata.model import InputError, LedgerError
from nongrata.publishing import Loss, Options, export
from nongrata.publishing.sinks import unwritable
from nongrata.web.still import StillSite, write_site

_README = """\
A snapshot of a nongrata ledger, taken {moment} with nongrata {version}.

index.html       the pages, for any browser, without a server and without a script
data/            the same as a Frictionless data package: incidents.csv, claims.csv, claims.jsonl, datapackage.json
snapshot.json    what this is, in figures
SHA256SUMS       the hashes of all other files: sha256sum -c SHA256SUMS

A claim is an allegation by the voices in its chain. The coding is under {licence}; texts are their publishers'.
"""

_STYLE = (
    ".snapshot{margin:0;padding:.5rem 1.5rem;background:#fdf3d8;color:#3a2c00;font-size:.9rem}"
    "a:not([href]){color:inherit;text-decoration:none;border:0;cursor:default}"
    ".hint,.exports,.switch{display:none}"
)
"""Where a link leads nowhere without a server, it does not look like one."""


@dataclass(frozen=True, slots=True)
class Archived:
    """A snapshot: where it lies, its pages, what the data package could not carry, and the hash of its list of hashes.

    ``sha256`` names the whole snapshot: cite it.
    """

    folder: Path
    site: StillSite
    losses: tuple[Loss, ...]
    sha256: str


def take(
    place: str,
    out: Path,
    only: IncidentFilter,
    *,
    licence: str = "CC-BY-4.0",
    url: str = "",
    told: Callable[[int], None] = lambda done: None,
) -> Archived:
    """Take a snapshot of a ledger whose incidents are up to date.

    Args:
        place: the ledger.
        out: the folder to make; it must not be there, or be empty.
        only: the incidents to keep, with their claims and reports.
        licence: of the coding.
        url: where the snapshot will be published, if that is known.
        told: is called with how many files are written.

    Raises:
        InputError: the folder is there, or cannot be made.
        MissingExtraError: the extra ``web`` is not installed.
        LedgerError: the ledger cannot be read, or changed meanwhile.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is there already: give the snapshot a new folder")
    now = datetime.now(UTC).replace(microsecond=0)
    part = out.with_name(out.name + ".part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        with LedgerView.open(place) as view:
            before = view.marks()
            site = write_site(place, part, _banner(now.date()), only, _with_slash(url), told)
            losses = export(view, "package", part / "data", Options(_as_claims(only), licence=licence)).losses
            if view.marks() != before:
                raise LedgerError("the ledger changed while the snapshot was taken: run it again, or on a backup")
            counts = view.counts()
        (part / "README.txt").write_text(
            _README.format(moment=now.isoformat(), version=__version__, licence=licence), encoding="utf-8"
        )
        facts = {
            "taken": now.isoformat(),
            "nongrata": __version__,
            "url": url or None,
            "ledger": counts,
            "kept": {"incidents": site.incidents, "reports": site.reports, "files": len(site.files)},
        }
        (part / "snapshot.json").write_bytes(msgspec.json.format(msgspec.json.encode(facts), indent=2) + b"\n")
        sums = _sums(part)
        (part / "SHA256SUMS").write_bytes(sums)
        if out.exists():
            out.rmdir()
        os.replace(part, out)
    except OSError as error:
        raise unwritable(out, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Archived(out, site, losses, hashlib.sha256(sums).hexdigest())


def _as_claims(only: IncidentFilter) -> ClaimFilter:
    """The same choice for the data package, whose tables of incidents and claims share one filter."""
    return ClaimFilter(
        types=only.types,
        actors=only.actors,
        targets=only.targets,
        since=only.since,
        until=only.until,
        credibility=only.credibility,
    )


def _banner(day: date) -> str:
    words = f"Snapshot of {day.isoformat()}. The ledger may have grown or been corrected since."
    data = '<a href="{root}/data/datapackage.json">the data</a>, <a href="{root}/README.txt">what this is</a>'
    return f'<style>{_STYLE}</style><p class="snapshot" role="note">{html.escape(words)} Beside it: {data}.</p>'


def _with_slash(url: str) -> str:
    return url if not url or url.endswith("/") else url + "/"


def _sums(folder: Path) -> bytes:
    """The hashes of all files below a folder, as ``sha256sum`` writes them."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths]
    return "".join(lines).encode("utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
