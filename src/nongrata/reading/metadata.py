"""What a page says of itself: title, publisher, day of publication and where it stands, language, address, author."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from nongrata.reading.days import day_of_address, parse_day
from nongrata.reading.pagewords import page_words
from nongrata.reading.plain import host_of

if TYPE_CHECKING:
    from resiliparse.parse.html import ElementNode, HTMLTree

_ARTICLE_TYPES = re.compile(r"Article|NewsReport|Report|BlogPosting|Posting|Review|Statement")
_DATE_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_SUFFIX = re.compile(r"\s+(?:[-–—|·•»:]|\|\|)\s+(?=[^-–—|·•»]{2,40}$)")
_LONGEST_JSON = 2_000_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """A page's statements about itself; ``published_from`` is "json-ld", "opengraph", "meta", "time" or "address"."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_from: str | None = None
    updated: date | None = None
    url: str | None = None
    lang: str | None = None
    author: str | None = None


def read_metadata(tree: HTMLTree, url: str | None = None) -> Metadata:
    """The metadata of a ``resiliparse`` HTML tree.

    The day is the one of publication, never of a change: JSON-LD ``datePublished``, then OpenGraph, then other meta
    elements, then the first ``<time>`` of the article, then the address.
    """
    metas = _metas(tree)
    linked = _json_ld(tree)
    address = _canonical(tree, metas, url)
    published, source = _published(tree, metas, linked, address)
    headline = _plain(linked.get("headline"))
    title = metas.get("og:title") or headline or _heading(tree) or metas.get("twitter:title") or _title(tree)
    publisher = _publisher(metas, _name(linked.get("publisher")), address)
    return Metadata(
        title=_without_suffix(title, publisher) if title else None,
        publisher=publisher,
        published=published,
        published_from=source,
        updated=parse_day(str(linked.get("dateModified") or metas.get("article:modified_time") or "")),
        url=address,
        lang=_language(tree, metas),
        author=_name(linked.get("author")) or metas.get("author") or metas.get("article:author"),
    )


def _select(tree: HTMLTree, selector: str) -> Sequence[ElementNode]:
    # All at once: taken one by one, each costs as much as all.
    return tree.document.query_selector_all(selector).values() if tree.document is not None else ()


def _metas(tree: HTMLTree) -> dict[str, str]:
    """The first content of each meta element by its property, name or itemprop in lower case."""
    found: dict[str, str] = {}
    for meta in _select(tree, "meta"):
        key = meta.getattr("property") or meta.getattr("name") or meta.getattr("itemprop")
        content = _plain(meta.getattr("content"))
        if key and content:
            found.setdefault(key.lower(), content)
    return found


def _json_ld(tree: HTMLTree) -> dict[str, object]:
    """The JSON-LD object of the article: the first of an article's type, else the first with a day of publication."""
    objects: list[dict[str, object]] = []
    for script in _select(tree, 'script[type="application/ld+json"]'):
        source = script.text or ""
        if 2 < len(source) < _LONGEST_JSON:
            objects.extend(_objects(_loads(source)))
    dated = [item for item in objects if isinstance(item.get("datePublished"), str)]
    articles = [item for item in objects if _ARTICLE_TYPES.search(str(item.get("@type")))]
    return next(iter([item for item in articles if item in dated] + articles + dated), {})


def _loads(source: str) -> object:
    """The JSON of a script, as forgiving as browsers are; a bare day when it cannot be parsed."""
    source = re.sub(r"^\s*(?:<!--|/\*.*?\*/|//[^\n]*\n|<!\[CDATA\[)+", "", source, flags=re.DOTALL)
    source = re.sub(r"(?:-->|//\]\]>|\]\]>|;)\s*$", "", source.strip())
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        match = _DATE_PUBLISHED.search(source)
        return {"datePublished": match[1]} if match else None


def _objects(value: object, depth: int = 0) -> Iterator[dict[str, object]]:
    if depth > 5:
        return
    if isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), depth + 1)
    elif isinstance(value, list):
        for item in value[:100]:
            yield from _objects(item, depth + 1)


