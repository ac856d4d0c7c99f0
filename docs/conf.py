"""How Sphinx makes the site: ``make docs``. Pages are Markdown that GitHub shows as well."""

from __future__ import annotations

import posixpath
import re

from sphinx.application import Sphinx

from nongrata import __version__

project = "nongrata"
author = "The nongrata authors"
copyright = "The nongrata authors"
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"nongrata {__version__}"
html_copy_source = False
suppress_warnings = ["myst.header"]  # the page of accuracy puts tables of sets under its title
exclude_patterns = ["*.template.md"]
myst_heading_anchors = 4
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
napoleon_numpy_docstring = False

REPOSITORY = "https://github.com/nongrata/nongrata/blob/main/"
_LINK = re.compile(r"\]\((?!\w+://|#)([^)\s#]+)(#[^)\s]*)?\)")


def _outward(page: str, text: str) -> str:
    """A page's text with its links to files outside ``docs/`` leading to the repository."""
    folder = posixpath.dirname(posixpath.join("docs", page))

    def target(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, match[1]))
        if path.startswith("docs/") and path.endswith((".md", ".svg")):
            return match[0]
        return f"]({REPOSITORY}{path}{match[2] or ''})"

    return _LINK.sub(target, text)


def _read(app: Sphinx, page: str, source: list[str]) -> None:
    source[0] = _outward(page, source[0])


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", _read)
