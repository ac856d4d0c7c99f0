"""A page of the observatory as a file: links lead to other files, what needs a server or a script is left out."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser

Found = Callable[[str, bool], str | None]
"""From an address on a page, and whether it is a next page, to the file that it becomes; None for no file."""

ORIGIN = "http://localhost"
"""Where the application believes to be while it is asked for its pages."""
_OWN = re.compile(re.escape(ORIGIN) + r'(/[^"\\\s<]*)')
_LEFT_OUT = frozenset({"form", "button", "input", "select"})
_NEEDS_A_SERVER = ("hx-", "data-card")
_EMPTY = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


class _Still(HTMLParser):
    """Writes a page anew, tag by tag; what is not touched stays as it was, to the character."""

    def __init__(self, file: str, found: Found, banner: str, base: str) -> None:
        super().__init__(convert_charrefs=False)
        self._base = base
        self._folder = posixpath.dirname(file)
        self._found = found
        self._banner = banner
        self._skipped: list[str] = []
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raw = self.get_starttag_text() or ""
        if self._skipped or self._is_left_out(tag, attrs):
            if tag not in _EMPTY and not raw.endswith("/>"):
                self._skipped.append(tag)
            return
        if any(name in ("href", "src") or name.startswith(_NEEDS_A_SERVER) for name, _ in attrs):
            raw = self._rewritten(tag, attrs, closed=raw.endswith("/>"))
        self.parts.append(raw)
        if tag == "body":
            self.parts.append(self._banner.replace("{root}", posixpath.relpath(".", self._folder or ".")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self._skipped:
            self.parts.append(f"</{tag}>")
        elif tag in self._skipped:
            while self._skipped.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._keep(_OWN.sub(self._address, data))

    def _address(self, match: re.Match[str]) -> str:
        """The address of a page as data and text tell it."""
        file = self._found(match[1], False)
        return match[0] if file is None else self._base + file

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._keep(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._keep(f"<!{decl}>")

    def _keep(self, text: str) -> None:
        if not self._skipped:
            self.parts.append(text)

    def _is_left_out(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> bool:
        given = dict(attrs)
        if tag == "script":
            return given.get("type") != "application/ld+json"
        return (
            tag in _LEFT_OUT
            or (tag == "meta" and given.get("name") == "htmx-config")
            or (tag == "link" and given.get("rel") == "canonical")
        )

    def _rewritten(self, tag: str, attrs: Sequence[tuple[str, str | None]], *, closed: bool) -> str:
        kept = []
        is_next = ("rel", "next") in attrs
        for name, value in attrs:
            if name.startswith(_NEEDS_A_SERVER):
                continue
            if name in ("href", "src") and value is not None:
                value = self._target(value, is_next)
                if value is None:
                    continue
            kept.append(name if value is None else f'{name}="{html.escape(value)}"')
        return f"<{' '.join([tag, *kept])}{'/' if closed else ''}>"

    def _target(self, address: str, is_next: bool) -> str | None:
        """Where a link leads from this file; None where it leads to nothing that is kept."""
        if not address.startswith("/"):
            return address
        path, mark, fragment = address.partition("#")
        file = self._found(path, is_next)
        return None if file is None else posixpath.relpath(file, self._folder or ".") + mark + fragment


def still_page(text: str, file: str, found: Found, banner: str, base: str = "") -> str:
    """The page as a file.

    Args:
        text: the page's HTML.
        file: the path it will have below the folder of all files.
        found: gives the file of an address.
        banner: HTML that opens the body; ``{root}`` in it becomes the way to the folder of all files.
        base: address under which the folder will stand, for the data about the page; it ends with a slash, or is empty.
    """
    parser = _Still(file, found, banner, base)
    parser.feed(text)
    parser.close()
    return "".join(parser.parts)
