"""An Atom feed of a filter (RFC 4287): the incidents that the newest claims tell, those told last first."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from nongrata.ledger import IncidentFilter, LedgerView
from nongrata.ledger.arrivals import Arrival, arrivals
from nongrata.web.templating import segment
from nongrata.web.words import sentence_of

ENTRIES = 50
_ATOM = "http://www.w3.org/2005/Atom"


def feed_of(view: LedgerView, only: IncidentFilter, base: str, own: str) -> bytes:
    """The feed.

    Args:
        view: the ledger.
        only: which incidents.
        base: the server's address.
        own: the feed's address.
    """
    with view.reading() as connection:
        found = arrivals(connection, only, ENTRIES)
    Xml.register_namespace("", _ATOM)
    feed = Xml.Element(f"{{{_ATOM}}}feed")
    _text(feed, "id", own)
    _text(feed, "title", "nongrata: incidents that came in last")
    _text(feed, "updated", _moment(found[0].at if found else datetime(1970, 1, 1, tzinfo=UTC)))
    Xml.SubElement(feed, f"{{{_ATOM}}}link", rel="self", href=own)
    author = Xml.SubElement(feed, f"{{{_ATOM}}}author")
    _text(author, "name", "nongrata ledger")
    for arrival in found:
        _entry(feed, arrival, base)
    text: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def _entry(feed: Xml.Element, arrival: Arrival, base: str) -> None:
    incident = arrival.incident
    entry = Xml.SubElement(feed, f"{{{_ATOM}}}entry")
    address = f"{base}/incidents/{segment(incident.id)}"
    _text(entry, "id", f"urn:nongrata:incident:{incident.id}")
    _text(entry, "title", sentence_of(incident))
    _text(entry, "updated", _moment(arrival.at))
    Xml.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=address)
    Xml.SubElement(entry, f"{{{_ATOM}}}category", term=incident.type)
    reports, origins = len(incident.reports), incident.independent_origins
    _text(entry, "summary", f"{reports} reports, {origins} independent origins. {incident.credibility_reason}")


def _text(parent: Xml.Element, name: str, words: str) -> None:
    """An element with a text, without the characters that XML 1.0 does not know."""
    Xml.SubElement(parent, f"{{{_ATOM}}}{name}").text = "".join(c for c in words if c.isprintable() or c in "\n\t")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