def _published(
    tree: HTMLTree, metas: dict[str, str], linked: dict[str, object], address: str | None
) -> tuple[date | None, str | None]:
    candidates: list[tuple[str, str | None]] = [("json-ld", _string(linked.get("datePublished")))]
    candidates += [
        ("opengraph", metas.get(key)) for key in ("article:published_time", "og:published_time", "og:pubdate")
    ]
    candidates += [("meta", metas.get(key)) for key in page_words().published]
    candidates += [("time", value) for value in _times(tree)]
    for source, value in candidates:
        day = parse_day(value) if value else None
        if day:
            return day, source
    day = day_of_address(_path(address)) if address else None
    return day, "address" if day else None


def _path(address: str) -> str:
    """The path of an address; none where the address is malformed."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _times(tree: HTMLTree) -> Iterator[str]:
    """Days in the article's own elements: itemprop, then the first ``<time>`` inside it or before it."""
    for node in _select(tree, '[itemprop="datePublished"]')[:3]:
        yield node.getattr("content") or node.getattr("datetime") or node.text or ""
    for selector in ("article time", "main time", "time"):
        for node in _select(tree, selector)[:1]:
            if "modif" not in (node.getattr("class") or "") and node.getattr("itemprop") != "dateModified":
                yield node.getattr("datetime") or node.text or ""


def _canonical(tree: HTMLTree, metas: dict[str, str], url: str | None) -> str | None:
    links = _select(tree, 'link[rel="canonical"]')
    href = (links[0].getattr("href") if links else None) or metas.get("og:url")
    try:
        address = urljoin(url or "", href.strip()) if href else url
        parts = urlsplit(address or "")
    except ValueError:
        return url
    return address if parts.scheme in ("http", "https") and parts.hostname else url


def _language(tree: HTMLTree, metas: dict[str, str]) -> str | None:
    html = _select(tree, "html")
    value = (html[0].getattr("lang") if html else None) or metas.get("og:locale") or metas.get("content-language") or ""
    match = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", value.strip())
    return match[0].lower() if match else None


def _publisher(metas: dict[str, str], linked: str | None, address: str | None) -> str | None:
    """The outlet's name: the site's, in JSON-LD's spelling where both mean the same.

    Where they differ the site's name counts: outlets name the agency in JSON-LD whose story they carry.
    """
    host = _key(host_of(address) or "")
    site = next(
        (name for name in (metas.get("og:site_name"), metas.get("application-name")) if _is_name(name, host)), None
    )
    site = site.split(" | ")[0] if site else None
    if not linked or not _is_name(linked, host):
        return site
    same = any(_key(linked) in other or other in _key(linked) for other in (_key(site or ""), host) if other)
    return linked if site is None or same else site


def _is_name(name: str | None, host: str) -> bool:
    """Not an address or account, and no section called "U.S."."""
    if not name or re.match(r"https?:|@|\w+\.\w+/", name):
        return False
    return len(name) <= 60 and (len(_key(name)) > 3 or _key(name) in host)


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold().removeprefix("the "))


def _heading(tree: HTMLTree) -> str | None:
    for selector in ("article h1", "h1"):
        for node in _select(tree, selector):
            text = _plain(node.text)
            if text:
                return text
    return None


def _title(tree: HTMLTree) -> str | None:
    return _plain(tree.title)


def _without_suffix(title: str, publisher: str | None) -> str:
    """The title without the outlet's name after a dash or bar."""
    match = _SUFFIX.search(title)
    if match is None:
        return title
    suffix = title[match.end() :].casefold().removeprefix("the ")
    known = (publisher or "").casefold().removeprefix("the ")
    named = known and (suffix in known or known in suffix)
    return title[: match.start()] if named or ("|" in match[0] and match.start() > 25) else title


def _name(value: object) -> str | None:
    if isinstance(value, list):
        names = [name for name in (_name(item) for item in value[:10]) if name]
        return ", ".join(names) or None
    return _plain(value.get("name") if isinstance(value, dict) else value)


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _plain(value: object) -> str | None:
    """Text with entities resolved and white space closed up; None for anything empty or no text."""
    return (" ".join(unescape(value).split()) or None) if isinstance(value, str) else None
