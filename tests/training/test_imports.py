"""What one training module takes from another is there: torch is not installed where tests run, so read the code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "training"
MODULES = sorted(FOLDER.glob("*.py"))


def names_in(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {t.id for t in targets if isinstance(t, ast.Name)}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_names_exist(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "training":
            place = FOLDER.joinpath(*node.module.split(".")[1:])
            for alias in node.names:
                module = place.with_suffix(".py")
                is_module = (place / f"{alias.name}.py").exists() or (place / alias.name).is_dir()
                assert is_module or alias.name in names_in(module), f"{node.module} has no {alias.name}"
