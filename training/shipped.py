"""The shipped weights as a network again, so that another graph can be made of them."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training import base_weights
from training.network import Network


def load_shipped(folder: Path) -> Network:
    """The network of ``base.onnx.gz`` and ``reader.onnx.gz``, as :mod:`training.export` wrote them, rounded.

    Raises:
        ValueError: the graphs were not written by :mod:`training.export`.
    """
    network = Network(base_weights.state())
    for part in ("base", "reader"):
        packed = (folder / f"{part}.onnx.gz").read_bytes()
        found = _tensors(onnx.load_from_string(gzip.decompress(packed)))
        module = getattr(network, part)
        state = module.state_dict()
        if missing := sorted(state.keys() - found.keys()):
            raise ValueError(f"{part}.onnx.gz lacks {', '.join(missing)}: it was not written by training.export")
        module.load_state_dict({name: found[name].reshape(value.shape) for name, value in state.items()})
    return network


def _tensors(model: onnx.ModelProto) -> dict[str, Tensor]:
    """The weights of a graph by the names of torch's modules; matrices of linear layers stand as torch keeps them."""
    values = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    found = {name: value for name, value in values.items() if not name.startswith("onnx::")}
    for node in model.graph.node:
        # "/upper.0/query/MatMul" multiplies by the turned weight of upper.0.query.
        name = ".".join(node.name.strip("/").split("/")[:-1])
        if node.op_type == "DequantizeLinear":
            axis = next((a.i for a in node.attribute if a.name == "axis"), 1)
            found[node.output[0]] = _fractions(values[node.input[0]], values[node.input[1]], axis)
        elif node.op_type == "MatMul" and node.input[1] in values:
            found[f"{name}.weight"] = values[node.input[1]].T
        elif node.op_type == "MatMulIntegerToFloat":
            found[f"{name}.weight"] = _fractions(values[node.input[1]], values[node.input[3]], 1).T
        elif node.op_type == "Gather" and node.input[0].endswith("_int8"):
            table = node.input[0].removesuffix("_int8")
            found[table] = _fractions(values[node.input[0]], values[f"{table}_scale"], 0)
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in found.items()}


def _fractions(whole: np.ndarray, scale: np.ndarray, axis: int) -> np.ndarray:
    return whole.astype(np.float32) * (scale[:, None] if axis == 0 else scale[None, :])
