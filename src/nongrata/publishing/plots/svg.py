"""Drawing in SVG: elements as text, scales, and the frame that every plot has.

Colours are presentation attributes, so that a page's style sheet (by the classes ``paper``, ``ink``, ``faint``,
``rule``, ``bar``, ``curve``) has the last word and a policy without inline styles has nothing to object to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from nongrata.model.harmless import harmless

Number = float | int
Scale = Callable[[float], float]

INK, FAINT, MARK, CHANCE, OTHER = "#2b2b2b", "#8a8a8a", "#1f5f8b", "#c9b458", "#b4532a"
_CLASSES = {INK: "rule", FAINT: "rule", MARK: "curve"}
FONT = "system-ui, sans-serif"
"""Of all text; sizes are in the units of the plot, about pixels."""


def element(name: str, *children: str, **attributes: Number | str) -> str:
    """An element; ``_`` in a name of an attribute stands for ``-`` and one at its end for nothing (``class_``)."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_number(value))}" for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def _number(value: Number | str) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".rstrip("0").rstrip(".")


def _written(words: str) -> str:
    # XML has no place for halves of surrogate pairs and two further code points.
    fit = harmless(words).encode("utf-8", "replace").decode("utf-8")
    return escape(fit.translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}))


def text(words: str, x: float, y: float, *, size: float = 12, anchor: str = "start", faint: bool = False) -> str:
    """Words, harmless and escaped."""
    return element(
        "text", _written(words), x=x, y=y, font_size=size, text_anchor=anchor,
        class_="faint" if faint else "ink", fill=FAINT if faint else INK,
    )  # fmt: skip


def line(x1: float, y1: float, x2: float, y2: float, *, colour: str = INK, width: float = 1, dashes: str = "") -> str:
    """A straight line."""
    extra: dict[str, str] = {"stroke_dasharray": dashes} if dashes else {}
    if colour in _CLASSES:
        extra["class_"] = _CLASSES[colour]
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, **extra)


def bar(x: float, y: float, width: float, height: float, *, colour: str = MARK, opacity: float = 1) -> str:
    """A filled rectangle."""
    return element(
        "rect", x=x, y=y, width=max(width, 0.5), height=height, fill=colour, fill_opacity=f"{opacity:g}",
        class_="bar" if colour == MARK else "other",
    )  # fmt: skip


def dot(x: float, y: float, *, radius: float = 3.5, colour: str = MARK, hollow: bool = False) -> str:
    """A dot; a hollow one stands for what is not certain."""
    return element("circle", cx=x, cy=y, r=radius, fill="none" if hollow else colour, stroke=colour, stroke_width=1.5)


def path(points: Sequence[tuple[float, float]], *, colour: str = MARK, width: float = 2, dashes: str = "") -> str:
    """A line through points."""
    extra: dict[str, str] = {"stroke_dasharray": dashes} if dashes else {}
    steps = " ".join(f"{'L' if at else 'M'}{_number(x)},{_number(y)}" for at, (x, y) in enumerate(points))
    if colour in _CLASSES:
        extra["class_"] = _CLASSES[colour]
    return element("path", d=steps, fill="none", stroke=colour, stroke_width=width, **extra)


def area(points: Sequence[tuple[float, float]], *, colour: str = CHANCE, opacity: float = 0.35) -> str:
    """A filled shape."""
    corners = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
    return element("polygon", points=corners, fill=colour, fill_opacity=f"{opacity:g}")


def scale(low: float, high: float, begin: float, end: float) -> Scale:
    """A straight scale from values to places."""
    span = high - low or 1.0
    return lambda value: begin + (value - low) / span * (end - begin)


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot's size and what it is called; ``says`` is read out where the picture cannot be seen."""

    title: str
    says: str
    width: float = 720
    height: float = 320

    def drawn(self, *parts: str) -> str:
        """The whole picture."""
        return element(
            "svg",
            element("title", _written(self.title)),
            element("desc", _written(self.says)),
            element("rect", x=0, y=0, width=self.width, height=self.height, fill="#ffffff", class_="paper"),
            text(self.title, 12, 22, size=14),
            *parts,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {_number(self.width)} {_number(self.height)}",
            role="img",
            font_family=FONT,
            class_="plot",
        )
