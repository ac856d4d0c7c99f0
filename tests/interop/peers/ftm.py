"""Reads our entities with followthemoney and our statements with nomenklatura; prints what both understood.

ftm.py ENTITIES STATEMENTS
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from followthemoney import Dataset, EntityProxy, StatementEntity, model
from followthemoney.statement import CSV, read_path_statements
from nomenklatura.resolver import Linker
from nomenklatura.store import MemoryStore


def entities(path: Path) -> dict[str, dict[str, list[str]]]:
    """The entities as the library has them after cleaning and validation; it raises on what it cannot take."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        model.get(raw["schema"]).validate(raw)
        proxy = EntityProxy.from_dict(raw, cleaned=False)
        found[proxy.id] = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
    return found


def statements(path: Path) -> tuple[dict[str, dict[str, list[str]]], dict[str, list[list[str | None]]]]:
    """The entities that a statement store assembles, and of Events who said which day: origin, value, phrase, seen."""
    dataset = Dataset.make({"name": "nongrata"})
    store: MemoryStore[Dataset, StatementEntity] = MemoryStore(dataset, Linker({}))
    with store.writer() as writer:
        for statement in read_path_statements(path, CSV):
            writer.add_statement(statement)
    found, said = {}, {}
    for one in store.default_view().entities():
        found[one.id] = {prop.name: sorted(one.get(prop)) for prop in one.iterprops()}
        if one.schema.name == "Event":
            days = [s for name in ("startDate", "endDate") for s in one.get_statements(name)]
            said[one.id] = sorted([s.origin, s.prop, s.value, s.original_value, s.first_seen] for s in days)
    return found, said


def main() -> None:
    """Print both readings as JSON."""
    read, (assembled, said) = entities(Path(sys.argv[1])), statements(Path(sys.argv[2]))
    sys.stdout.write(json.dumps({"entities": read, "assembled": assembled, "said": said}))


if __name__ == "__main__":
    main()
