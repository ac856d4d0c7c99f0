"""Templates: every value is escaped; an answer is a page with what every page knows."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.responses import HTMLResponse

from nongrata._version import __version__
from nongrata.model.wording import days, number, parties, plural, sureness
from nongrata.publishing.parties import state_name
from nongrata.web import words
from nongrata.web.navigation import NAVIGATION
from nongrata.web.query import address
from nongrata.web.statics import static

_BREAK = 8


@cache
def environment() -> Environment:
    """The templates, with the filters that they use."""
    made = Environment(
        loader=PackageLoader("nongrata.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        days=days,
        figure=figure,
        number=number,
        plural=lambda count, noun: plural(count, noun),
        state_name=lambda code: state_name(code) if code else "",
        sureness=sureness,
        type_words=words.type_words,
        segment=segment,
        safe_url=safe_url,
        day_in_words=words.day_in_words,
    )
    made.globals.update(
        version=__version__,
        NAVIGATION=NAVIGATION,
        static=static,
        address=address,
        parties=parties,
        DAY_FROM=words.DAY_FROM,
        SURE=words.SURE,
        CREDIBILITY=words.CREDIBILITY,
        RELIABILITY=words.RELIABILITY,
    )
    return made


def figure(value: object) -> str:
    """A value of a table; a whole number without a point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def segment(text: str) -> str:
    """A text as one segment of a path: an id or name may hold any character."""
    return quote(text, safe="")


def safe_url(url: str | None) -> str | None:
    """An address that may be linked to: http and https alone; None for all others, which are shown as text."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def page(request: Request, name: str, *, status: int = 200, **context: Any) -> HTMLResponse:  # noqa: ANN401  whatever a template needs
    """Render a template as an answer.

    Args:
        request: what is answered.
        name: the template's file.
        status: the HTTP status.
        **context: what the template is about; ``here`` is the part of the navigation that it belongs to.
    """
    who = getattr(request.state, "principal", None)
    shared = {
        "request": request,
        "may_read": who is not None or request.app.state.settings.is_open,
        "here": "",
        "ledger": request.app.state.shelf,
        "who": who,
    }
    return HTMLResponse(environment().get_template(name).render(shared | context), status_code=status)


def fragment(name: str, **context: Any) -> Markup:  # noqa: ANN401  whatever a template needs
    """Render a template as a part of pages, the same for everybody."""
    return Markup(environment().get_template(name).render(context))  # noqa: S704  the template escapes its values


def package_text(name: str) -> str:
    """A file of the package ``web``."""
    return files("nongrata.web").joinpath(name).read_text(encoding="utf-8")
