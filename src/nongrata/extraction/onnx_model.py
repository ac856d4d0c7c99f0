"""The shipped model under ONNX Runtime: large matrices multiplied in int8, what lies between in float32, no torch."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from nongrata.extraction.confidence import Calibration
from nongrata.extraction.scoring import Floats

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer


def weights_folder() -> Path:
    """The folder of the package that holds the weights and the tokenizer."""
    return Path(str(files("nongrata.extraction").joinpath("weights")))


def load_tokenizer() -> Tokenizer:
    """The tokenizer that the model was trained with, without truncation or padding."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(weights_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_calibration() -> Calibration:
    """How the shipped model's scores become confidence and claims."""
    return Calibration.from_dict(json.loads((weights_folder() / "calibration.json").read_text(encoding="utf-8")))


@cache
def _overflows(probe: Path) -> bool:
    """True on processors whose quickest sums of int8 products overflow; the safe ones take nearly twice as long.

    ``probe.onnx`` multiplies the largest numbers, so that it shows; without it they are taken to overflow.
    """
    import onnxruntime as ort

    if not probe.exists():
        return True
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(str(probe), options, providers=["CPUExecutionProvider"])
    (most,) = session.run(None, {"most": np.full((4, _PROBED), 255, np.uint8)})
    return bool((np.asarray(most) != 255 * 127 * _PROBED).any())


_PROBED = 64


class OnnxModel:
    """A :class:`nongrata.extraction.scoring.Model` of two gzipped ONNX graphs, ``base`` and ``reader``.

    One thread a model by default: whoever wants more reads with several workers.
    """

    def __init__(self, base: Path, reader: Path, threads: int = 1) -> None:
        import onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Matrices that are neither looked up nor multiplied in int8 are so on disk only: turned into float32 at load.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        if _overflows(base.with_name("probe.onnx")):
            options.add_session_config_entry("session.x64quantprecision", "1")

        def session(path: Path) -> InferenceSession:
            return ort.InferenceSession(gzip.decompress(path.read_bytes()), options, providers=["CPUExecutionProvider"])

        # Side by side: unpacking takes most of a second.
        with ThreadPoolExecutor(2) as pool:
            self._base, self._reader = pool.map(session, (base, reader))

    @classmethod
    def shipped(cls, threads: int = 1) -> OnnxModel:
        """The model that comes with the package."""
        folder = weights_folder()
        return cls(folder / "base.onnx.gz", folder / "reader.onnx.gz", threads)

    def base(self, ids: NDArray[np.int64], attention: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """See :class:`nongrata.extraction.scoring.Model`."""
        hidden, tags = self._run(self._base, {"ids": ids, "attention": attention})
        return hidden, tags

    def read(
        self,
        hidden: Floats,
        attention: NDArray[np.int64],
        mark: Floats,
        kind: NDArray[np.int64],
        features: NDArray[np.int64],
    ) -> tuple[Floats, Floats]:
        """See :class:`nongrata.extraction.scoring.Model`."""
        inputs: dict[str, NDArray[Any]] = {
            "hidden": hidden,
            "attention": attention,
            "mark": mark,
            "kind": kind,
            "features": features,
        }
        roles, classes = self._run(self._reader, inputs)
        return roles, classes

    @staticmethod
    def _run(session: InferenceSession, inputs: Mapping[str, NDArray[Any]]) -> tuple[Floats, Floats]:
        first, second = session.run(None, dict(inputs))
        return np.asarray(first, np.float32), np.asarray(second, np.float32)
