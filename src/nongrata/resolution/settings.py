"""The data that resolution decides by: ``weights.toml`` and ``lineage.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from nongrata.vocabulary.events import own_names


@cache
def settings() -> Mapping[str, Any]:
    """``weights.toml``: weights, thresholds, kinds of types (a user's own among them), families of subtypes."""
    loaded = _load("weights.toml")
    measures = own_names("measure")
    kinds = {kind: [*loaded["kinds"][kind], *measures] for kind in ("measures", "news")}
    return {**loaded, "kinds": loaded["kinds"] | kinds}


@cache
def lineage_words() -> Mapping[str, Any]:
    """``lineage.toml``: the words by which a voice is known for what it is."""
    return _load("lineage.toml")


def _load(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files("nongrata.resolution").joinpath(name).read_text(encoding="utf-8"))
