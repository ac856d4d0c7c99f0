"""Imports run one way: a package imports from those before it in ``ORDER``, never from those after it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "nongrata"
ORDER = [
    "model",
    "vocabulary",
    "language",
    "reading",
    "extraction",
    "resolution",
    "ledger",
    "analysis",
    "evaluation",
    "publishing",
    "web",
    "cluster",
    "cli",
]
DATA = {"samples"}
MODULES = sorted(path for path in SOURCE.rglob("*.py") if path.parent != SOURCE and path.parent.name not in DATA)


def imported(tree: ast.AST, module: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything of ours that a module imports, wherever the import stands."""
    here = ("nongrata", *module.relative_to(SOURCE).with_suffix("").parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(here[: len(here) - node.level]) + "." if node.level else ""
            name = base + (node.module or "")
            yield node.lineno, name
            yield from ((node.lineno, f"{name}.{alias.name}") for alias in node.names if name == "nongrata")


def wrong_imports(source: str, module: Path) -> list[str]:
    """Imports that point the wrong way, as "line N imports NAME"."""
    place = ORDER.index(module.relative_to(SOURCE).parts[0])
    found = []
    for line, name in imported(ast.parse(source), module):
        parts = name.split(".")
        if parts[0] == "nongrata" and len(parts) > 1 and parts[1] in ORDER and ORDER.index(parts[1]) > place:
            found.append(f"line {line} imports {name}")
    return found


def test_every_package_has_its_place() -> None:
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")} - DATA
    assert packages <= set(ORDER), f"put {packages - set(ORDER)} into ORDER and docs/architecture.md"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_run_one_way(module: Path) -> None:
    assert wrong_imports(module.read_text(encoding="utf-8"), module) == []


def test_the_order_is_the_one_in_the_docs() -> None:
    docs = (SOURCE.parent.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert " · ".join(ORDER) in docs


@pytest.mark.parametrize(
    "statement",
    [
        "import nongrata.cli.app",
        "from nongrata import cli",
        "from nongrata.web import pages",
        "from ..ledger import Ledger",
        "def f():\n    from nongrata.resolution import resolve",
    ],
)
def test_a_wrong_import_is_seen(statement: str) -> None:
    assert wrong_imports(statement, SOURCE / "language" / "names.py")


@pytest.mark.parametrize("statement", ["import json", "from nongrata.model import Claim", "from . import names"])
def test_a_right_import_passes(statement: str) -> None:
    assert wrong_imports(statement, SOURCE / "language" / "names.py") == []
